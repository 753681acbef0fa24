import Crypto
import DoorDesk
import DoorHouse
import ExchangeSchema
import Foundation
import HealthStandards

/// A file as it was submitted: what can be handed on, and what is wrong with the rest.
struct SubmittedFile {
    /// MACSKCB of the envelope.
    var facilityCode = ""
    /// NGAYLAP of the envelope.
    var createdOn = ""
    /// Visits of the envelope, sound or not.
    var visitCount = 0
    /// What is sound.
    var visits: [VisitSubmission] = []
    /// What is wrong with the rest.
    var faults: [PortalReply.Fault] = []

    /// Reads an envelope.
    /// - Throws: `EnvelopeError` when it is none.
    init(reading bytes: [UInt8]) throws(EnvelopeError) {
        let report = try EnvelopeReader.read(bytes)
        facilityCode = report.envelope.facilityCode
        createdOn = report.envelope.createdOn
        visitCount = report.visitCount
        visits = report.envelope.visits.map { VisitSubmission($0, facilityCode: report.envelope.facilityCode) }
        faults = (report.problems + report.warnings).map(PortalReply.Fault.init)
    }

    /// maGiaoDich of a file that an account gives: the same file gets the same one, so that a sender who has lost the answer
    /// may send again. Simulator-defined: half of SHA-256 over account, kind and bytes.
    static func transaction(of account: String, kind: String, _ bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: Data("\(account)|\(kind)|".utf8))
        hash.update(data: bytes)
        return Data(hash.finalize().prefix(16)).hexadecimal.uppercased()
    }
}

extension PortalReply.Fault {
    init(_ problem: EnvelopeProblem) {
        maLk = problem.episodeCode
        bang = problem.table
        dong = problem.row
        truong = problem.field
        loi = problem.description
    }

    init(maLk: String, loi: String) {
        self.maLk = maLk
        self.loi = loi
    }
}
