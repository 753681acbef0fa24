import Crypto
import ExchangeSchema
import Foundation

/// What was found of one signature of a message: as MoH's journal has it, and as the sender is told.
struct FoundVerdict: Sendable {
    let statement: AxisVerdict
    let told: CheckVerdict
}

/// Makes the verdicts on one message.
struct MessageVerdicts: Sendable {
    let senderID: String
    let messageID: String
    /// Of header and data as they were sent.
    let digest: [UInt8]

    /// The sender's signature holds.
    func signature(by reading: ChecksumReading) -> FoundVerdict {
        found(
            .messageSignature, .held, .success, reading: reading.description,
            "chữ ký RSA đúng: \(reading.description)")
    }

    /// The sender's signature does not hold, or is missing; nil where it was not looked at.
    func signature(refused refusal: AxisRefusal) -> FoundVerdict? {
        guard [.signatureInvalid, .signatureMissing].contains(refusal.code) else { return nil }
        return found(
            .messageSignature, .failed, refusal.code, reading: refusal.check?.used ?? "", refusal.words)
    }

    /// What was found where the organisation signs.
    func organisation(_ finding: OrganisationFinding) -> FoundVerdict {
        found(
            .organisationSignature, finding.outcome,
            finding.refusal?.code ?? (finding.outcome == .held ? .success : nil),
            reading: finding.refusal == nil ? finding.words : "", finding.words)
    }

    /// The same about these records.
    func about(_ records: [VisitSubmission], _ verdict: FoundVerdict) -> FoundVerdict {
        var statement = verdict.statement
        statement.recordIds = records.map { record in
            RecordIdentifier(facilityCode: record.name.facilityCode, episodeCode: record.name.episodeCode).description
        }
        return FoundVerdict(statement: statement, told: verdict.told)
    }

    private func found(
        _ check: AxisCheck, _ outcome: AxisOutcome, _ code: ResultCode?, reading: String, _ words: String
    ) -> FoundVerdict {
        var statement = AxisVerdict()
        statement.check = check
        statement.outcome = outcome
        statement.resultCode = code?.rawValue ?? ""
        // What a signature covers is the sender's own text, and may be of any length.
        statement.reading = String(reading.prefix(100))
        statement.senderID = senderID
        statement.messageIDDigest = Data(SHA256.hash(data: Data("\(senderID)|\(messageID)".utf8)))
        statement.messageDigest = Data(digest)
        let state: CheckVerdict.State =
            switch outcome {
            case .held: .passed
            case .failed: .failed
            default: .none
            }
        return FoundVerdict(
            statement: statement,
            told: CheckVerdict(
                check: check == .messageSignature ? .rsaSignature : .organisation, state: state, resCode: code,
                message: words))
    }
}
