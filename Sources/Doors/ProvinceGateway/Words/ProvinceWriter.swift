import DoorHouse
import Foundation

/// Puts replies into answers.
enum ProvinceWriter {
    static func answer(
        _ reply: some Encodable, status: Int = 200, verdict: String, readings: [String] = [], account: String? = nil,
        tracking: String? = nil
    ) -> DoorAnswer {
        var answer = DoorAnswer(
            status: status, body: json(reply), verdict: "\(status) \(verdict)", readings: readings, account: account)
        if let tracking { answer.headers["X-HOC-Tracking-Id"] = tracking }
        return answer
    }

    static func answer(
        _ refusal: ProvinceRefusal, readings: [String] = [], account: String? = nil
    ) -> DoorAnswer {
        struct Reply: Encodable {
            var status: Int
            var code: String
            var message: String
        }
        return answer(
            Reply(status: refusal.status, code: refusal.code, message: refusal.words), status: refusal.status,
            verdict: refusal.verdict, readings: readings, account: account)
    }

    static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        // Strings and numbers only: encoding cannot fail.
        return (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
    }
}
