import DoorDesk
import DoorHouse
import Foundation

/// What the portal's calls answer, in its own names.
struct PortalReply: Encodable {
    var maKetQua: PortalResult
    var maGiaoDich: String?
    /// yyyyMMddHHmmss.
    var thoiGianTiepNhan: String?
    var thongDiep: String
    /// What is wrong with a file, visit by visit. Simulator-defined: the real portal tells in `thongDiep` alone.
    var dsLoi: [Fault]?

    /// One thing that is wrong with a file.
    struct Fault: Encodable, Equatable {
        var maLk: String?
        var bang: String?
        var dong: Int?
        var truong: String?
        var loi: String
    }

    init(_ result: PortalResult, _ words: String) {
        maKetQua = result
        thongDiep = words
    }
}

/// Puts replies into answers, as the reading of the HTTP status wants.
struct PortalWriter: Sendable {
    let readings: PortalReadings

    func answer(
        _ reply: some Encodable, status: Int, verdict: String, readings used: [String] = [], account: String? = nil
    ) -> DoorAnswer {
        DoorAnswer(
            status: self.status(status), body: Self.json(reply), verdict: verdict, readings: used, account: account)
    }

    func answer(
        _ reply: some PortalObject, status: Int, verdict: String, readings used: [String] = [], account: String? = nil
    ) -> DoorAnswer {
        DoorAnswer(
            status: self.status(status), body: PortalJSON.text(of: reply), verdict: verdict, readings: used,
            account: account)
    }

    func answer(stored body: [UInt8], verdict: String, readings used: [String], account: String) -> DoorAnswer {
        DoorAnswer(status: 200, body: body, verdict: verdict, readings: used, account: account)
    }

    func answer(
        storedRefusal body: [UInt8], status: Int, verdict: String, readings used: [String], account: String
    ) -> DoorAnswer {
        DoorAnswer(status: self.status(status), body: body, verdict: verdict, readings: used, account: account)
    }

    func refusal(
        _ result: PortalResult, _ words: String, _ verdict: String, readings used: [String] = [], account: String? = nil
    ) -> DoorAnswer {
        answer(
            PortalReply(result, words), status: result.status, verdict: "\(result.rawValue) \(verdict)", readings: used,
            account: account)
    }

    func refusal(_ refusal: PortalGate.Refusal) -> DoorAnswer {
        self.refusal(refusal.result, refusal.words, refusal.verdict)
    }

    private func status(_ status: Int) -> Int {
        switch readings.status {
        case .asResult: status
        case .alwaysOK: 200
        }
    }

    static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        // Strings and numbers only: encoding cannot fail.
        return (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
    }
}

/// Times and days as the portal writes them.
enum PortalTime {
    /// yyyyMMddHHmmss.
    /// - Parameter time: Unix milliseconds.
    static func stamp(_ time: Int64) -> String { VietnamTime.stamp(time) }

    /// dd/MM/yyyy of yyyyMMdd; other texts as they are.
    static func day(_ text: String) -> String {
        guard text.count == 8, text.allSatisfy(\.isNumber) else { return text }
        let (year, month, day) = (text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2))
        return month == "00" ? String(year) : "\(day)/\(month)/\(year)"
    }

    /// Time in UTC, as `expires_in` has it.
    static func universal(_ time: Int64) -> String {
        Date(timeIntervalSince1970: Double(time) / 1_000).formatted(.iso8601)
    }
}
