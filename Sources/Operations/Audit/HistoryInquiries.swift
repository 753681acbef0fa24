import Composition
import ExchangeSchema
public import PartyStore
import Supervision
import Topology
import Vocabulary

extension AccessEntry {
    /// The action of a facility that asks for a patient's shared history.
    static let history = "history"
    /// The action of somebody who reads a book by a door.
    public static let door = "door"

    /// Who asks, as the facility names them. What a facility wrote is shown without what moves a cursor.
    static func asker(_ inquiry: HistoryInquiry) -> String {
        guard !inquiry.reader.isEmpty else {
            return asker(facilityCode: inquiry.facilityCode, officer: inquiry.officer)
        }
        let officer = inquiry.officer.isEmpty ? "" : ", \(inquiry.officer)"
        return PrintableText.escaped(inquiry.reader + officer)
    }

    /// The same of a facility.
    static func asker(facilityCode: String, officer: String) -> String {
        "facility " + PrintableText.escaped(officer.isEmpty ? facilityCode : "\(facilityCode), \(officer)")
    }
}

extension ExchangeEvidence {
    /// What facilities asked of the books, as the auditor saw it cross, each request once. Whom it was about is not said;
    /// of somebody who was erased neither who asked nor why.
    /// - Parameter person: Only what was asked about them; nil for all.
    func inquiries(
        _ vault: VaultInspection, of person: CitizenNumber? = nil
    ) throws -> [(leaf: Int64, entry: AccessEntry)] {
        guard let topic = try ExchangeFiles.topology(at: layout.topologyPath).topic(carrying: .historyRequest) else {
            return []
        }
        var found: [(leaf: Int64, entry: AccessEntry)] = []
        var known: Set<String> = []
        for partition in 0..<Int32(topic.partitions) {
            // The auditor sees every offset from 0 on, without a gap.
            var offset: Int64 = 0
            while let seen = try vault.sighting(topic: topic.name, partition: partition, offset: offset) {
                offset += 1
                if let person, seen.record.key.map({ !$0.elementsEqual(person.description.utf8) }) ?? true { continue }
                guard let entry = Self.inquiry(seen.record), known.insert(entry.id).inserted else { continue }
                found.append((seen.leaf, entry))
            }
        }
        return found
    }

    private static func inquiry(_ record: TrafficRecord) -> AccessEntry? {
        guard !record.isErased else { return nil }
        // What is no request went to the dead letters, and was answered by nobody.
        guard let value = record.value, let request = try? HistoryRequest(decoding: value),
            let identifier = RecordIdentifier(request.requestID), record.identifier(.subject, ofRecord: 0) == identifier
        else { return nil }
        return AccessEntry(
            id: identifier.description, action: AccessEntry.history, subject: identifier.description,
            who: AccessEntry.asker(facilityCode: request.facilityCode, officer: request.officer),
            purpose: PrintableText.escaped(request.purpose), time: record.timestamp)
    }
}
