import ExchangeSchema
import PartyCore
public import PartyStore

/// Refusals of one facility with one code.
public struct RefusalCount: Sendable, Codable, Equatable {
    /// MA_CSKCB as the record says it; empty where nothing said it.
    public var facility: String
    /// The code of the refusal.
    public var code: String
    /// All refusals, corrected ones among them.
    public var ever: Int64
    /// Of them those that are a record's last word: refused and not submitted again since, or not with success.
    public var standing: Int64

    /// Takes all fields.
    public init(facility: String, code: String, ever: Int64, standing: Int64) {
        (self.facility, self.code, self.ever, self.standing) = (facility, code, ever, standing)
    }
}

/// A record behind a number of refusals. It names no person.
public struct RefusedRecord: Sendable, Codable, Equatable {
    /// The record.
    public var record: String
    /// The revision that was refused.
    public var revision: Int64
    /// Who sent it.
    public var facility: String
    /// The code.
    public var code: String
    /// When it was returned; Unix milliseconds.
    public var refusedAt: Int64
    /// Whether it is the record's last word.
    public var stands: Bool
}

/// Reads what parties have returned to facilities, whether they run or not.
public struct RefusalReader {
    private let stores: [StoreInspection]
    private static let stands =
        "(r.phase = \(RecordPhase.refused.rawValue) AND NOT EXISTS "
        + "(SELECT 1 FROM refusal l WHERE l.record = f.record AND l.position > f.position))"

    /// - Parameter stores: Of those who return records; of one that has returned nothing yet there is nothing to read.
    /// - Throws: `StoreError` when a store is damaged.
    public init(_ stores: [StoreInspection]) throws {
        self.stores = try stores.filter { try $0.hasTable("refusal") }
    }

    /// Refusals by facility and code, by both.
    /// - Parameter span: When they were returned; Unix milliseconds.
    /// - Throws: `StoreError`.
    public func counts(in span: Range<Int64>) throws -> [RefusalCount] {
        var found: [RefusalCount] = []
        for store in stores {
            try store.withConnection { connection in
                let rows = try connection.statement(
                    """
                    SELECT f.facility, f.code, count(*), coalesce(sum(\(Self.stands)), 0) FROM refusal f
                      LEFT JOIN record r ON r.id = f.record WHERE f.time >= ?1 AND f.time < ?2 GROUP BY 1, 2
                    """)
                defer { rows.finalize() }
                try rows.bind(span.lowerBound, at: 1)
                try rows.bind(span.upperBound, at: 2)
                while try rows.step() {
                    found.append(
                        RefusalCount(
                            facility: rows.text(0), code: rows.text(1), ever: rows.integer(2), standing: rows.integer(3)
                        ))
                }
            }
        }
        return Dictionary(grouping: found) { [$0.facility, $0.code] }.values.map { same in
            var sum = same[0]
            for other in same.dropFirst() {
                sum.ever += other.ever
                sum.standing += other.standing
            }
            return sum
        }.sorted { ($0.facility, $0.code) < ($1.facility, $1.code) }
    }

    /// The records behind a number, the latest first.
    /// - Parameters:
    ///   - code: With this code; nil for any.
    ///   - facility: Of this facility; nil for any.
    ///   - limit: At most so many.
    /// - Throws: `StoreError`.
    public func records(
        code: String?, facility: String?, in span: Range<Int64>, limit: Int
    ) throws -> [RefusedRecord] {
        var found: [RefusedRecord] = []
        for store in stores {
            try store.withConnection { connection in
                let rows = try connection.statement(
                    """
                    SELECT f.record, f.revision, f.facility, f.code, f.time, coalesce(\(Self.stands), 0) FROM refusal f
                      LEFT JOIN record r ON r.id = f.record
                      WHERE f.time >= ?1 AND f.time < ?2 AND (?3 = '' OR f.code = ?3) AND (?4 = '' OR f.facility = ?4)
                      ORDER BY f.time DESC, f.position DESC LIMIT \(max(limit, 0))
                    """)
                defer { rows.finalize() }
                try rows.bind(span.lowerBound, at: 1)
                try rows.bind(span.upperBound, at: 2)
                try rows.bind(text: code ?? "", at: 3)
                try rows.bind(text: facility ?? "", at: 4)
                while try rows.step() {
                    found.append(
                        RefusedRecord(
                            record: rows.record(0)?.description ?? "", revision: rows.integer(1),
                            facility: rows.text(2),
                            code: rows.text(3), refusedAt: rows.integer(4), stands: rows.integer(5) != 0))
                }
            }
        }
        return Array(found.sorted { ($0.refusedAt, $0.record) > ($1.refusedAt, $1.record) }.prefix(max(limit, 0)))
    }

    /// Facilities that had a record returned in this span.
    /// - Throws: `StoreError`.
    public func facilities(in span: Range<Int64>) throws -> Set<String> {
        Set(try counts(in: span).map(\.facility))
    }
}
