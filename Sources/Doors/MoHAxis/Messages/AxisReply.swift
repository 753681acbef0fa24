/// What the axis answers to a message: `header` and `data` (Decision 2062/QD-BYT, Annex 02). The names of the fields are written
/// as `sender_id` there.
struct AxisReply {
    var header = Header()
    var data = Payload()

    /// Sender and receiver are those of the message, swapped.
    struct Header: Encodable {
        var version = "1.0"
        var senderId = ""
        var receiverId = ""
        var txnId = ""
        var txnType = ""
        var resCode = ResultCode.success
        var resMsg = ""
        var msgType = "102"
        var msgId = ""
        var sendDatetime = ""
        var refMsgId = ""
        var resDatetime = ""
    }

    /// The first four fields are those of the texts; the others are simulator-defined.
    struct Payload: Encodable {
        /// 0: taken in; 1: not. Only 0 stands in the texts.
        var dataState = "0"
        var dataStateMsg = ""
        var messageCheckCa = ""
        var messageNotify = ""
        /// Record by record.
        var details: [RecordDetail]?
        /// The four verdicts.
        var verdicts: [CheckVerdict]?
        /// What was hashed, where the signature does not hold.
        var signatureCheck: SignatureReport?
    }
}

/// How one record stands, or what is wrong with it. Simulator-defined.
struct RecordDetail: Encodable, Sendable, Equatable {
    var maLk: String?
    /// The record that it is in the exchange, by which journals tell of it.
    var recordId: String?
    /// The revision of the record; above 1 where it is another one than the first.
    var version: UInt32?
    var resCode: ResultCode?
    /// As the refusing party says it.
    var reason: String?
    var table: String?
    var row: Int?
    var field: String?
    var value: String?
    var message: String?
}

/// One of the four verdicts on a message. Simulator-defined.
struct CheckVerdict: Codable, Sendable, Equatable {
    /// Which of the four.
    enum Check: String, Codable, Sendable {
        case rsaSignature = "rsa-signature"
        case organisation = "ca-signature"
        case verify
        case save
    }

    /// What came of it.
    enum State: String, Codable, Sendable {
        case passed
        case failed
        /// Nobody has said anything yet.
        case open
        /// It was not looked at.
        case none
    }

    var check: Check
    var state: State
    var resCode: ResultCode?
    var message: String
    /// Number of its leaf in MoH's journal; absent of verification and saving, which journals tell by the record, and of what came
    /// before the axis had leaves.
    var leaf: Int64?
}
