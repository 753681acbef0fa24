public import HostMachine
public import Journal
public import PartyCore
import TransparencyLog

/// A guest that makes a party publish a second history of its journal, once in its life: for the scenario that
/// demonstrates how that is caught.
public struct SecondHistory: ActionGuest {
    private let party: String
    private let key: LogKey
    private let submittedAtLeast: Int64
    /// The last request that the party published.
    private var request: [UInt8]?
    private var isDone = false

    /// - Parameters:
    ///   - stored: What the party knows of other logs, and of its own.
    ///   - submittedAtLeast: As soon as it has so many records.
    /// - Returns: Nil when the party has been caught before.
    public init?(of party: String, key: LogKey, stored: StoredWitness, submittedAtLeast: Int64) {
        guard !stored.splitViews.contains(where: { $0.view.origin == key.list.origin }) else { return nil }
        self.party = party
        self.key = key
        self.submittedAtLeast = submittedAtLeast
    }

    /// Adds a checkpoint of another history, when it is time.
    public mutating func pass(_ actions: [HostAction], books: PartyBooks, now: Int64) throws -> [HostAction] {
        for case .publish(.checkpoint(let message, _)) in actions where message.kind == .checkpoint {
            request = message.body
        }
        guard !isDone, books.ledger.submitted >= submittedAtLeast, let request else { return actions }
        isDone = true
        let message = CheckpointMessage(
            .checkpoint, from: party, origin: key.list.origin.string,
            body: try ForgedCheckpoint.request(insteadOf: request, key: key))
        let remark = HostRemark(.warning, "the scenario says so: publishing a checkpoint of another history")
        return actions + [.say(remark), .publish(.checkpoint(message, at: now))]
    }
}
