import ExchangeSchema
import Topology
import Vocabulary

/// Writes what MoH and VSS answer a facility, as they would.
struct FacilityAnswers {
    let desk: CaseDesk

    func shared(_ record: FacilityRecord) -> CaseMessage {
        var notice = SharingNotice()
        notice.recordID = record.recordID
        notice.revision = record.revision
        notice.facilityCode = record.facilityCode
        notice.cardCheckCode = "000"
        notice.benefitPercent = 80
        notice.sharedAt = desk.now
        return desk.message(notice, key: record.facilityCode)
    }

    func returned(_ record: FacilityRecord, by party: RefusingParty, as code: ReasonCode) -> CaseMessage {
        var correction = Correction()
        correction.recordID = record.recordID
        correction.revision = record.revision
        correction.facilityCode = record.facilityCode
        correction.refusedBy = party
        correction.code = code.text
        correction.field = "HO_TEN"
        correction.rule = "the name is the one on the card"
        correction.refusedAt = desk.now
        return desk.message(correction, key: record.facilityCode)
    }

    /// What VSS said later; nil where the topology has no such word.
    func insurance(_ record: FacilityRecord) -> CaseMessage? {
        guard desk.topology.topicsRead(by: desk.party.name).contains(where: { $0.carries == .insuranceNotice }) else {
            return nil
        }
        var notice = InsuranceNotice()
        notice.recordID = record.recordID
        notice.revision = record.revision
        notice.facilityCode = record.facilityCode
        notice.outcome = .reduced
        notice.duty = .review
        (notice.amountClaimed, notice.amountAccepted) = (8_000_000, 5_000_000)
        notice.toldAt = desk.now
        return desk.message(notice, key: record.facilityCode)
    }

    /// What no facility can read, behind a message.
    func unreadable(behind message: CaseMessage, _ number: Int) -> CaseMessage? {
        guard let type = message.type else { return nil }
        let record = desk.record("fence", number)
        var fence = desk.message(
            type, MessageIdentifier(type, record: record, revision: 1), about: record,
            key: String(decoding: message.key, as: UTF8.self), value: [0xFF, 0xFF] + Array(record.description.utf8))
        fence.topic = message.topic
        return fence
    }
}
