import PartyStore
import Vocabulary

/// Watches an exchange: every look follows each log through what is new in it; everything is verified at the beginning, and again
/// when that takes no more than a twentieth of the time since it was done last.
public struct ExchangeWatch {
    /// Seconds for which nothing is verified as a whole, however fast it goes.
    public static let leastBetween = 30.0
    /// Of the time that passes, the part that verification may take.
    private static let share = 0.05

    private let audit: ExchangeAudit
    private var logs: [LogWatch]
    private var known: Set<String> = []
    private var strays: [String: Int64] = [:]
    private var verifiedAt = 0.0
    private var took = 0.0
    /// Checkpoints seen since the watch began.
    public private(set) var checkpoints: Int64 = 0
    /// Findings told.
    public private(set) var findings: Int64 = 0

    /// - Parameters:
    ///   - audit: The parties.
    ///   - subjects: Those whose logs are here, the auditor among them.
    public init(_ audit: ExchangeAudit, subjects: [AuditSubject]) {
        self.audit = audit
        logs = subjects.map { LogWatch($0) }
    }

    /// The first look: verifies everything, and reads each log from its beginning.
    /// - Parameter clock: Seconds on a clock that only goes forward.
    /// - Throws: `StoreError` when a directory is in use or of another version.
    public mutating func begin(_ clock: () -> Double) throws -> [WatchEvent] {
        let (report, events) = try verify(clock)
        let seen = try look()
        let leaves = Dictionary(logs.map { ($0.subject.party, $0.leaves) }) { first, _ in first }
        // What there was before is no news; what is wrong with it is.
        checkpoints = 0
        return [.begun(exchange: report.exchange, leaves: leaves)] + events
            + seen.filter { if case .finding = $0 { true } else { false } }
    }

    /// The next look.
    /// - Throws: As ``begin(_:)``.
    public mutating func next(_ clock: () -> Double) throws -> [WatchEvent] {
        let events = try look()
        let since = clock() - verifiedAt
        guard since >= Self.leastBetween, took <= since * Self.share else { return events }
        return events + (try verify(clock).events)
    }

    /// What was seen in all.
    public var end: WatchEvent { .ended(checkpoints: checkpoints, findings: findings) }

    private mutating func verify(_ clock: () -> Double) throws -> (report: AuditReport, events: [WatchEvent]) {
        let start = clock()
        let report = try audit.verify()
        verifiedAt = clock()
        took = verifiedAt - start
        let news = report.findings.filter { known.insert(Self.name($0)).inserted }
        findings += Int64(news.count)
        let verified = WatchEvent.verified(
            leaves: report.parties.reduce(0) { $0 + $1.leaves }, findings: report.counts.values.reduce(0, +),
            seconds: took)
        return (report, news.map { .finding($0) } + [verified])
    }

    private mutating func look() throws -> [WatchEvent] {
        var events: [WatchEvent] = []
        for place in logs.indices {
            var found = FindingList()
            do {
                let signed = try logs[place].look(&found)
                checkpoints += Int64(signed.count)
                events += signed
            } catch let error as StoreError where error.code == .inUse || error.code == .notBegun {
                // A party that is just being started or stopped: the next look tells.
                continue
            } catch {
                found.add(.unreadable, logs[place].subject.party, "\(error)")
            }
            let news = found.findings.filter { known.insert(Self.name($0)).inserted } + newStrays(logs[place])
            findings += Int64(news.count)
            events += news.map { .finding($0) }
        }
        return events
    }

    /// Messages of nobody that have come since the last look, by topic. What verification as a whole has told of already, is told
    /// again only where there are more.
    private mutating func newStrays(_ log: LogWatch) -> [AuditFinding] {
        log.strays.sorted { $0.key < $1.key }.compactMap { topic, count in
            let name = log.subject.topicName(topic)
            let key = "\(log.subject.party) \(name)"
            let former = strays[key]
            guard count.messages != former, let first = count.first else { return nil }
            strays[key] = count.messages
            let finding = AuditFinding(
                .stray, log.subject.party, leaf: first.leaf,
                "\(name): \(log.subject.party) has read \(count.messages - (former ?? 0)) "
                    + "\(former == nil ? "" : "more ")messages that no party of the topology sent"
                    + (former == nil ? "" : ", \(count.messages) in all"))
            let isKnown = !known.insert(Self.name(finding)).inserted
            return former == nil && isKnown ? nil : finding
        }
    }

    /// What makes two findings the same although their texts count on.
    private static func name(_ finding: AuditFinding) -> String {
        let place = finding.leaf.map { "leaf \($0)" } ?? ""
        let message = finding.message ?? ""
        return "\(finding.kind.rawValue) \(finding.party) \(place) \(message) "
            + (place.isEmpty && message.isEmpty ? finding.text : "")
    }
}
