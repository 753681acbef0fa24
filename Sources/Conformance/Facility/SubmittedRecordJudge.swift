import ExchangeSchema
import FoundationEssentials
import PartyCore
import Topology
import Vocabulary

/// What must hold of each record that a facility sends, whatever visit it is.
struct SubmittedRecordJudge {
    let desk: CaseDesk
    let partitions: [String: Int]
    /// Our own MoH, which says what is wrong with a record.
    let makeMoH: () throws -> any PartyOracle
    /// By which message a record comes to MoH on this route.
    let intake: MessageType

    /// Headers, key and partition.
    func headers(_ record: TrafficRecord, _ message: FacilityRecord) -> [Finding] {
        let subject = RecordIdentifier(message.recordID) ?? RecordIdentifier(high: 0, low: 0)
        return HeaderJudge.findings(
            record,
            ExpectedMessage(
                type: .facilityRecord, topic: record.topic, subject: subject, key: Array(message.recordID.utf8),
                source: PartyRole.facility.eventSource + "/" + message.facilityCode, payload: []),
            partitions: partitions[record.topic] ?? 0)
    }

    /// Tables that the reader may not have.
    func leastData(_ message: FacilityRecord) -> [Finding] {
        let released = desk.topology.releasedByFacilities
        return message.tables.filter { $0.part.map { !released.contains($0) } ?? true }.map {
            Finding(
                "table \(HeaderJudge.quoted($0.table)) of record \(message.recordID)",
                expected: "none: the topology releases it to nobody who reads this topic",
                found: "\($0.rows.count) bytes")
        }
    }

    /// What MoH returns it for.
    func content(_ message: FacilityRecord) throws -> [Finding] {
        var oracle = try makeMoH()
        let asked = intake == .facilityRecord ? delivered(message) : delivered(AssessedRecord(handingOn: message))
        let answer = try oracle.take(asked, at: desk.now)
        guard answer.verdict.decision != .accepted, answer.verdict.decision != .withdrawn else { return [] }
        let correction = answer.sent.first { $0.type == .correction }
            .flatMap { try? Correction(decoding: $0.payload) }
        return [
            Finding(
                "record \(message.recordID), revision \(message.revision)", expected: "a record that MoH takes in",
                found: correction.map { "\($0.code) (\($0.field): \($0.rule))" }
                    ?? answer.verdict.reason?.text ?? "\(answer.verdict.decision)")
        ]
    }

    private func delivered(_ message: some RecordMessage) -> CaseMessage {
        desk.message(message, facility: ConformanceVisit.facility)
    }
}

extension AssessedRecord {
    /// As VSS hands a record on that has no card.
    fileprivate init(handingOn record: FacilityRecord) {
        self.init()
        recordID = record.recordID
        revision = record.revision
        facilityCode = record.facilityCode
        submittedAt = record.submittedAt
        administrative = record.administrative
        insurance = record.insurance
        clinical = record.clinical
        clinicalDetails = record.clinicalDetails
        tables = record.tables
        if record.hasWithdrawal {
            withdrawal = record.withdrawal
        } else {
            assessment.outcome = .notInsured
            assessment.assessedAt = 1
        }
    }
}
