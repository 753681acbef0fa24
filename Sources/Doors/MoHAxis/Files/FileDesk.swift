import EnvelopeSignature
import ExchangeSchema

/// What was found where an organisation signs.
struct OrganisationFinding: Sendable {
    var outcome: AxisOutcome
    /// For the sender.
    var words: String
    /// Why the file is not taken; nil where it is.
    var refusal: AxisRefusal?
}

/// Gets a file out of a message: how its tables stand in it, whose it is, and who has signed it.
struct FileDesk: Sendable {
    let readings: AxisReadings
    let organisation: SignatureRule

    /// Reads the file of a message.
    /// - Returns: The file, and what was found where its organisation signs.
    func read(
        _ data: MessageData, kind: AxisHeader.Kind, dataType: String, of account: AxisAccount, at now: Int64,
        _ used: inout [String]
    ) throws -> (PushedFile, organisation: OrganisationFinding) {
        var bytes = data.file
        // Health checks are read in JSON too; what VSS sends is made into XML.
        if kind == .ehr, data.shape == .object {
            guard let xml = JSONTwin.xml(bytes) else {
                throw AxisRefusal.invalid("data không phải JSON của hồ sơ", "data is no file in JSON")
            }
            bytes = xml
        }
        let isJSON = bytes.first { $0 > 0x20 } == 0x7B
        guard data.shape == .object || isJSON == (dataType == "json/base64") else {
            throw AxisRefusal.invalid(
                "data_type là \(dataType) nhưng tệp là \(isJSON ? "JSON" : "XML")",
                "data_type is \(dataType), and the file is \(isJSON ? "JSON" : "XML")")
        }
        return try read(bytes, kind: kind, of: account, at: now, &used)
    }

    /// Reads a file. One that is refused for its organisation's signature is read all the same: the finding says so.
    func read(
        _ bytes: [UInt8], kind: AxisHeader.Kind, of account: AxisAccount, at now: Int64, _ used: inout [String]
    ) throws -> (PushedFile, organisation: OrganisationFinding) {
        let file: PushedFile
        switch kind {
        case .ehr: file = try PushedFile(healthRecords: try tablesAsBase64(bytes, &used))
        case .checkup:
            file = try PushedFile(healthChecks: bytes, readings, facility: account.facility, &used)
            guard account.role != .facility || file.senderCode == account.senderID else {
                throw Self.notTheAccounts(file)
            }
        }
        guard kind == .checkup || account.speaks(for: file.facilityCode) else { throw Self.notTheAccounts(file) }
        guard file.recordCount > 0 else { throw AxisRefusal.invalid("không có hồ sơ nào", "there is no record") }
        guard !file.records.isEmpty else {
            var refusal = AxisRefusal.invalid(
                "không hồ sơ nào trong \(file.recordCount) hồ sơ đúng chuẩn, xem details",
                "none of \(file.recordCount) records is sound")
            refusal.details = file.faults
            throw refusal
        }
        let organisation = try judge(bytes, file, at: now)
        if organisation.refusal == nil { used.append("organisation's \(organisation.words)") }
        return (file, organisation)
    }

    private static func notTheAccounts(_ file: PushedFile) -> AxisRefusal {
        AxisRefusal(
            code: .permission, words: "MACSKCB \(file.senderCode) trong hồ sơ không phải của tài khoản",
            verdict: "MACSKCB of the file is not the account's")
    }

    /// The file as a reader of envelopes wants it.
    private func tablesAsBase64(_ bytes: [UInt8], _ used: inout [String]) throws(AxisRefusal) -> [UInt8] {
        let content = FileContent(bytes)
        for form in content.found {
            used.append("content: \(form.rawValue)")
            guard readings.content.contains(form) else {
                let wanted = readings.content.map(\.rawValue).joined(separator: ", ")
                throw AxisRefusal.invalid(
                    "NOIDUNGFILE được gửi ở dạng \(form.rawValue); cổng này nhận \(wanted)",
                    "NOIDUNGFILE was sent as \(form.rawValue); wanted is \(wanted)")
            }
        }
        return content.file
    }

    /// What is found of the organisation's signature.
    private func judge(_ bytes: [UInt8], _ file: PushedFile, at now: Int64) throws -> OrganisationFinding {
        // Elements with a declaration of their own are no XML, and JSON is none; where nobody has signed, that is nobody's fault.
        let isSigned = bytes.first { $0 > 0x20 } != 0x7B && EnvelopeVerifier.mayHoldSignature(bytes)
        let looked = isSigned ? bytes : Array("<GIAMDINHHS/>".utf8)
        switch try organisation.judge(
            looked, facilityCode: file.facilityCode, createdOn: file.createdOn, at: now)
        {
        case .taken(let reading):
            return OrganisationFinding(outcome: reading.contains("of facility") ? .held : .none, words: reading)
        case .missing(let words, let verdict):
            return Self.refused(AxisRefusal(code: .organisationMissing, words: words, verdict: verdict))
        case .refused(let words, let verdict):
            return Self.refused(AxisRefusal(code: .organisationInvalid, words: words, verdict: verdict))
        }
    }

    private static func refused(_ refusal: AxisRefusal) -> OrganisationFinding {
        OrganisationFinding(outcome: .failed, words: refusal.words, refusal: refusal)
    }
}
