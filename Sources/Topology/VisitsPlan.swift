/// When a scenario's visits end, how soon after it they are sent, and how many records are vaccinations
/// and health checks.
public struct VisitsPlan: Sendable, Hashable {
    /// When the first visit is sent.
    public enum Start: Sendable, Hashable {
        /// On 16 November 2026, at midnight in Viet Nam: the same bytes at every run.
        case fixed
        /// So that the last one is sent when the run begins. Whoever begins it puts the moment in its place.
        case now
        /// At this moment; Unix milliseconds.
        case at(Int64)
    }

    /// When the first visit is sent.
    public var start: Start
    /// Share of visits that are sent between one and five days after the discharge, 0 to 1; all others within ten minutes.
    public var lateShare: Double
    /// Share of records that are vaccinations and no visits, 0 to 1.
    public var vaccinationShare: Double
    /// Share of records that are health checks and no visits, of those that are no vaccinations; 0 to 1.
    public var healthCheckShare: Double

    /// Takes all fields.
    public init(
        start: Start = .fixed, lateShare: Double = 0, vaccinationShare: Double = 0, healthCheckShare: Double = 0
    ) {
        self.start = start
        self.lateShare = lateShare
        self.vaccinationShare = vaccinationShare
        self.healthCheckShare = healthCheckShare
    }
}

extension ScenarioReader {
    static let visitsKeys = ["start", "lateShare", "vaccinations", "checkups"]

    static func readVisits(_ value: YAMLValue) -> VisitsPlan {
        let expected = "visits: " + visitsKeys.joined(separator: ", ")
        guard let fields = YAMLFields(value, kind: "visits key", keys: visitsKeys, expected: expected) else {
            return VisitsPlan()
        }
        var plan = VisitsPlan()
        if let start = fields["start"] {
            if start.plain == "now" {
                plan.start = .now
            } else if let moment: Int64 = start.integer(
                in: Scenario.visitsStartRange, note: " Unix milliseconds, or now")
            {
                plan.start = .at(moment)
            }
        }
        plan.lateShare = fields["lateShare"].flatMap { $0.share() } ?? 0
        plan.vaccinationShare = fields["vaccinations"].flatMap { $0.share() } ?? 0
        plan.healthCheckShare = fields["checkups"].flatMap { $0.share() } ?? 0
        return plan
    }
}

extension Scenario {
    /// From 2 January 2000 to the end of 2098; Unix milliseconds.
    static let visitsStartRange: ClosedRange<Int64> = 946_771_200_000...4_070_822_400_000

    /// The text of a scenario whose visits start `now`, with a moment in its place; any other text as it is.
    /// - Parameter moment: Unix milliseconds.
    public func text(_ text: String, startedAt moment: Int64) -> String {
        guard let place = locations.visitsStart else { return text }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.indices.contains(place.line - 1) else { return text }
        let line = lines[place.line - 1]
        guard
            let start = line.unicodeScalars.index(
                line.unicodeScalars.startIndex, offsetBy: place.column - 1, limitedBy: line.unicodeScalars.endIndex),
            line[start...].hasPrefix("now")
        else { return text }
        lines[place.line - 1] = line[..<start] + "\(moment)" + line[start...].dropFirst(3)
        return lines.joined(separator: "\n")
    }
}
