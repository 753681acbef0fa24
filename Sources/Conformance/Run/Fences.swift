import ExchangeSchema
import Vocabulary

/// A fence stands behind the messages of a stage in each partition: a message of its own whose answer is known. A party takes a
/// partition in its order, so once the fence is answered everything before it has been seen, and silence means silence.
struct Fences {
    let desk: CaseDesk
    /// Whether the party gives no answers yet, so that only what it cannot read makes it write.
    var isGated = false
    private var count = 0

    init(desk: CaseDesk) { self.desk = desk }

    /// Counts on where another one is.
    mutating func resume(from other: Fences) { count = max(count, other.count) }

    /// A fence for a partition of a topic.
    /// - Parameter place: Partition into which a message goes.
    mutating func fence(behind message: CaseMessage, _ place: (CaseMessage) -> Int32) -> CaseMessage? {
        guard let type = message.type else { return nil }
        // As many tries as make it certain for a topic of many partitions.
        for _ in 0..<20_000 {
            count += 1
            let record = desk.record("fence", count)
            var fence = fence(type, about: record)
            if type.key != .recordIdentifier || fence.topic != message.topic {
                // Keyed by what it is about, not by the record: it goes where the message goes.
                fence.topic = message.topic
                fence.key = message.key
            }
            if place(fence) == place(message) { return fence }
        }
        return nil
    }

    private func fence(_ type: MessageType, about record: RecordIdentifier) -> CaseMessage {
        guard !isGated else { return unreadable(type, about: record) }
        switch type {
        case .acceptedRecord:
            return desk.message(ConformanceVisit(record, of: ConformancePeople.uninsured).acceptedRecord)
        case .identityCheck:
            var check = IdentityCheck()
            check.recordID = record.description
            check.revision = 1
            check.citizenNumber = ConformancePeople.unknown.citizenNumber
            check.fullName = ConformancePeople.unknown.fullName
            check.birthDate = ConformancePeople.unknown.born
            return desk.message(check)
        case .facilityRecord:
            var visit = ConformanceVisit(record, of: ConformancePeople.unknown)
            // MoH refuses it for the missing diagnosis, VSS for the card.
            visit.clinical.maBenhChinh = ""
            return desk.message(visit.facilityRecord, facility: ConformanceVisit.facility)
        default: return unreadable(type, about: record)
        }
    }

    private func unreadable(_ type: MessageType, about record: RecordIdentifier) -> CaseMessage {
        desk.message(
            type, MessageIdentifier(type, record: record, revision: 1), about: record, key: record.description,
            value: [0xFF, 0xFF, 0xFF] + Array(record.description.utf8))
    }
}
