public import ExchangeSchema

/// All codes and rules that have dates. What holds for a visit is what is in force on the day on which it ended (NGAY_RA).
///
/// Another decision is another file in `Dated/Tables`; `scripts/generate-fields` takes it in.
public struct DatedTables: Sendable {
    /// The files that come with the program.
    public static let shipped: DatedTables = {
        do {
            return try DatedTables(files: DatedTableFiles.all.map(\.text))
        } catch {
            preconditionFailure("a test reads each of these files: \(error)")
        }
    }()

    private let bySet: [String: [DatedTable]]

    /// Reads files, in any order.
    /// - Throws: ``DatedTableError`` when one cannot be read.
    public init(files: [String]) throws(DatedTableError) {
        var bySet: [String: [DatedTable]] = [:]
        for file in files {
            let table = try DatedTable(parsing: file)
            bySet[table.set, default: []].append(table)
        }
        self.bySet = bySet.mapValues { tables in tables.sorted { ($0.first, $0.edition) < ($1.first, $1.edition) } }
    }

    /// All editions of a set, the oldest first.
    public func editions(_ set: String) -> [DatedTable] { bySet[set] ?? [] }

    /// The edition of a set that is in force on a day: of several the latest. nil where none is known for that day; then
    /// nothing can be said of a code.
    public func edition(_ set: String, on day: CivilDate) -> DatedTable? {
        editions(set).last { $0.isInForce(on: day) }
    }
}
