import ExchangeSchema
import Vocabulary

/// Reads XML0 where it comes as a document of its own: who has come to a facility, with which card (VSS dispatch
/// 1245/BHXH-CNTT, 3 May 2024).
public enum CheckInReader {
    /// One person who has come.
    public struct CheckIn: Sendable, Equatable {
        /// Values by the names of their fields, in the order of the document; blank ones are left out.
        public var fields: [String: String]

        /// The value of a field; empty where there is none.
        public subscript(field: String) -> String { fields[field] ?? "" }
    }

    /// Reads a document.
    /// - Returns: Who has come, and what is wrong with it; where something is wrong, nobody.
    public static func read(
        _ bytes: [UInt8], profile: ValidationProfile = .portal
    ) -> (checkIns: [CheckIn], problems: [EnvelopeProblem]) {
        var raw = RawVisit(ordinal: 1)
        raw.carried = [(.xml0, .success(bytes))]
        let reading = CarriedReading(raw, episodeCode: nil, day: nil, profile: profile)
        let problems = reading.warnings.filter { $0.rule != .tableKeptBack }
        let rows = reading.tables.flatMap(\.rows)
        guard problems.isEmpty else { return ([], problems) }
        let checkIns = rows.map { row in
            CheckIn(
                fields: Dictionary(row.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        }
        return (checkIns, [])
    }
}
