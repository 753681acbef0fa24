import ExchangeSchema

@testable import HealthStandards

/// Synthetic visits: every field filled, with values that its rules allow and that are awkward to carry.
struct SampleVisits {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    static let awkwardTexts: [String] = [
        "Nguyễn Thị Bưởi", "Nguye\u{302}\u{303}n Thi\u{323} Hoa", "Ðặng Văn Đức", "a < b && c > d", "]]>",
        "<!-- no -->",
        "<![CDATA[x]]>", "&amp;lt;", "line\nbreak", "tab\there", "cr\rlf\r\n", "👩‍⚕️🩺", "\"quoted\" 'single'",
        "  spaces  ",
        "\u{FEFF}mark", "\u{85}\u{2028}", "&#13;", "<?xml?>", "%s ; DROP", "\u{10FFFF}", "A",
    ]

    mutating func visit(_ episode: String, rows: Int = 2, profile: ValidationProfile = .portal) -> VisitRecord {
        let summary: SummaryRow = row(episode, 1, profile)
        var record = VisitRecord(
            administrative: summary.administrative, insurance: summary.insurance, clinical: summary.clinical)
        record.details.drugs = (0..<rows).map { row(episode, $0 + 1, profile) }
        record.details.services = (0..<rows).map { row(episode, $0 + 1, profile) }
        record.details.results = (0..<rows).map { row(episode, $0 + 1, profile) }
        record.details.courses = (0..<rows).map { row(episode, $0 + 1, profile) }
        return record
    }

    mutating func row<Row: TableRow>(_ episode: String, _ ordinal: Int, _ profile: ValidationProfile) -> Row {
        var row = Row()
        for (index, rule) in Row.table.rules(profile).enumerated() { row[field: index] = value(rule) }
        row[field: 0] = episode
        row[field: 1] = String(ordinal)
        return row
    }

    mutating func value(_ rule: FieldRule) -> String {
        switch rule.shape {
        case .ordinal: return "1"
        case .day: return "20240229"
        case .days: return ["20240101", "20240101;20241231"][draw(2)]
        case .moment: return "202512312359"
        case .dayOrMoment: return ["20240101", "202401010000"][draw(2)]
        case .birth: return ["195300000000", "199005001230", "202401010005"][draw(3)]
        case .plain: break
        }
        let maximum = rule.maximumLength ?? 5_000
        if rule.kind == .number {
            let fitting = ["0", "7", "80", "007", "-1", "1.50", "80.00", "123456789.25"].filter {
                $0.utf8.count <= maximum
            }
            return fitting[draw(fitting.count)]
        }
        return text(atMost: maximum)
    }

    /// Several awkward texts in a row, cut to a length; never white space alone.
    private mutating func text(atMost maximum: Int) -> String {
        var text = "x"
        for _ in 0...draw(4) { text += Self.awkwardTexts[draw(Self.awkwardTexts.count)] }
        while FieldRule.length(of: text) > maximum { text.unicodeScalars.removeLast() }
        return text
    }

    private mutating func draw(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}
