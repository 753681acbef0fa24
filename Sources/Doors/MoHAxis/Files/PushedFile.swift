import ExchangeSchema
import HealthStandards

/// A file out of a message: what can be handed on, and what is wrong with the rest.
struct PushedFile {
    /// MACSKCB of the file.
    var facilityCode: String
    /// NGAYLAP of the file.
    var createdOn: String
    /// Records of the file, sound or not.
    var recordCount: Int
    /// What is sound.
    var records: [VisitSubmission]
    /// What is wrong with the rest.
    var faults: [RecordDetail]

    /// Reads GIAMDINHHS.
    init(healthRecords bytes: [UInt8]) throws(AxisRefusal) {
        let report: EnvelopeReport
        do {
            report = try EnvelopeReader.read(bytes)
        } catch {
            throw .invalid("không đọc được GIAMDINHHS: \(error)", "the file is no envelope")
        }
        facilityCode = report.envelope.facilityCode
        createdOn = report.envelope.createdOn
        recordCount = report.visitCount
        let code = facilityCode
        records = report.envelope.visits.map { VisitSubmission($0, facilityCode: code) }
        faults = (report.problems + report.warnings).map(RecordDetail.init)
    }
}

extension RecordDetail {
    init(_ problem: EnvelopeProblem) {
        maLk = problem.episodeCode
        table = problem.table
        row = problem.row
        field = problem.field
        message = problem.description
    }
}
