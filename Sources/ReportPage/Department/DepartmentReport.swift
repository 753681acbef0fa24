public import BookStore
public import WarehouseStore

/// What a health department prints of an exchange: who has a book, which facilities are connected and send, what the visits
/// are like, what is refused, what is done twice. It names no person.
public struct DepartmentReport: PrintedReport, Sendable, Codable, Equatable {
    /// Code of the province; nil for all of the exchange.
    public var province: String?
    /// Its name, or that it is of all provinces.
    public var provinceName: String
    /// The month, as `2026-11`; nil for all months.
    public var month: String?
    /// The day of which it says who has sent nothing, as `2026-11-29`, in Viet Nam.
    public var day: String
    /// Residents with a book, as MoH has counted; nil where nobody has counted.
    public var coverage: WarehouseCoverage?
    /// Provinces of which there is a count.
    public var countedProvinces: [String] = []
    /// Facilities on the register, and those that send.
    public var facilities: FacilityStandings
    /// Residents with a visit in a book, in any month.
    public var people: Int64 = 0
    /// Visits that were withdrawn.
    public var withdrawn: Int64 = 0
    /// Earlier revisions, kept as history.
    public var superseded: Int64 = 0
    /// All visits, by month of discharge.
    public var total: WarehouseRow
    /// Those of the month before; nil where the report is of no month.
    public var before: WarehouseRow?
    /// By kind of visit, the most visits first.
    public var kinds: [WarehouseRow] = []
    /// By facility that sent them, the most visits first.
    public var senders: [WarehouseRow] = []
    /// What was returned to facilities.
    public var refusals: RefusalFigures
    /// Tests that were done again.
    public var repeats: RepeatFigures
    /// How each number is defined.
    public var definitions: [String: String] = [:]

    /// A report of nothing yet.
    public init(provinceName: String, day: String) {
        self.provinceName = provinceName
        self.day = day
        facilities = FacilityStandings()
        total = WarehouseRow(key: "all")
        refusals = RefusalFigures()
        repeats = RepeatFigures()
    }

    /// Facilities on a register, and which of them send.
    public struct FacilityStandings: Sendable, Codable, Equatable {
        /// On the register.
        public var registered: Int64 = 0
        /// Of them those that are connected.
        public var connected: Int64 = 0
        /// Of them those with electronic medical records; nil where the register does not say.
        public var electronicRecords: Int64?
        /// Connected ones from which something has come into a book, or was refused, in the month, or ever.
        public var sending: Int64 = 0
        /// Connected ones from which nothing has come into a book, or was refused, on the day.
        public var silent: [SilentFacility] = []
        /// Codes of those that have sent something and are not on the register.
        public var unregistered: [String] = []

        /// None.
        public init() {}
    }

    /// A connected facility that has sent nothing.
    public struct SilentFacility: Sendable, Codable, Equatable {
        /// MA_CSKCB.
        public var code: String
        /// Its name.
        public var name: String

        /// Takes both.
        public init(code: String, name: String) { (self.code, self.name) = (code, name) }
    }

    /// What was returned to facilities, by when it was returned.
    public struct RefusalFigures: Sendable, Codable, Equatable {
        /// All, corrected ones among them.
        public var ever: Int64 = 0
        /// Those that are a record's last word.
        public var standing: Int64 = 0
        /// All of the month before; nil where the report is of no month.
        public var before: Int64?
        /// By facility and code.
        public var counts: [RefusalCount] = []
        /// Whoever returns records on this exchange's route and keeps no list of them here, by name.
        public var unknown: [String] = []

        /// None.
        public init() {}
    }

    /// Tests that were done again within some days.
    public struct RepeatFigures: Sendable, Codable, Equatable {
        /// At most so many days between two results.
        public var days = 0
        /// All results, those that repeat another one, and those whose earlier result was known.
        public var total = RepeatRow(key: "all")
        /// By test, the most repeats first.
        public var tests: [RepeatRow] = []

        /// None.
        public init() {}
    }

    /// CSV (RFC 4180, UTF-8): one number a line, by section, key and figure.
    public var csv: String {
        var lines = ["section,key,title,figure,value"]
        func add(_ section: String, _ key: String, _ title: String, _ figures: [(String, Int64?)]) {
            for (figure, value) in figures {
                guard let value else { continue }
                lines.append(Self.row([section, key, title, figure], [value]))
            }
        }
        func add(_ section: String, _ row: WarehouseRow) {
            add(
                section, row.key, row.title,
                [
                    ("visits", row.visits), ("correct", row.correct), ("complete", row.complete), ("clean", row.clean),
                    ("live", row.live), ("late", row.late),
                ])
        }
        add("coverage", "", "", [("residents", coverage?.residents), ("with-book", coverage?.withBook)])
        add(
            "facilities", "", "",
            [
                ("registered", facilities.registered), ("connected", facilities.connected),
                ("electronic-records", facilities.electronicRecords), ("sending", facilities.sending),
                ("silent", Int64(facilities.silent.count)),
            ])
        for facility in facilities.silent { add("silent", facility.code, facility.name, [("day", 1)]) }
        add("visits", total)
        if let before { add("month-before", before) }
        add("history", "", "", [("withdrawn", withdrawn), ("superseded", superseded)])
        for row in kinds { add("kind", row) }
        for row in senders { add("facility", row) }
        add(
            "refusals", "", "",
            [("ever", refusals.ever), ("standing", refusals.standing), ("month-before", refusals.before)])
        for count in refusals.counts {
            add("refusal", count.facility, count.code, [("ever", count.ever), ("standing", count.standing)])
        }
        for row in [repeats.total] + repeats.tests {
            add("repeats", row.key, row.title, [("tests", row.tests), ("repeats", row.repeats), ("known", row.known)])
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}

extension DepartmentReport.RefusalFigures {
    /// Refusals together that have something in common.
    public struct Sum: Sendable, Equatable {
        /// What they have in common.
        public var key: String
        /// All, and those that stand.
        public var (ever, standing): (Int64, Int64)

        /// Compares all.
        public static func == (one: Sum, other: Sum) -> Bool {
            (one.key, one.ever, one.standing) == (other.key, other.ever, other.standing)
        }
    }

    /// By code, the most frequent first.
    public var codes: [Sum] { sums(\.code) }

    /// By facility, the most refusals first.
    public var facilities: [Sum] { sums(\.facility) }

    private func sums(_ key: KeyPath<RefusalCount, String>) -> [Sum] {
        let groups = Dictionary(grouping: counts) { $0[keyPath: key] }
        return groups.map { key, counts in
            Sum(
                key: key, ever: counts.reduce(0) { $0 + $1.ever }, standing: counts.reduce(0) { $0 + $1.standing })
        }.sorted { ($1.ever, $0.key) < ($0.ever, $1.key) }
    }
}
