public import ExchangeSchema

/// A shared history as whoever asked for it is shown it: what its text, JSON and page are written from.
public struct PresentedHistory: Sendable, Equatable, Codable {
    /// The request.
    public var request: String
    /// MA_CSKCB of the facility that asked.
    public var facilityCode: String
    /// The patient's number in force; as it was asked for where nothing is shared.
    public var citizen: String
    /// When MoH answered; Unix milliseconds.
    public var answeredAt: Int64
    /// Why nothing is shared; nil where the request was answered.
    public var refusal: Refusal?
    /// What decides how fields are shown.
    public var profile: PresentedBook.Profile
    /// Visits at other facilities, the latest stay first.
    public var visits: [PresentedBook.Visit]
    /// Vaccinations at other facilities, the latest first.
    public var vaccinations: [PresentedBook.Dose]
    /// Health checks at other facilities, the latest first.
    public var healthChecks: [PresentedBook.Check]

    /// Whether nothing is shared.
    public var isEmpty: Bool { visits.isEmpty && vaccinations.isEmpty && healthChecks.isEmpty }

    /// Why nothing is shared.
    public struct Refusal: Sendable, Equatable, Codable {
        /// The code.
        public var code: String
        /// The rule that the request breaks, in words.
        public var rule: String
    }

    /// Shows MoH's answer.
    public init(_ history: SharedHistory, profile: BookProfile = .qd1332) {
        request = history.requestID
        facilityCode = history.facilityCode
        citizen = history.citizenNumber
        answeredAt = history.answeredAt
        if !history.refusalCode.isEmpty { refusal = Refusal(code: history.refusalCode, rule: history.rule) }
        self.profile = PresentedBook.Profile(name: profile.name, version: profile.version, source: profile.source)
        visits = history.visits.map { PresentedBook.Visit(BookVisit($0), profile) }
        vaccinations = history.vaccinations.map { PresentedBook.Dose(BookVaccination($0), profile) }
        healthChecks = history.healthChecks.map { PresentedBook.Check(BookHealthCheck($0), profile) }
    }

    /// As lines for a terminal.
    public var text: String {
        var lines = [
            "LỊCH SỬ KHÁM, CHỮA BỆNH Ở NƠI KHÁC  \(citizen)",
            "  cơ sở yêu cầu \(facilityCode), yêu cầu \(request), trả lời \(PresentedBook.time(answeredAt))",
        ]
        if let refusal {
            lines.append("  không chia sẻ (refused): \(refusal.code): \(refusal.rule)")
        } else if isEmpty {
            lines.append("  Không có lần khám, chữa bệnh nào ở nơi khác (no visit elsewhere).")
        }
        for (place, visit) in visits.enumerated() {
            lines += ["", "LẦN KHÁM, CHỮA BỆNH \(visits.count - place)"] + visit.lines
        }
        if !vaccinations.isEmpty { lines += ["", "TIÊM CHỦNG (vaccinations)"] }
        for dose in vaccinations { lines += dose.lines }
        if !healthChecks.isEmpty { lines += ["", "KHÁM SỨC KHỎE (health checks)"] }
        for check in healthChecks { lines += check.lines }
        return lines.joined(separator: "\n")
    }
}
