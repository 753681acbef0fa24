public import ExchangeSchema

/// How many residents of a province have a health book, as it was counted.
public struct ProvinceCoverage: Sendable, Equatable, Codable {
    /// People whom C06 has as living there.
    public var residents: Int64
    /// Those of them who have a book.
    public var withBook: Int64
    /// When it was counted; Unix milliseconds.
    public var countedAt: Int64

    /// Takes all fields.
    public init(residents: Int64, withBook: Int64, countedAt: Int64) {
        self.residents = residents
        self.withBook = withBook
        self.countedAt = countedAt
    }
}

extension ProvinceCoverage {
    /// What a province is told.
    public init(_ notice: ProvinceCoverageNotice) {
        self.init(residents: notice.residents, withBook: notice.withBook, countedAt: notice.countedAt)
    }
}

/// What MoH was told of coverage when books were opened, and a locality by MoH, by province code; the newest count of each
/// province.
public struct CoverageFigures: Sendable, Equatable, Codable {
    /// By province code.
    public private(set) var provinces: [String: ProvinceCoverage] = [:]

    /// Nothing counted.
    public init() {}

    /// Notes a count, unless a newer one is known.
    public mutating func note(_ coverage: ProvinceCoverage, of province: String) {
        if let known = provinces[province], known.countedAt > coverage.countedAt { return }
        provinces[province] = coverage
    }

    mutating func add(_ other: CoverageFigures) {
        for (province, coverage) in other.provinces { note(coverage, of: province) }
    }
}

extension KeyedDecodingContainer {
    /// Figures of before coverage was counted have none.
    func decode(_ type: CoverageFigures.Type, forKey key: Key) throws -> CoverageFigures {
        try decodeIfPresent(type, forKey: key) ?? CoverageFigures()
    }
}
