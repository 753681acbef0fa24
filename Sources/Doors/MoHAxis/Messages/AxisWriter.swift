import Crypto
import DoorDesk
import DoorHouse
import Foundation
import _CryptoExtras

/// Writes replies and signs them with the axis's own key, by the readings that are taken first. B is the hash of `data` as it
/// stands in the reply, which is an object.
struct AxisWriter: Sendable {
    let readings: AxisReadings
    let key: _RSA.Signing.PrivateKey

    /// A reply to a message, as it goes out.
    /// - Parameters:
    ///   - service: Two letters, with which txn_id begins.
    ///   - now: Unix milliseconds; the reply is sent at once.
    func body(
        _ code: ResultCode, _ words: String, to header: AxisHeader, service: String, _ data: AxisReply.Payload,
        receivedAt: Int64, at now: Int64
    ) -> [UInt8] {
        var reply = AxisReply()
        reply.data = data
        let axis = readings.receiver.contains(header.receiverID) ? header.receiverID : readings.receiver.first ?? ""
        reply.header.version = header.version.isEmpty ? reply.header.version : header.version
        reply.header.senderId = axis
        reply.header.receiverId = header.senderID
        reply.header.txnType = header.kind
        reply.header.resCode = code
        reply.header.resMsg = words
        let day = AxisTime.shortDay(receivedAt)
        let seed = "\(header.senderID)|\(header.messageID)|\(receivedAt)"
        reply.header.txnId = "\(service)-\(header.senderID)-\(day)\(Self.identifier("txn|\(seed)"))"
        reply.header.msgId = "\(axis)\(day)\(Self.identifier("msg|\(seed)|\(code.rawValue)"))"
        reply.header.refMsgId = header.messageID
        reply.header.resDatetime = String(receivedAt)
        reply.header.sendDatetime = String(now)
        return signed(Self.json(reply.header), Self.json(reply.data))
    }

    /// An answer of the door with a reply in it.
    func answer(
        _ code: ResultCode, _ body: [UInt8], verdict: String, readings used: [String], account: String?
    ) -> DoorAnswer {
        DoorAnswer(
            status: status(code.status), body: body, verdict: "\(code.rawValue) \(verdict)", readings: used,
            account: account)
    }

    /// An answer that says why nothing was taken in.
    func answer(
        _ refusal: AxisRefusal, to header: AxisHeader, service: String, readings used: [String] = [], account: String?,
        at now: Int64
    ) -> DoorAnswer {
        var data = AxisReply.Payload()
        data.dataState = "1"
        data.dataStateMsg = "Không tiếp nhận"
        data.messageNotify = refusal.words
        data.details = refusal.details
        data.verdicts = refusal.verdicts
        data.signatureCheck = refusal.check
        if [.organisationInvalid, .organisationMissing].contains(refusal.code) { data.messageCheckCa = refusal.words }
        let body = body(refusal.code, refusal.words, to: header, service: service, data, receivedAt: now, at: now)
        return answer(refusal.code, body, verdict: refusal.verdict, readings: used + refusal.readings, account: account)
    }

    /// The HTTP status, as the reading says.
    func status(_ status: Int) -> Int { readings.status == .asResult ? status : 200 }

    /// Names in snake case, in the order of the alphabet: the same value gives the same bytes.
    static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Strings and numbers only: encoding cannot fail.
        return (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
    }

    private func signed(_ header: [UInt8], _ data: [UInt8]) -> [UInt8] {
        let blanks = readings.blanks.first ?? .removed
        func digest(_ bytes: [UInt8]) -> String {
            Data(SHA256.hash(data: Data(blanks.applied(to: bytes)))).hexadecimal.uppercased()
        }
        let text = Data("\(digest(header)).\(digest(data))".utf8)
        // A key that could be read can sign.
        let signature = try? key.signature(for: SHA256.hash(data: text), padding: .insecurePKCS1v1_5).rawRepresentation
        let written =
            switch readings.checksum.first ?? .hex {
            case .hex: signature?.hexadecimal.uppercased()
            case .hexLower: signature?.hexadecimal
            case .base64: signature?.base64EncodedString()
            }
        return Array("{\"header\":".utf8) + header + Array(",\"data\":".utf8) + data
            + Array(",\"signature\":\"\(written ?? "")\"}".utf8)
    }

    /// 32 hexadecimal digits in the form of a UUID of version 4. They are computed, so that a reply that is made again after a
    /// crash is the same.
    private static func identifier(_ seed: String) -> String {
        var bytes = Array(SHA256.hash(data: Data(seed.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return Data(bytes).hexadecimal
    }
}
