import Foundation

/// `header` of a message (Decision 2062/QD-BYT, Annex 02).
struct AxisHeader: Sendable, Equatable {
    var version = ""
    var senderID = ""
    var receiverID = ""
    var kind = ""
    var messageID = ""
    var messageType = ""
    var dataType = ""
    var sentAt = ""

    /// What a message carries.
    enum Kind: String, Sendable {
        /// Health checks, KHAMSUCKHOE.
        case checkup = "sync_checkup"
        /// Health records, GIAMDINHHS.
        case ehr = "sync_ehr"
    }

    /// Nothing of it is known.
    init() {}

    /// Reads one; numbers count as their digits. Nil when it is no object.
    init?(_ text: ArraySlice<UInt8>) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any] else { return nil }
        func value(_ name: String) -> String {
            switch object[name] {
            case let text as String: text
            case let number as NSNumber: number.stringValue
            default: ""
            }
        }
        version = value("version")
        senderID = value("sender_id")
        receiverID = value("receiver_id")
        kind = value("txn_type")
        messageID = value("msg_id")
        messageType = value("msg_type")
        dataType = value("data_type")
        sentAt = value("send_datetime")
    }

    /// What is wrong with it, in the order of its fields: in Vietnamese, and for the log.
    func faults(of account: AxisAccount, kind wanted: Kind, receivers: [String]) -> [(words: String, verdict: String)] {
        var faults: [(String, String)] = []
        func want(_ holds: Bool, _ words: String, _ verdict: String) { if !holds { faults.append((words, verdict)) } }
        want(!version.isEmpty, "thiếu version", "version is missing")
        want(
            receivers.contains(receiverID),
            "receiver_id \"\(Self.shown(receiverID))\"\(Self.owner(receiverID)); cổng này nhận \(receivers.joined(separator: ", "))",
            "receiver_id is \(Self.shown(receiverID)); wanted is \(receivers.joined(separator: ", "))")
        want(kind == wanted.rawValue, "txn_type phải là \(wanted.rawValue)", "txn_type is not \(wanted.rawValue)")
        if let fault = messageIDFault { faults.append(fault) }
        want(messageType == "101", "msg_type phải là 101", "msg_type is not 101")
        want(
            Self.dataTypes(wanted).contains(dataType),
            "data_type phải là \(Self.dataTypes(wanted).joined(separator: " hoặc "))",
            "data_type is \(Self.shown(dataType)); wanted is \(Self.dataTypes(wanted).joined(separator: " or "))")
        want(
            sentAt.utf8.count == 13 && sentAt.utf8.allSatisfy { (0x30...0x39).contains($0) },
            "send_datetime phải có 13 chữ số (mili giây Unix)", "send_datetime is not 13 digits")
        return faults
    }

    /// msg_id is sender_id, YYMMDD, and a UUID of version 4 without dashes.
    private var messageIDFault: (String, String)? {
        let pattern = "msg_id phải là sender_id + YYMMDD + UUIDv4 không gạch nối"
        guard messageID.hasPrefix(senderID) else { return (pattern, "msg_id does not begin with sender_id") }
        let rest = messageID.dropFirst(senderID.count)
        guard rest.utf8.count == 38 else { return (pattern, "msg_id has not 38 characters after sender_id") }
        guard AxisTime.isShortDay(rest.prefix(6)) else {
            return (pattern + "; YYMMDD không phải là ngày", "the day in msg_id is none")
        }
        let uuid = Array(rest.dropFirst(6).utf8)
        let isHexadecimal = uuid.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
        guard isHexadecimal, uuid[12] == 0x34, "89abAB".utf8.contains(uuid[16]) else {
            return (pattern, "msg_id ends with no UUID of version 4")
        }
        return nil
    }

    private static func dataTypes(_ kind: Kind) -> [String] {
        switch kind {
        case .checkup: ["xml/base64", "json/base64"]
        case .ehr: ["xml/base64"]
        }
    }

    /// Whose name a receiver is elsewhere, where a public text or client says so.
    private static func owner(_ receiver: String) -> String {
        switch receiver {
        case "VTS": " là tên trục của Hà Nội (7286/SYT-QLBHYTCNTT)"
        case "emrhub", "TTYQG", "HCC", "TDLBYT": " là tên được dùng ở nơi khác"
        default: ""
        }
    }

    static func shown(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(40).map {
                $0.isASCII && $0.value > 0x1F && $0.value != 0x7F ? Character($0) : "?"
            })
    }
}
