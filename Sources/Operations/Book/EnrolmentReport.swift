import WarehouseStore

/// What came of opening books for the residents of a province.
///
/// `residents = opened + alreadyThere + populationRegisterOnly + contradictory + notListed`.
public struct EnrolmentReport: Codable, Sendable, Equatable {
    /// Two digits of Decision 19/2025/QD-TTg.
    public var province: String
    /// Its name.
    public var provinceName: String
    /// People whom C06 has as living there.
    public var residents: Int64 = 0
    /// Residents for whom a book was opened.
    public var opened: Int64 = 0
    /// Residents whom VSS knows too and who had a book already, opened before or by a visit.
    public var alreadyThere: Int64 = 0
    /// Residents whom VSS does not know: no book is opened for them.
    public var populationRegisterOnly: Int64 = 0
    /// Residents of whom VSS has another name or birth date: no book is opened for them.
    public var contradictory: Int64 = 0
    /// Residents whose data the registers have not brought together yet, where the scenario says so (`enrolledShare`): no book
    /// is opened for them.
    public var notListed: Int64 = 0
    /// Holders of a card issued in the province of whom C06 knows nobody, where there is a file of people: VSS is not told
    /// where people live. They are no residents.
    public var insuranceRegisterOnly: Int64 = 0
    /// Residents who have a book now, whoever opened it.
    public var withBook: Int64 = 0
    /// When it was counted; Unix milliseconds.
    public var countedAt: Int64 = 0
    /// `withBook` divided by `residents`, 0 to 1; nil where nobody lives.
    public var coverage: Double?

    /// Nothing counted.
    public init(province: String, provinceName: String) {
        self.province = province
        self.provinceName = provinceName
    }

    /// As lines for a terminal.
    public var text: String {
        let rows: [(String, Int64)] = [
            ("residents (C06)", residents), ("opened", opened), ("already there", alreadyThere),
            ("known to C06 only", populationRegisterOnly), ("known to VSS only", insuranceRegisterOnly),
            ("C06 and VSS differ", contradictory), ("not brought together", notListed), ("with a book", withBook),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  \($0.1)" }
        let share = WarehouseCoverage(residents: residents, withBook: withBook, countedAt: countedAt).percent
        let last = "coverage" + String(repeating: " ", count: width - 8) + "  \(share)"
        return (["\(province) \(provinceName)"] + lines + [last]).joined(separator: "\n")
    }
}
