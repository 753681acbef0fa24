import DoorHouse

/// What the agent answers: `Root` with `statusCode` 200 or 400, `data` (an error code, or nothing) and `responseTime` (Decision
/// 1551/QD-BYT, Annex 03). No list of error codes is public, nor the form of the time: these are simulator-defined, and so is
/// `message`, which says it in words.
struct AgentNodeAnswer {
    /// What is wrong.
    enum Fault: String, CaseIterable, Sendable {
        case authorization = "AUTHORIZATION_INVALID"
        case service = "SERVICE_INVALID"
        case timeMalformed = "REQUEST_TIME_MALFORMED"
        case timeOut = "REQUEST_TIME_OUT"
        case outsideWindow = "OUTSIDE_WINDOW"
        case requestIdentifier = "REQUEST_ID_INVALID"
        case requestReused = "REQUEST_ID_REUSED"
        case dataType = "DATA_TYPE_MISSING"
        case body = "BODY_MALFORMED"
        case file = "FILE_MALFORMED"
        case signatureMissing = "SIGNATURE_MISSING"
        case signatureInvalid = "SIGNATURE_INVALID"
        case notAccepted = "NOT_ACCEPTED"
        case tryAgain = "TRY_AGAIN"

        /// HTTP status, where it says anything.
        var status: Int {
            switch self {
            case .authorization: 401
            case .tryAgain: 503
            default: 400
            }
        }

        init(_ code: ResultCode) {
            self =
                switch code {
                case .organisationMissing: .signatureMissing
                case .organisationInvalid: .signatureInvalid
                case .systemError: .tryAgain
                default: .file
                }
        }
    }

    /// Why nothing is taken in.
    struct Refusal: Error {
        var fault: Fault
        /// For the sender, in Vietnamese.
        var words: String
        /// For the log.
        var verdict: String
    }

    /// The body; a fault makes it 400.
    static func body(_ fault: Fault?, _ words: String, at now: Int64) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Root><statusCode>\(fault == nil ? 200 : 400)</statusCode><data>\(fault?.rawValue ?? "")</data>\
            <responseTime>\(stamp(now))</responseTime><message>\(escaped(words))</message></Root>

            """.utf8)
    }

    static func answer(
        status: Int, _ body: [UInt8], verdict: String, readings: [String] = [], account: String? = nil
    ) -> DoorAnswer {
        DoorAnswer(
            status: status, contentType: "application/xml; charset=utf-8", body: body, verdict: verdict,
            readings: readings, account: account)
    }

    /// ddMMyyyyHHmmss, as request-time has it.
    private static func stamp(_ time: Int64) -> String {
        let text = AxisTime.stamp(time)
        let (year, month, day) = (text.prefix(4), text.dropFirst(4).prefix(2), text.dropFirst(6).prefix(2))
        return "\(day)\(month)\(year)\(text.suffix(6))"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
