package import ExchangeSchema
package import PartyCore
import Synchronization

/// A ministry that writes the verdicts of its axis down: each new one has the next leaf.
package final class StandInMinistry: Sendable {
    private struct State {
        var leaves: [MessageIdentifier: Int64] = [:]
        var verdicts: [AxisVerdict] = []
        var commands = 0
        var isBusy = false
    }

    /// The number of its first leaf.
    package static let firstLeaf: Int64 = 100
    private let state = Mutex(State())

    package init() {}

    /// All that was written down, in the order of the leaves.
    package var verdicts: [AxisVerdict] { state.withLock { $0.verdicts } }
    /// Commands that brought verdicts.
    package var commands: Int { state.withLock { $0.commands } }
    /// Whether it refuses all commands.
    package func refuse(_ isBusy: Bool) { state.withLock { $0.isBusy = isBusy } }

    package func answer(_ kind: PartyCommand.Kind?, _ payload: [UInt8]) -> [UInt8]? {
        state.withLock { state in
            guard !state.isBusy, kind == .noteVerdicts, let request = try? NoteVerdicts(decoding: payload) else {
                return nil
            }
            state.commands += 1
            var noted = VerdictsNoted()
            for verdict in request.verdicts {
                let identity = MessageIdentifier(of: verdict)
                let leaf = state.leaves[identity] ?? Self.firstLeaf + Int64(state.verdicts.count)
                if state.leaves.updateValue(leaf, forKey: identity) == nil { state.verdicts.append(verdict) }
                noted.leaves.append(leaf)
            }
            return noted.encoded
        }
    }
}
