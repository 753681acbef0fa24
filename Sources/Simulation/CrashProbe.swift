public import HostMachine
import Synchronization

/// What of the messages on their way has arrived when their sender crashes.
public enum StrandedPart: Sendable, CaseIterable {
    /// Nothing.
    case none
    /// The first half of each chunk.
    case half
    /// All.
    case all
}

/// One action of a party in a simulated run.
public struct SimulatedAction: Sendable, Equatable {
    /// What kind of action it is.
    public var kind: HostAction.Kind
    /// What the broker may have of what is on its way, should the party crash before this action: `none` alone where
    /// nothing is, and `half` only where that differs from the others.
    public var strandings: [StrandedPart]
}

/// Where a party is to crash: before its action of this number, counted from 0 over the whole run.
public struct CrashPoint: Sendable, Equatable {
    /// The party.
    public var party: String
    /// The action before which it crashes.
    public var action: Int
    /// What of its messages arrives.
    public var stranded: StrandedPart

    /// Takes all fields.
    public init(party: String, action: Int, stranded: StrandedPart) {
        self.party = party
        self.action = action
        self.stranded = stranded
    }
}

/// The party has crashed: its memory is gone, its store as of the last commit remains.
struct SimulatedCrash: Error {}

/// Stands before every action of one party: counts them, and ends the party before one of them, once.
final class CrashProbe: Sendable {
    private let point: Int?
    private let state = Mutex(State())

    private struct State: Sendable {
        var passed: [SimulatedAction] = []
        var strandings: [StrandedPart] = [.none]
        var hasCrashed = false
    }

    init(crashingBefore point: Int? = nil) { self.point = point }

    /// All actions so far, in order. An action that the party did not live to perform counts.
    var passed: [SimulatedAction] { state.withLock { $0.passed } }

    /// How often the party has been ended.
    var crashes: Int { state.withLock { $0.hasCrashed ? 1 : 0 } }

    /// Something is on its way to the broker.
    /// - Parameter records: Of how many records it consists.
    func noteFlight(records: Int) {
        state.withLock { state in
            if state.strandings == [.none] { state.strandings = [.none, .all] }
            if records > 1 { state.strandings = StrandedPart.allCases }
        }
    }

    /// All that was on its way has arrived, or not.
    func noteLanding() { state.withLock { $0.strandings = [.none] } }

    func pass(_ kind: HostAction.Kind) throws {
        let isHere = state.withLock { state in
            defer { state.passed.append(SimulatedAction(kind: kind, strandings: state.strandings)) }
            guard !state.hasCrashed, state.passed.count == point else { return false }
            state.hasCrashed = true
            return true
        }
        if isHere { throw SimulatedCrash() }
    }
}
