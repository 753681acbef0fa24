/// `res_code` of an answer. All are those of Decision 2062/QD-BYT, Annex 02, but the last three, which a public client
/// (Vietsens/hisnguonmo) has from replies that it saw.
enum ResultCode: String, Sendable, Codable, CaseIterable {
    case success = "CM_SUCCESS"
    case invalidRequest = "CM_INVALID_REQUEST"
    case accountFail = "CM_AUTH_ACCOUNT_FAIL"
    case signatureInvalid = "PS_DS_RSA_SIGNATURE_INVALID"
    case signatureMissing = "PS_DS_RSA_SIGNATURE_MISSING"
    case organisationInvalid = "PS_DS_CA_SIGNATURE_INVALID"
    case organisationMissing = "PS_DS_CA_SIGNATURE_MISSING"
    case verifySuccess = "PS_DS_VERIFY_SUCCESS"
    case verifyFail = "PS_DS_VERIFY_FAIL"
    case saveSuccess = "PS_DS_SAVE_SUCCESS"
    case saveFail = "PS_DS_SAVE_FAIL"
    case permission = "CM_AUTH_PERMISSION"
    case expired = "CM_AUTH_EXPIRED"
    case systemError = "CM_SYSTEM_ERROR"

    /// What HTTP says of it, where it says anything. Decision 2062 lists 200, 400, 401, 403, 404, 500 and 504, and does not say
    /// which goes with which code; this is simulator-defined.
    var status: Int {
        switch self {
        case .success, .organisationInvalid, .organisationMissing, .verifySuccess, .verifyFail, .saveSuccess, .saveFail:
            200
        case .invalidRequest, .signatureInvalid, .signatureMissing: 400
        case .accountFail, .expired: 401
        case .permission: 403
        case .systemError: 500
        }
    }
}

/// Why nothing of a message is taken in.
struct AxisRefusal: Error {
    var code: ResultCode
    /// For the sender, in Vietnamese.
    var words: String
    /// For the log.
    var verdict: String
    /// Which readings the sender used, as far as they are known.
    var readings: [String] = []
    /// What was hashed, where the signature does not hold.
    var check: SignatureReport?
    /// What is wrong with single records.
    var details: [RecordDetail]?
    /// The verdicts that MoH has written down, where signatures were looked at.
    var verdicts: [CheckVerdict]?

    static func invalid(_ words: String, _ verdict: String) -> AxisRefusal {
        AxisRefusal(code: .invalidRequest, words: words, verdict: verdict)
    }
}
