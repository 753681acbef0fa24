import ExchangeSchema
import HealthStandards

/// A file out of a message: what can be handed on, and what is wrong with the rest.
struct PushedFile {
    /// MACSKCB of the file: five digits, of health checks the 13 of who sends.
    var senderCode: String
    /// MA_CSKCB of the facility whose records they are, five digits; of several the first.
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
        senderCode = report.envelope.facilityCode
        facilityCode = senderCode
        createdOn = report.envelope.createdOn
        recordCount = report.visitCount
        let code = facilityCode
        records = report.envelope.visits.map { VisitSubmission($0, facilityCode: code) }
        faults = (report.problems + report.warnings).map(RecordDetail.init)
    }

    /// Reads KHAMSUCKHOE, or its twin in JSON.
    /// - Parameters:
    ///   - facility: MA_CSKCB that all records must have; nil for any.
    ///   - used: Gets the readings that the file uses.
    init(
        healthChecks bytes: [UInt8], _ readings: AxisReadings, facility: String?, _ used: inout [String]
    ) throws(AxisRefusal) {
        let report: HealthCheckReport
        do {
            report = try HealthCheckReader.read(
                bytes, accepting: HealthCheckReadings(readings),
                facility: facility.flatMap { try? FacilityCode(parsing: $0) })
        } catch {
            throw .invalid("không đọc được KHAMSUCKHOE: \(error)", "the file is no envelope of health checks")
        }
        let found = report.summary.readings
        used += found.contents.map(\.rawValue).sorted().map { "content: \($0)" }
        used += found.dates.map(\.rawValue).sorted().map { "dates: \($0)" }
        used += found.numberings.map(\.rawValue).sorted().map { "numbering: \($0)" }
        senderCode = report.summary.senderCode
        createdOn = report.summary.createdOn
        recordCount = report.summary.recordCount
        records = report.submissions
        facilityCode = facility ?? records.first?.name.facilityCode ?? ""
        faults = report.problems.map(RecordDetail.init)
    }
}

extension HealthCheckReadings {
    fileprivate init(_ readings: AxisReadings) {
        self.init(
            contents: Set(readings.content.compactMap { Content(rawValue: $0.rawValue) }),
            dates: Set(readings.dates.compactMap { Dates(rawValue: $0.rawValue) }),
            numberings: Set(readings.numbering.compactMap { Numbering(rawValue: $0.rawValue) }))
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
