import ExchangeSchema

/// Which subject group and benefit level people of an age have.
///
/// Codes and levels agree with the domain file's `codes.json` as of 2026 (near-poor households and people over 75 with
/// a social pension at level 2). The shares are simulator-defined.
struct EntitlementTable {
    struct Entry {
        var subject: String
        var level: Int
        var weight: UInt64
    }

    /// Age of the last year of each band, and its entries.
    static let bands: [(lastAge: Int, entries: [Entry])] = [
        (5, [Entry(subject: "TE", level: 1, weight: 1)]),
        (17, entries("HS4 880, HN2 80, DT2 40")),
        (22, entries("SV4 450, DN4 250, GD4 220, HN2 60, DT2 20")),
        (59, entries("DN4 380, GD4 360, CH4 80, HN2 60, CN2 50, CB2 10, XK4 20, DT2 30, TN4 10")),
        (74, entries("GD4 440, HT3 300, HN2 100, CB2 80, BT2 60, CK2 20")),
        (Int.max, entries("LH2 560, HT3 250, CK2 60, BT2 110, CT2 20")),
    ]

    private let weights = bands.map { Weights($0.entries.map(\.weight)) }

    /// Draws the entry of someone of this age in years.
    func draw(age: Int, _ draws: inout Draws) -> Entry {
        let band = Self.bands.firstIndex { age <= $0.lastAge } ?? 0
        return Self.bands[band].entries[weights[band].choose(&draws)]
    }

    /// Another group of the same level.
    static func otherSubject(_ subject: String, level: Int) -> String {
        let groups =
            level == 1 ? ["TE", "CC"] : level == 2 ? ["HN", "DT"] : level == 3 ? ["HT", "TC"] : ["GD", "DN"]
        return groups[0] == subject ? groups[1] : groups[0]
    }

    /// The level that a group had before 1 January 2026; nil where it is the same (letter 38/BYT-BH, Resolution
    /// 261/2025/QH15).
    static func levelBefore2026(_ subject: String) -> Int? {
        switch subject {
        case "CN": 3
        case "LH": 4
        default: nil
        }
    }

    private static func entries(_ text: String) -> [Entry] {
        text.split(separator: ", ").map { item in
            Entry(
                subject: String(item.prefix(2)), level: Int(item.dropFirst(2).prefix(1)) ?? 4,
                weight: UInt64(item.dropFirst(4)) ?? 0)
        }
    }
}
