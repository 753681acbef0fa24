import ProvinceWarehouse

/// How often tests were done again, of some results.
public struct RepeatRow: Sendable, Codable, Equatable {
    /// What the results have in common: `MA_DICH_VU MA_CHI_SO`, or the facility that did them.
    public var key: String
    /// The key in words; empty where there are none.
    public var title = ""
    /// Results.
    public var tests: Int64 = 0
    /// Of them those that repeat an earlier one of the person.
    public var repeats: Int64 = 0
    /// Of the repeats those whose earlier result was in the book when the visit began.
    public var known: Int64 = 0

    /// A row of nothing yet.
    public init(key: String, title: String = "") {
        self.key = key
        self.title = title
    }

    /// The results of both.
    public mutating func add(_ other: RepeatRow) {
        tests += other.tests
        repeats += other.repeats
        known += other.known
    }

    mutating func count(_ finding: RepeatTests.Finding?) {
        tests += 1
        guard let finding else { return }
        repeats += 1
        if finding.wasKnown { known += 1 }
    }
}

/// A repeat with the result that it repeats. It names no person.
public struct RepeatRecord: Sendable, Codable, Equatable {
    /// Record of the later result.
    public var record: String
    /// Facility that did it.
    public var facility: String
    /// MA_DICH_VU.
    public var service: String
    /// MA_CHI_SO.
    public var code: String
    /// When the later one was there, NGAY_KQ.
    public var resulted: String
    /// Record of the earlier result.
    public var earlierRecord: String
    /// Facility that did that.
    public var earlierFacility: String
    /// When the earlier one was there, NGAY_KQ.
    public var earlierResulted: String
    /// Whole days between the two.
    public var days: Int
    /// Whether the earlier one was in the book when the later visit began.
    public var wasKnown: Bool
}

/// Repeated tests of a province's residents.
public struct WarehouseRepeats: PrintedReport, Sendable, Codable, Equatable {
    /// Code of the province.
    public var province: String
    /// Its name.
    public var provinceName: String
    /// The month of discharge of the later visit, as `2026-11`; nil for all.
    public var month: String?
    /// At most so many days between two results.
    public var days: Int
    /// All results.
    public var total: RepeatRow
    /// By test, the most repeats first.
    public var tests: [RepeatRow]
    /// By facility that did the later one, the most repeats first.
    public var facilities: [RepeatRow]
    /// The repeats themselves, the latest first, as many as were asked for.
    public var records: [RepeatRecord]

    /// CSV (RFC 4180, UTF-8): one line for the whole, then one for each test and each facility.
    public var csv: String {
        var lines = ["grouping,key,title,tests,repeats,known"]
        func add(_ grouping: String, _ row: RepeatRow) {
            lines.append(Self.row([grouping, row.key, row.title], [row.tests, row.repeats, row.known]))
        }
        add("province", total)
        for row in tests { add("test", row) }
        for row in facilities { add("facility", row) }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
