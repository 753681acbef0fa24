import DoorDesk
import DoorHouse
import ExchangeSchema

/// Has MoH write down what was found of signatures: verdicts that are found together go in one command, and each sender is
/// answered only when MoH has committed those on their message.
struct VerdictDesk: Sendable {
    /// MoH has not written a verdict down: nothing may be told of it.
    struct Silence: Error, CustomStringConvertible {
        var description: String
    }

    private static let lanes = 2

    private let gathering: Gathering<[AxisVerdict], [Int64]>
    private let ministry: PartyLine

    /// - Parameter directories: Where MoH's inbox can be.
    init(ministry directories: [String], patience: Duration) {
        let line = PartyLine(directories: directories, lanes: Self.lanes, patience: patience)
        ministry = line
        gathering = Gathering(
            .init(items: 500, weight: PartyLine.commandBytes, waiting: 32 << 20, lanes: Self.lanes),
            // A verdict has some 200 bytes, and 38 for each record.
            weigh: { verdicts in verdicts.reduce(0) { $0 + 256 + 38 * $1.recordIds.count } },
            work: { lane, messages in
                var leaves = try await line.note(messages.flatMap { $0 }, on: lane)[...]
                return messages.map { verdicts in
                    defer { leaves = leaves.dropFirst(verdicts.count) }
                    return Array(leaves.prefix(verdicts.count))
                }
            })
    }

    /// Why MoH is not asked just now.
    func obstacles() async -> [String] { await ministry.silence().map { ["the ministry: \($0)"] } ?? [] }

    /// Has verdicts on one message written down.
    /// - Returns: The same, each with the number of its leaf in MoH's journal.
    /// - Throws: `TooMuchWaiting`, or ``Silence``: then none of them may be told.
    func note(_ found: [FoundVerdict]) async throws -> [CheckVerdict] {
        let leaves: [Int64]
        do {
            leaves = try await gathering.deal(with: found.map(\.statement))
        } catch let failure as PartyLine.Failure {
            throw Silence(description: failure.description)
        }
        return zip(found, leaves).map { verdict, leaf in
            var told = verdict.told
            told.leaf = leaf
            return told
        }
    }
}
