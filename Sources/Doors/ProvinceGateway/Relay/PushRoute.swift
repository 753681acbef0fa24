import Crypto
import DoorDesk
import DoorHouse
import Foundation

/// The push of a message: stored, then answered, then handed on. Taken in is not done.
struct PushRoute: Sendable {
    let settings: ProvinceSettings
    let gate: ProvinceGate
    let store: RelayStore
    let forwarder: Forwarder

    /// As the gateway of Vĩnh Long.
    static let byteLimit = 10 << 20

    private struct Reply: Encodable {
        var maGiaoDich: String
        var message: String
        var status: Int
        var code: String?
        var tracking: String

        enum CodingKeys: String, CodingKey {
            case maGiaoDich, message, status, code
            case tracking = "tracking_id"
        }
    }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        let account: ProvinceAccount
        let message: ProvinceMessage
        var readings: [String] = []
        do throws(ProvinceRefusal) {
            account = try gate.letIn(request)
            guard request.body.count <= Self.byteLimit else {
                throw ProvinceRefusal(
                    status: 413, code: "TOO_LARGE", words: "nội dung lớn hơn \(Self.byteLimit) byte",
                    verdict: "the body has more than \(Self.byteLimit) bytes")
            }
            message = try ProvinceMessage(request, of: account, settings)
        } catch {
            return ProvinceWriter.answer(error)
        }
        readings.append("body: \(message.body.rawValue)")
        let identifier = Self.transaction(account.username, message)
        do {
            let kept = try await store.keep(
                RelayStore.Entry(
                    identifier: identifier, account: account.username, sender: message.senderID,
                    message: message.messageID, receivedAt: request.receivedAt, file: message.file),
                forgettingBefore: request.receivedAt - Int64(settings.lookUpDays) * 86_400_000)
            guard kept.file == message.file else {
                return ProvinceWriter.answer(
                    .invalid(
                        "msg_id đã được dùng cho nội dung khác (\(identifier)); nội dung mới cần msg_id mới",
                        "msg_id was used for another content"), readings: readings, account: account.username)
            }
            await forwarder.wake()
            let isAgain = kept.receivedAt != request.receivedAt
            return ProvinceWriter.answer(
                Reply(
                    maGiaoDich: identifier,
                    message: settings.isPaused
                        ? "đã lưu, tạm dừng chuyển tiếp đến Bộ Y tế"
                        : "đã tiếp nhận để xử lý; tra cứu kết quả theo maGiaoDich",
                    status: settings.isPaused ? 202 : 200,
                    code: settings.isPaused ? "HOC_BYT_FORWARD_PAUSED" : nil, tracking: Self.tracking(identifier)),
                status: settings.isPaused ? 202 : 200,
                verdict: (isAgain ? "stored before" : "stored") + (settings.isPaused ? ", and not handed on" : ""),
                readings: readings, account: account.username, tracking: Self.tracking(identifier))
        } catch {
            return ProvinceWriter.answer(
                ProvinceRefusal(
                    status: 503, code: "NOT_STORED", words: "chưa lưu được, hãy gửi lại cùng msg_id",
                    verdict: "it could not be stored: \(error)"), readings: readings, account: account.username)
        }
    }

    /// maGiaoDich of a message: the same msg_id of an account gets the same one, so that a sender who has lost the answer may
    /// send again. Simulator-defined: half of SHA-256 over account, sender and msg_id.
    static func transaction(_ account: String, _ message: ProvinceMessage) -> String {
        var hash = SHA256()
        hash.update(data: Data("\(account)|\(message.senderID)|\(message.messageID)".utf8))
        return Data(hash.finalize().prefix(16)).hexadecimal.uppercased()
    }

    /// X-HOC-Tracking-Id.
    static func tracking(_ identifier: String) -> String { "HOC-" + identifier.prefix(20) }
}
