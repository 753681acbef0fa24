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

/// Times and days as the portal writes them: those of Viet Nam, seven hours ahead of UTC all year.
enum PortalTime {
    private static let ahead: Int64 = 7 * 3_600

    /// yyyyMMddHHmmss, of the years 1 to 9999.
    /// - Parameter time: Unix milliseconds.
    static func stamp(_ time: Int64) -> String {
        let seconds = floorDivide(time, 1_000) + ahead
        let days = floorDivide(seconds, 86_400)
        let second = seconds - days * 86_400
        // Years begin in March, so that the day by which they differ comes last; eras of 400 years begin on 1 March 0000.
        let day = days + 719_468
        let era = floorDivide(day, 146_097)
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        let date = year * 10_000 + (month >= 10 ? month - 9 : month + 3) * 100 + dayOfYear - (153 * month + 2) / 5 + 1
        let clock = second / 3_600 * 10_000 + second / 60 % 60 * 100 + second % 60
        let text = String(date * 1_000_000 + clock)
        return String(repeating: "0", count: max(0, 14 - text.utf8.count)) + text
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }

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
