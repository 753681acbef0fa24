import Journal
import PartyCore
import TransparencyLog

/// What a host does about checkpoints: hands the topic's messages to the `CheckpointExchange`, sends what is to be sent
/// once it is committed, and follows its own request until the log has it.
struct WitnessDesk: Sendable {
    /// Milliseconds after which a request that the log did not take is sent again.
    private static let patience: Int64 = 1_000

    private(set) var exchange: CheckpointExchange
    private let witnesses: Int
    private var request: [UInt8]?
    private var sentAt: Int64 = 0
    private var hasFailed = false

    init(_ exchange: CheckpointExchange, witnesses: Int) {
        self.exchange = exchange
        self.witnesses = witnesses
    }

    /// Takes in a record of the topic.
    mutating func receive(_ message: CheckpointMessage?, offset: Int64, now: Int64) {
        exchange.receive(message, offset: offset, now: now)
    }

    /// What is to be committed; nil when nothing was read.
    mutating func takeCommit() -> WitnessCommit? { exchange.takeCommit() }

    /// Looks whether logs have published keys that are not believed yet.
    mutating func lookUpKeys() { exchange.lookUpKeys() }

    /// Lists of keys that are believed, if there is a new one since the last time.
    mutating func takeBelievedKeys() -> [KeyList]? { exchange.takeBelievedKeys() }

    /// The log has the request.
    mutating func confirm() { hasFailed = false }

    /// The log did not take the request.
    mutating func fail() { hasFailed = true }

    /// What is to be said and sent, now that it is committed.
    mutating func outgoing(_ journal: inout SignedJournal, now: Int64) throws -> [HostAction] {
        var actions: [HostAction] = exchange.takeRemarks().map {
            .say(HostRemark($0.isError ? .error : .info, $0.text))
        }
        for message in exchange.takeOutgoing() { actions.append(.publish(.checkpoint(message, at: now))) }
        if let next = journal.takePublication() {
            request = next
            actions.append(try send(next, now))
        } else if hasFailed, now - sentAt >= Self.patience, let request {
            actions.append(.say(HostRemark(.warning, "the broker did not take a checkpoint; it is sent again")))
            actions.append(try send(request, now))
        }
        return actions
    }

    private mutating func send(_ request: [UInt8], _ now: Int64) throws -> HostAction {
        sentAt = now
        hasFailed = false
        return .publish(.checkpoint(try exchange.publish(request), at: now))
    }

    func report(_ journal: SignedJournal) -> WitnessReport {
        WitnessReport(
            signedLeaves: Int64(clamping: journal.signedSize ?? 0),
            publishedLeaves: Int64(clamping: journal.publishedSize ?? 0), cosignedBy: exchange.cosigners,
            witnesses: witnesses, splitViews: Set(exchange.splitViews.map(\.view.description)).sorted())
    }
}
