import PartyStore

/// The runs of the book's index: a batch adds one, and eight of a level become one of the next.
final class BookRuns {
    private struct Run {
        var number: Int64
        var level: Int64
        var size: Int64
    }

    private static let fanOut = 8
    /// Most rows that are merged at once: a merge is part of a batch, which waits for it.
    private static let mostMerged: Int64 = 262_144
    /// The level of runs that are not merged any more.
    private static let last: Int64 = 1_000

    private var runs: [Run] = []
    private let insert: Statement
    private let addRun: Statement
    private let merge: Statement
    private let removeRows: Statement
    private let removeRuns: Statement
    private let promote: Statement

    init(_ connection: StoreConnection) throws {
        insert = try connection.statement("INSERT INTO book_index (run, citizen, position) VALUES (?1, ?2, ?3)")
        addRun = try connection.statement("INSERT INTO book_run (run, level, size) VALUES (?1, ?2, ?3)")
        // The runs of a level that are to be merged lie next to each other: whatever lay between has been merged already.
        merge = try connection.statement(
            """
            INSERT INTO book_index (run, citizen, position)
            SELECT ?1, citizen, position FROM book_index WHERE run BETWEEN ?2 AND ?3 ORDER BY citizen, position
            """)
        removeRows = try connection.statement("DELETE FROM book_index WHERE run BETWEEN ?1 AND ?2")
        removeRuns = try connection.statement("DELETE FROM book_run WHERE run BETWEEN ?1 AND ?2")
        promote = try connection.statement("UPDATE book_run SET level = ?3 WHERE run BETWEEN ?1 AND ?2")
        let rows = try connection.statement("SELECT run, level, size FROM book_run ORDER BY run")
        while try rows.step() {
            runs.append(Run(number: rows.integer(0), level: rows.integer(1), size: rows.integer(2)))
        }
        rows.finalize()
    }

    func finalize() {
        for statement in [insert, addRun, merge, removeRows, removeRuns, promote] { statement.finalize() }
    }

    /// Adds the run of a batch; the entries in any order.
    func add(_ entries: [(citizen: UInt64, position: Int64)]) throws {
        guard !entries.isEmpty else { return }
        let number = (runs.last?.number ?? 0) + 1
        for entry in entries.sorted(by: { ($0.citizen, $0.position) < ($1.citizen, $1.position) }) {
            try insert.bind(number, at: 1)
            try insert.bind(Int64(entry.citizen), at: 2)
            try insert.bind(entry.position, at: 3)
            try insert.run()
        }
        try note(Run(number: number, level: 0, size: Int64(entries.count)))
        try mergeFullLevels()
    }

    private func note(_ run: Run) throws {
        try addRun.bind(run.number, at: 1)
        try addRun.bind(run.level, at: 2)
        try addRun.bind(run.size, at: 3)
        try addRun.run()
        runs.append(run)
    }

    private func mergeFullLevels() throws {
        while let newest = runs.last, newest.level < Self.last {
            let full = runs.suffix { $0.level == newest.level }
            guard full.count >= Self.fanOut, let first = full.first else { return }
            let size = full.reduce(0) { $0 + $1.size }
            if size > Self.mostMerged {
                try run(promote, first.number, newest.number, Self.last)
                for place in full.indices { runs[place].level = Self.last }
                return
            }
            let number = newest.number + 1
            try merge.bind(number, at: 1)
            try merge.bind(first.number, at: 2)
            try merge.bind(newest.number, at: 3)
            try merge.run()
            try run(removeRows, first.number, newest.number)
            try run(removeRuns, first.number, newest.number)
            runs.removeSubrange(full.indices)
            try note(Run(number: number, level: newest.level + 1, size: size))
        }
    }

    private func run(_ statement: Statement, _ first: Int64, _ last: Int64, _ third: Int64? = nil) throws {
        try statement.bind(first, at: 1)
        try statement.bind(last, at: 2)
        if let third { try statement.bind(third, at: 3) }
        try statement.run()
    }
}

extension Array {
    /// The longest end of which every element is such.
    fileprivate func suffix(while isSuch: (Element) -> Bool) -> ArraySlice<Element> {
        self[(lastIndex { !isSuch($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
