import ProvinceWarehouse

/// The numbers of some visits.
public struct WarehouseRow: Sendable, Codable, Equatable {
    /// What the visits have in common: a facility's code, a ward's, a category, a class of age, a kind.
    public var key: String
    /// The key in words; empty where there are none.
    public var title = ""
    /// Current visits.
    public var visits: Int64 = 0
    /// Of them those that are *đúng*.
    public var correct: Int64 = 0
    /// Of them those that are *đủ*.
    public var complete: Int64 = 0
    /// Of them those that are *sạch*.
    public var clean: Int64 = 0
    /// Of them those that are *sống*.
    public var live: Int64 = 0

    /// The visits of both.
    public mutating func add(_ other: WarehouseRow) {
        visits += other.visits
        correct += other.correct
        complete += other.complete
        clean += other.clean
        live += other.live
    }

    /// Takes all fields; without more, a row of nothing yet.
    public init(
        key: String, title: String = "", visits: Int64 = 0, correct: Int64 = 0, complete: Int64 = 0, clean: Int64 = 0,
        live: Int64 = 0
    ) {
        (self.key, self.title, self.visits) = (key, title, visits)
        (self.correct, self.complete, self.clean, self.live) = (correct, complete, clean, live)
    }

    /// Of them those that were not in the book within 24 hours of discharge.
    public var late: Int64 { visits - live }

    /// The expressions of the table `visit`, in the order of the properties.
    static let columns =
        "count(*) AS visits, coalesce(sum(is_correct), 0) AS correct, coalesce(sum(is_complete), 0) AS complete, "
        + "coalesce(sum(is_clean), 0) AS clean, coalesce(sum(is_live), 0) AS live"
}

/// What a department prints about a province: visits, the four words of quality, what is late, and who sent nothing.
public struct WarehouseReport: PrintedReport, Sendable, Codable, Equatable {
    /// Code of the province.
    public var province: String
    /// Its name.
    public var provinceName: String
    /// The month, as `2026-11`, by discharge; nil for all of it.
    public var month: String?
    /// Residents with a visit in the book, in any month.
    public var people: Int64
    /// All visits of the month.
    public var total: WarehouseRow
    /// Those of the month before; nil where the report is of no month.
    public var before: WarehouseRow?
    /// Visits of the month that were withdrawn.
    public var withdrawn: Int64
    /// Earlier revisions that are history, of the month.
    public var superseded: Int64
    /// By each grouping that was asked for, the greatest number of visits first.
    public var groups: [String: [WarehouseRow]]
    /// Facilities that have sent visits in other months and none in this one; empty where the report is of no month.
    public var silentFacilities: [String]
    /// How each number is defined.
    public var definitions: [String: String]
    /// How many residents have a book, where MoH has counted it and its word is at hand; the province itself cannot know.
    public var coverage: WarehouseCoverage?

    /// CSV (RFC 4180, UTF-8): one line for each row of each grouping, after one for the whole.
    public var csv: String {
        var lines = ["grouping,key,title,visits,correct,complete,clean,live,late"]
        func add(_ grouping: String, _ row: WarehouseRow) {
            lines.append(
                Self.row(
                    [grouping, row.key, row.title],
                    [row.visits, row.correct, row.complete, row.clean, row.live, row.late]))
        }
        add("province", total)
        for grouping in WarehouseGrouping.allCases {
            for row in groups[grouping.rawValue] ?? [] { add(grouping.rawValue, row) }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}

/// How many residents of a province have a health book, as MoH counted when books were opened there.
public struct WarehouseCoverage: Sendable, Codable, Equatable {
    /// People whom C06 has as living there.
    public var residents: Int64
    /// Those of them who have a book.
    public var withBook: Int64
    /// When it was counted; Unix milliseconds.
    public var countedAt: Int64
    /// `withBook` divided by `residents`, 0 to 1; nil where nobody lives.
    public var share: Double?

    /// A count.
    public init(residents: Int64, withBook: Int64, countedAt: Int64) {
        self.residents = residents
        self.withBook = withBook
        self.countedAt = countedAt
        share = residents > 0 ? Double(withBook) / Double(residents) : nil
    }

    /// ``share`` in percent with one place, cut and not rounded up, so that 100.0 % means all; a dash where nobody lives.
    public var percent: String {
        guard residents > 0 else { return "–" }
        let thousandths = withBook * 1_000 / residents
        return "\(thousandths / 10).\(thousandths % 10) %"
    }
}

/// A visit behind a number. It names no person: whoever may know more asks for the record.
public struct WarehouseRecord: Sendable, Codable, Equatable {
    /// The record.
    public var record: String
    /// Which revision.
    public var revision: Int64
    /// What it counts for.
    public var standing: String
    /// Facility that sent it.
    public var facility: String
    /// MA_LOAI_KCB, `vaccination` or `health-check`.
    public var kind: String
    /// Time of discharge.
    public var discharged: String
    /// Category of the main diagnosis.
    public var disease: String
    /// Minutes from discharge to book; nil where they are not known.
    public var minutesToBook: Int64?
    /// Required fields that are empty.
    public var missing: [String]
    /// What contradicts itself in it or other visits.
    public var contradictions: [String]
    /// The visit of which it is a duplicate; nil for none.
    public var duplicateOf: String?
}
