import ExchangeSchema
public import PartyCore
public import PartyStore
import ProvinceWarehouse

/// Writes a locality's warehouse: visits with the rows beside them, the newest revision current, earlier ones as history,
/// withdrawn ones marked, each once. What a row says is decided in `ProvinceWarehouse`; here it is only kept.
public final class WarehouseWriter: ReadModelWriter {
    /// Name of the file in the locality's directory.
    public static let fileName = "warehouse.sqlite"

    /// How a locality keeps its warehouse. People and their visits lie all over the file, so that each transaction touches
    /// most of it (measured: 31 µs a visit where 500 are written at once, 24 with 2,000, 22 with 4,000).
    public static let plan = ReadModelPlan(.file(fileName), patience: .milliseconds(500), mostChanges: 4_000) {
        try WarehouseWriter($0)
    }

    private let connection: StoreConnection
    let lines: WarehouseLineWriter
    let people: WarehousePeopleWriter
    private let held: Statement
    private let withdrawn: Statement
    private let insert: Statement
    private let restand: Statement
    private let withdraw: Statement
    private let departed: Statement
    private let depart: Statement
    private let recordsOf: Statement
    private let facility: Statement
    private let coverage: Statement
    private let deletions: [Statement]
    private var known: Set<UInt64> = []
    /// Nearly always there are none, and nothing is looked up.
    private var (hasWithdrawals, hasDepartures): (Bool, Bool)
    private var nextVisit: Int64
    private let texts = RowTexts()

    /// Makes the tables where they are missing; inside a transaction.
    /// - Throws: `StoreError` when the file is of another version, or damaged.
    public init(_ connection: StoreConnection) throws {
        let version = try connection.number("PRAGMA user_version")
        guard version == 0 || version == WarehouseSchema.version else {
            throw StoreError(
                .otherVersion,
                "the warehouse has tables of version \(version), and this program writes version "
                    + "\(WarehouseSchema.version); use the program that wrote it, or another --data")
        }
        try connection.execute(WarehouseSchema.tables + WarehouseSchema.views)
        try connection.execute("PRAGMA user_version = \(WarehouseSchema.version)")
        self.connection = connection
        nextVisit = try connection.number("SELECT coalesce(max(visit_id), 0) + 1 FROM visit")
        hasWithdrawals = try connection.number("SELECT EXISTS (SELECT 1 FROM withdrawal)") > 0
        hasDepartures = try connection.number("SELECT EXISTS (SELECT 1 FROM departure)") > 0
        lines = try WarehouseLineWriter(connection)
        people = try WarehousePeopleWriter(connection)
        held = try connection.statement(
            "SELECT visit_id, revision, standing, citizen, is_correct FROM visit WHERE record = ?1 ORDER BY revision")
        withdrawn = try connection.statement("SELECT revision FROM withdrawal WHERE record = ?1")
        insert = try connection.statement(
            "INSERT INTO visit VALUES (" + (1...38).map { "?\($0)" }.joined(separator: ", ") + ")")
        restand = try connection.statement(
            """
            UPDATE visit SET standing = ?2, is_correct = ?3, overlaps = 0, duplicate_of = NULL,
              is_clean = (contradictions = '') WHERE visit_id = ?1
            """)
        withdraw = try connection.statement(
            """
            INSERT INTO withdrawal VALUES (?1, ?2, ?3, ?4) ON CONFLICT (record) DO UPDATE
              SET revision = excluded.revision, reason = excluded.reason, received_at = excluded.received_at
              WHERE excluded.revision > revision
            """)
        departed = try connection.statement("SELECT revision FROM departure WHERE record = ?1")
        depart = try connection.statement(
            """
            INSERT INTO departure VALUES (?1, ?2, ?3) ON CONFLICT (record) DO UPDATE
              SET revision = excluded.revision, received_at = excluded.received_at WHERE excluded.revision > revision
            """)
        recordsOf = try connection.statement("SELECT DISTINCT record FROM visit WHERE citizen = ?1")
        facility = try connection.statement("INSERT OR IGNORE INTO facility VALUES (?1, ?2)")
        coverage = try connection.statement(
            """
            INSERT INTO coverage VALUES (?1, ?2, ?3, ?4) ON CONFLICT (province) DO UPDATE
              SET residents = excluded.residents, with_book = excluded.with_book, counted_at = excluded.counted_at
              WHERE excluded.counted_at > counted_at
            """)
        let visits = "(SELECT visit_id FROM visit WHERE citizen = ?1)"
        deletions =
            try WarehouseSchema.lineTables.map {
                try connection.statement("DELETE FROM \($0) WHERE visit_id IN \(visits)")
            } + [try connection.statement("DELETE FROM visit WHERE citizen = ?1")]
    }

    /// Writes what a batch changed.
    public func apply(_ changes: ReadModelChanges) throws {
        try changes.arena.withUnsafeBytes { bytes in try texts.lending(bytes) { try write(changes) } }
    }

    private func write(_ changes: ReadModelChanges) throws {
        // One for all: its rows keep their memory. It is handed on as it is, for as a property it would be copied each time.
        var visit = EncodedVisit()
        for change in changes.changes {
            switch change.kind {
            case .entry:
                if visit.read(change, in: changes) { try take(visit, changes.arena.span) }
            case .withdrawal:
                let record = change.record.description
                hasWithdrawals = true
                try withdraw.bind(text: record, at: 1)
                try withdraw.bind(Int64(change.revision), at: 2)
                try withdraw.bind(text: String(decoding: changes.content(of: change), as: UTF8.self), at: 3)
                try withdraw.bind(change.time, at: 4)
                try withdraw.run()
                for citizen in try stand(record) { try people.refresh(citizen) }
            case .departure:
                let record = change.record.description
                hasDepartures = true
                try depart.bind(text: record, at: 1)
                try depart.bind(Int64(change.revision), at: 2)
                try depart.bind(change.time, at: 3)
                try depart.run()
                for citizen in try stand(record) { try people.refresh(citizen) }
            case .erasure: try erase(CitizenText.of(change.subject))
            case .coverage:
                guard let notice = try? ProvinceCoverageNotice(decoding: Array(changes.content(of: change))) else {
                    continue
                }
                try coverage.bind(text: notice.province, at: 1)
                for (place, number) in [notice.residents, notice.withBook, notice.countedAt].enumerated() {
                    try coverage.bind(number, at: Int32(place + 2))
                }
                try coverage.run()
            default: continue
            }
        }
    }

    /// Lets go of its statements.
    public func finalize() {
        for statement in [held, withdrawn, insert, restand, withdraw, departed, depart, recordsOf, facility, coverage]
            + deletions
        {
            statement.finalize()
        }
        lines.finalize()
        people.finalize()
    }

    private struct Held {
        var visit: Int64
        var revision: UInt32
        var standing: String
        var citizen: String
        var isCorrect: Bool
    }

    private func take(_ visit: EncodedVisit, _ bytes: Span<UInt8>) throws {
        let revision = visit.entry.revision
        let earlier = try rows(of: visit.record)
        // A copy.
        guard !earlier.contains(where: { $0.revision == revision }) else { return }
        let standing = RevisionStanding(
            revision: revision,
            newest: max(revision, earlier.last?.revision ?? 0, try revisionDeparted(of: visit.record) ?? 0),
            withdrawn: try revisionWithdrawn(of: visit.record))
        try write(visit, standing, isCorrected: !earlier.isEmpty, bytes)
        if earlier.isEmpty {
            if standing == .current { try people.add(visit, texts) }
        } else {
            let citizen = CitizenText.of(visit.citizen)
            for changed in Set(try stand(visit.record.description) + [citizen]).sorted() { try people.refresh(changed) }
        }
    }

    private func write(
        _ visit: EncodedVisit, _ standing: RevisionStanding, isCorrected: Bool, _ bytes: Span<UInt8>
    ) throws {
        let judged = JudgedVisit(
            isCorrected: isCorrected, missing: visit.missing, contradictions: visit.contradictions,
            minutesToBook: visit.minutesToBook)
        let number = nextVisit
        nextVisit += 1
        var row = RowBinding(insert, texts)
        try row.add(number)
        try row.add(visit.record)
        try row.add(Int64(visit.entry.revision))
        try row.add(standing.rawValue)
        try row.add(citizen: visit.citizen)
        try row.add(visit.entry.residentProvince)
        try row.add(visit.ward)
        try row.add(visit.name)
        try row.add(visit.birthDate)
        try row.add(Int64(visit.sex))
        try row.add(visit.age.map { Int64($0) })
        try row.add(visit.entry.facilityCode)
        if let name = visit.kindName { try row.add(name) } else { try row.add(visit.kind) }
        try row.add(visit.category)
        try row.add(visit.admitted)
        try row.add(visit.discharged)
        try row.add(monthOf: visit.discharged)
        try row.add(visit.mainDisease)
        try row.add(visit.mainCategory(in: bytes))
        try row.add(visit.outcome)
        try row.add(visit.dischargeKind)
        try row.add(visit.entry.cardCheckCode)
        try row.add(Int64(visit.entry.benefitPercent))
        let amounts = visit.amounts(in: bytes)
        try row.add(amounts.total)
        try row.add(amounts.covered)
        try row.add(amounts.fund)
        try row.add(amounts.patient)
        try row.add(visit.entry.authenticatedAt)
        try row.add(visit.receivedAt)
        try row.add(visit.minutesToBook)
        try row.add(visit.missing.joined(separator: ","))
        try row.add(visit.contradictions.map(\.rawValue).joined(separator: ","))
        try row.add(Int64(0))
        try row.add(nil as String?)
        for word in QualityWord.allCases { try row.add(Int64(word.holds(of: judged) ? 1 : 0)) }
        try row.run()
        try lines.write(visit, number, bytes, texts)
        try note(visit.entry, bytes)
    }

    /// A facility that has sent something for a province.
    private func note(_ entry: EncodedEntry, _ bytes: Span<UInt8>) throws {
        // Five digits and two are one word; codes that are longer are written each time.
        var word: UInt64 = 0
        for place in [entry.residentProvince, entry.facilityCode] {
            for at in place.range { word = word << 8 | UInt64(bytes[at]) }
        }
        let isShort = entry.residentProvince.count == 2 && entry.facilityCode.count <= 6
        guard !isShort || known.insert(word).inserted else { return }
        var row = RowBinding(facility, texts)
        try row.add(entry.facilityCode)
        try row.add(entry.residentProvince)
        try row.run()
    }

    /// Gives each revision of a record the standing that it has now.
    /// - Returns: Whose visits have changed.
    private func stand(_ record: String) throws -> [String] {
        guard let identifier = RecordIdentifier(record) else { return [] }
        let rows = try rows(of: identifier)
        let newest = max(rows.last?.revision ?? 0, try revisionDeparted(of: identifier) ?? 0)
        let withdrawal = try revisionWithdrawn(of: identifier)
        var changed: [String] = []
        for row in rows {
            let standing = RevisionStanding(revision: row.revision, newest: newest, withdrawn: withdrawal).rawValue
            let isCorrect = rows.count == 1
            guard row.standing != standing || row.isCorrect != isCorrect else { continue }
            try restand.bind(row.visit, at: 1)
            try restand.bind(text: standing, at: 2)
            try restand.bind(Int64(isCorrect ? 1 : 0), at: 3)
            try restand.run()
            changed.append(row.citizen)
        }
        return changed
    }

    private func erase(_ citizen: String) throws {
        try recordsOf.bind(text: citizen, at: 1)
        var records: [String] = []
        while try recordsOf.step() { records.append(recordsOf.text(0)) }
        recordsOf.reset()
        for statement in deletions {
            try statement.bind(text: citizen, at: 1)
            try statement.run()
        }
        var changed: Set<String> = [citizen]
        for record in records { changed.formUnion(try stand(record)) }
        for citizen in changed.sorted() { try people.refresh(citizen) }
    }

    private func rows(of record: RecordIdentifier) throws -> [Held] {
        try held.bind(borrowedText: texts.written(record), at: 1)
        defer {
            held.reset()
            texts.finishRow()
        }
        var rows: [Held] = []
        while try held.step() {
            rows.append(
                Held(
                    visit: held.integer(0), revision: UInt32(clamping: held.integer(1)), standing: held.text(2),
                    citizen: held.text(3), isCorrect: held.integer(4) != 0))
        }
        return rows
    }

    private func revisionWithdrawn(of record: RecordIdentifier) throws -> UInt32? {
        hasWithdrawals ? try revision(withdrawn, of: record) : nil
    }

    private func revisionDeparted(of record: RecordIdentifier) throws -> UInt32? {
        hasDepartures ? try revision(departed, of: record) : nil
    }

    private func revision(_ statement: Statement, of record: RecordIdentifier) throws -> UInt32? {
        try statement.bind(borrowedText: texts.written(record), at: 1)
        defer {
            statement.reset()
            texts.finishRow()
        }
        return try statement.step() ? UInt32(clamping: statement.integer(0)) : nil
    }
}

/// The twelve digits of a citizen's number.
enum CitizenText {
    static func of(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    }
}
