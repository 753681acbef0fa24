import ExchangeSchema
public import Foundation
import Vocabulary

/// What came of running a party's recorded inputs through today's core.
public struct RerunReport: Sendable, Equatable {
    /// The party.
    public var party: String
    /// Inputs that were run again.
    public var received = 0
    /// Sent messages that were compared.
    public var sent = 0
    /// Inputs whose content was erased by order: they cannot be run again.
    public var erased = 0
    /// Inputs that the journal has and the recorded traffic has not.
    public var unseen = 0
    /// Lists of people for whom books were opened: nobody keeps what they said, and they decide nothing about a record.
    public var listsOfPeople = 0
    /// Looks into books by a door, likewise: they decide nothing and send nothing.
    public var looks = 0
    /// Verdicts of MoH's axis on signatures, likewise.
    public var axisVerdicts = 0
    /// Leaves left out because they follow from such an input: other messages about its record, and what was sent.
    public var dependent = 0
    /// Every difference, in the order of the recorded leaves; what was not sent then comes last.
    public var differences: [RerunDifference] = []
    /// Figures of the ledger that differ although no leaf does; empty when not compared.
    public var ledger: [String] = []

    /// Whether today's core does what was recorded, as far as that can be told, and nothing is missing.
    public var holds: Bool { differences.isEmpty && ledger.isEmpty && unseen == 0 }

    /// The reports of a party's shards together: differences shard by shard, each with the shard's name.
    public static func total(party: String, _ shards: [RerunReport]) -> RerunReport {
        shards.reduce(into: RerunReport(party: party)) { total, report in
            total.received += report.received
            total.sent += report.sent
            total.erased += report.erased
            total.unseen += report.unseen
            total.listsOfPeople += report.listsOfPeople
            total.looks += report.looks
            total.axisVerdicts += report.axisVerdicts
            total.dependent += report.dependent
            total.differences += report.differences.map {
                var difference = $0
                difference.shard = report.party
                return difference
            }
            total.ledger += report.ledger.map { "\(report.party): \($0)" }
        }
    }

    /// Differences counted by what they are, most frequent first.
    public var summary: [(kind: String, count: Int)] {
        Dictionary(grouping: differences, by: \.kind).map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// The report as text.
    /// - Parameter lists: Whether each difference has a line of its own.
    public func text(listing lists: Bool) -> String {
        var lines: [String] = []
        let leaves = received + sent
        if holds {
            lines.append("\(party): same outcome: \(leaves) leaves (\(received) received, \(sent) sent)")
        } else {
            let records = Set(differences.compactMap(\.record)).count
            lines.append("\(party): \(differences.count) differences in \(records) records, of \(leaves) leaves")
            for (kind, count) in summary { lines.append("  \(count)  \(kind)") }
            for figure in ledger { lines.append("  the ledger differs: \(figure)") }
        }
        if unseen > 0 {
            lines.append("\(unseen) records of the journal are not in the recorded traffic: see cycle audit verify")
        }
        if listsOfPeople > 0 {
            lines.append("\(listsOfPeople) lists of people to open books for: nobody keeps what they said; not rerun")
        }
        if looks > 0 { lines.append("\(looks) looks into books by a door: they change no record; not rerun") }
        if axisVerdicts > 0 {
            lines.append("\(axisVerdicts) verdicts of the axis on signatures: they change no record; not rerun")
        }
        if erased > 0 { lines.append("\(erased) records erased by order: cannot be rerun") }
        if dependent > 0 { lines.append("\(dependent) leaves that follow from them: not compared") }
        if lists { lines += differences.map(\.line) }
        return lines.joined(separator: "\n")
    }

    /// The same as JSON, differences included.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(Encoded(self))
        }
    }

    private struct Encoded: Encodable {
        struct Difference: Encodable {
            var shard: String?
            var leaf: Int64?
            var message: String
            var type: String?
            var record: String?
            var revision: UInt32?
            var recorded: String
            var today: String
            var fields: [String]
        }
        var party: String
        var same: Bool
        var received: Int
        var sent: Int
        var erased: Int
        var unseen: Int
        var listsOfPeople: Int
        var dependent: Int
        var ledger: [String]
        var summary: [String: Int]
        var differences: [Difference]

        init(_ report: RerunReport) {
            party = report.party
            same = report.holds
            (received, sent, erased) = (report.received, report.sent, report.erased)
            (unseen, dependent, ledger) = (report.unseen, report.dependent, report.ledger)
            listsOfPeople = report.listsOfPeople
            summary = Dictionary(uniqueKeysWithValues: report.summary.map { ($0.kind, $0.count) })
            differences = report.differences.map {
                Difference(
                    shard: $0.shard, leaf: $0.leaf, message: $0.message.description, type: $0.type?.eventType,
                    record: $0.record?.description, revision: $0.revision, recorded: $0.recorded, today: $0.today,
                    fields: $0.fields)
            }
        }
    }
}
