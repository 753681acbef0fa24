import Foundation
import GRDB
import Journal
import PartyCore
public import TransparencyLog

/// A journal as the tiles of a C2SP tlog-tiles log, read from where it lies: the stored ones, those of the lowest level
/// and the bundles of entries computed from the leaves. Not to be kept longer than the call that lent it.
public final class JournalTileReader: TileReader {
    /// Leaves of the journal, as its numbers say.
    public let size: UInt64
    private let tiles: Statement?
    private let rows: Statement
    /// Tiles of a journal that was written before tiles were kept.
    private var made: [Tile: [UInt8]] = [:]
    /// The tile at the right edge, which every proof needs.
    private var edge: (tile: Tile, bytes: [UInt8])?

    init(_ database: Database) throws {
        guard let connection = unsafe database.sqliteConnection else {
            throw StoreError(.database, "SQLite gave no connection")
        }
        let next = try Int64.fetchOne(database, sql: "SELECT next_sequence FROM progress") ?? 0
        size = UInt64(clamping: next)
        rows = try unsafe Statement(
            connection,
            """
            SELECT first, leaves FROM journal WHERE first >= (SELECT max(first) FROM journal WHERE first <= ?1)
                AND first < ?2 ORDER BY first
            """)
        let isKept = try database.tableExists("tile")
        tiles =
            unsafe isKept ? try Statement(connection, "SELECT hashes FROM tile WHERE level = ?1 AND place = ?2") : nil
        if try !isKept || StoredTiles.edge(database, size: size) == nil { try make(database) }
    }

    /// The bytes of a tile or bundle; nil when the journal has not all of it.
    /// - Throws: ``StoreError`` when the database cannot be read.
    public func read(_ tile: Tile) throws -> [UInt8]? {
        switch tile.content {
        case .entries:
            guard let leaves = try leaves(tile.index, tile.width) else { return nil }
            var bundle: [UInt8] = []
            bundle.reserveCapacity(leaves.count + 2 * tile.width)
            let span = unsafe leaves.span.bytes
            for place in 0..<tile.width {
                try EntryBundle.append(
                    span.extracting(place * JournalLeaf.width..<(place + 1) * JournalLeaf.width), to: &bundle)
            }
            return bundle
        case .hashes(level: 0):
            if let edge, edge.tile == tile { return edge.bytes }
            guard let leaves = try leaves(tile.index, tile.width) else { return nil }
            var hashes: [TreeHash] = []
            unsafe TreeHash.appendLeaves(leaves.span.bytes, width: JournalLeaf.width, to: &hashes)
            let bytes = HashTile.encode(hashes)
            if tile.isPartial { edge = (tile, bytes) }
            return bytes
        case .hashes(let level): return try stored(tile, level)
        }
    }

    /// The stored bytes of one leaf; nil when there is none with this number.
    public func leaf(at number: UInt64) throws -> [UInt8]? {
        guard let number = Int64(exactly: number) else { return nil }
        return try leaves(from: number, to: number + 1)
    }

    private func stored(_ tile: Tile, _ level: Int) throws -> [UInt8]? {
        let length = tile.width * TreeHash.width
        if let bytes = made[tile.full] { return bytes.count >= length ? Array(bytes.prefix(length)) : nil }
        guard let tiles, let place = Int64(exactly: tile.index) else { return nil }
        defer { tiles.reset() }
        try tiles.bind(Int64(level), at: 1)
        try tiles.bind(place, at: 2)
        guard try tiles.step() else { return nil }
        return unsafe tiles.withBytes(0) { bytes in
            let most = Tile.fullWidth * TreeHash.width
            return unsafe (length...most).contains(bytes.count) ? Array(bytes.prefix(length)) : nil
        }
    }

    private func leaves(_ index: UInt64, _ width: Int) throws -> [UInt8]? {
        let (first, over) = index.multipliedReportingOverflow(by: UInt64(Tile.fullWidth))
        guard !over, let first = Int64(exactly: first), first < .max - Int64(width) else { return nil }
        return try leaves(from: first, to: first + Int64(width))
    }

    /// Leaves that lie side by side, whatever rows they are in.
    private func leaves(from start: Int64, to end: Int64) throws -> [UInt8]? {
        defer { rows.reset() }
        try rows.bind(start, at: 1)
        try rows.bind(end, at: 2)
        let width = Int64(JournalLeaf.width)
        var leaves: [UInt8] = []
        var next = start
        while next < end, try rows.step() {
            let first = rows.integer(0)
            let isWhole = unsafe rows.withBytes(1) { bytes in
                let (count, rest) = Int64(bytes.count).quotientAndRemainder(dividingBy: width)
                guard rest == 0, first >= 0, first <= next, count <= .max - first else { return false }
                let last = min(end, first + count)
                guard last > next else { return false }
                unsafe leaves += bytes[Int((next - first) * width)..<Int((last - first) * width)]
                next = last
                return true
            }
            guard isWhole else { return nil }
        }
        return next == end ? leaves : nil
    }

    private func make(_ database: Database) throws {
        var (tree, tiles) = (TreeFrontier(), JournalTiles())
        let cursor = try Row.fetchCursor(database, sql: "SELECT leaves FROM journal ORDER BY first")
        while let row = try cursor.next() {
            let leaves: Data = try row.stored(0)
            var hashes: [TreeHash] = []
            TreeHash.appendLeaves(leaves.bytes, width: JournalLeaf.width, to: &hashes)
            tree.append(contentsOf: hashes) { tiles.push($1, level: $0) }
            tiles.drain { stored in
                let tile = Tile(.hashes(level: Int(stored.level)), index: UInt64(clamping: stored.place))
                if let tile { made[tile] = stored.bytes }
            }
        }
    }
}

extension StoreInspection {
    /// Lends the journal as tiles: for proofs, and for an export in the form that any tlog client reads.
    /// - Throws: What the body throws; ``StoreError`` when the database cannot be read.
    public func withTiles<Result>(_ body: (JournalTileReader) throws -> Result) throws -> Result {
        try view.read { try body(JournalTileReader($0)) }
    }

    /// Checks the stored tiles against the root that the journal has; reports what is wrong with them, for people. They
    /// are only a help to find proofs quickly: what is wrong with them is wrong with no leaf.
    public func checkTiles(size: UInt64, root: TreeHash, report: (String) -> Void) throws {
        try view.read { database in
            guard try database.tableExists("tile") else { return }
            let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM tile") ?? 0
            let expected = JournalTiles.rows(size: size)
            guard rows == expected else { return report("\(rows) tiles are kept where \(expected) belong") }
            guard try StoredTiles.edge(database, size: size) != nil else {
                return report("the tiles at the right edge of the tree are not those of \(size) leaves")
            }
            let reader = try JournalTileReader(database)
            try TileAudit(tree: TileTree(size: size, reader: reader), root: root)
                .run(entries: false, from: 1) { report("\($0)") }
        }
    }
}
