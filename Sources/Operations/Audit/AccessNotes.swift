import Composition
import Dispatch
public import ExchangeSchema
import Foundation
import KafkaClient
import PartyStore
public import Supervision
import Synchronization
import Topology

/// Writes many looks into the auditor's log while the exchange runs, for a program that stays: one connection, and all that
/// waits goes in one piece.
public final class AccessNotes: Sendable {
    /// Why a look is not written down.
    public struct Failure: Error, CustomStringConvertible {
        /// For a person.
        public var description: String
    }

    private typealias Waiter = (entry: AccessEntry, done: CheckedContinuation<Void, any Error>)

    private let waiting = Mutex<[Waiter]>([])
    private let arrivals = DispatchSemaphore(value: 0)
    private let layout: ExchangeLayout
    private let topic: String?
    /// Nil where nothing is written.
    private let seal: AccessSeal?

    /// - Throws: ``ProgramFailure`` when the directory holds no exchange.
    public init(layout: ExchangeLayout) throws {
        let topology = try ExchangeFiles.topology(at: layout.topologyPath)
        self.layout = layout
        topic = topology.audit.auditor ? topology.audit.access : nil
        seal = topology.audit.auditor ? try AccessSeal(layout) : nil
        guard topic != nil else { return }
        let thread = Thread { [self] in work() }
        thread.name = "access notes"
        thread.start()
    }

    /// Whether there is an auditor, who keeps the log.
    public var isKept: Bool { topic != nil }

    /// The pseudonym of a citizen in this exchange's log; nil where there is no log, or the number is none.
    public func pseudonym(of number: String) -> String? {
        guard let seal, let citizen = try? CitizenNumber(parsing: number) else { return nil }
        return seal.pseudonym(of: citizen)
    }

    /// Writes a look of somebody who is no user of this machine down, and returns when the broker has it. Where there is no
    /// auditor nothing is written.
    /// - Parameters:
    ///   - identifier: UUID.
    ///   - inquiry: Who, and why.
    ///   - subject: What it was: record identifiers separated by spaces, or what else was read; never a citizen number.
    ///   - time: Unix milliseconds.
    /// - Throws: ``Failure`` when the broker does not take it.
    public func note(
        _ identifier: String, action: String, _ inquiry: HistoryInquiry, subject: String, at time: Int64
    ) async throws {
        guard isKept else { return }
        let entry = AccessEntry(
            id: identifier, action: action, subject: subject, who: AccessEntry.asker(inquiry),
            purpose: PrintableText.escaped(inquiry.purpose), time: time)
        try await withCheckedThrowingContinuation { done in
            waiting.withLock { $0.append((entry, done)) }
            arrivals.signal()
        }
    }

    /// The life of the thread: its producer is made, used and closed here. It ends with the process.
    private func work() {
        guard let topic else { return }
        var producer: KafkaProducer?
        while true {
            arrivals.wait()
            let piece = waiting.withLock { waiting in
                defer { waiting.removeAll() }
                return waiting
            }
            guard !piece.isEmpty else { continue }
            do {
                let open = try producer ?? connect(topic)
                producer = open
                try Self.send(piece.map(\.entry), by: open, seal: seal)
                for waiter in piece { waiter.done.resume() }
            } catch {
                producer?.close()
                producer = nil
                for waiter in piece { waiter.done.resume(throwing: error) }
            }
        }
    }

    private func connect(_ topic: String) throws -> KafkaProducer {
        let record = try layout.requiredRecord()
        let settings = try record.login(layout).settings(
            of: AccessPlan.operatorName, bootstrapServers: record.broker)
        return try KafkaProducer(settings: settings, topics: [topic])
    }

    private static func send(_ entries: [AccessEntry], by producer: KafkaProducer, seal: AccessSeal?) throws {
        for entry in entries { try AccessNote.enqueue(entry, by: producer, seal: seal) }
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        guard reports.reduce(0, { $0 + $1.delivered }) == entries.count else {
            let why = reports.compactMap(\.error).first?.message ?? "no answer within 10 s"
            throw Failure(description: "the broker did not take the note of who looked: \(why)")
        }
    }
}
