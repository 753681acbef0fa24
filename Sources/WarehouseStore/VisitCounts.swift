import PartyStore
import ProvinceWarehouse

/// The current visits of a province and a month, counted in one pass, in all and by each grouping.
struct VisitCounts {
    /// All of them.
    let total: WarehouseRow
    private let groups: [WarehouseGrouping: GroupCounts]

    /// Counts.
    /// - Parameter month: Nil for all months.
    /// - Throws: `StoreError`.
    init(
        _ connection: StoreConnection, province: String, month: String?, by groupings: [WarehouseGrouping]
    ) throws {
        let texts = [WarehouseGrouping.facility, .ward, .disease, .kind].filter(groupings.contains)
        let byAge = groupings.contains(.age)
        // All of it is in the index `visit_month`, so that no row of the table is read.
        let columns = QualityWord.allCases.map { "is_\($0.rawValue)" } + texts.map(\.column) + (byAge ? ["age"] : [])
        let statement = try connection.statement(
            "SELECT \(columns.joined(separator: ", ")) FROM visit WHERE standing = 'current' AND province = ?1"
                + (month == nil ? "" : " AND month = ?2"))
        defer { statement.finalize() }
        try statement.bind(text: province, at: 1)
        if let month { try statement.bind(text: month, at: 2) }
        var all = GroupCounts(keys: [province])
        var counts = texts.map { _ in GroupCounts(keys: []) }
        var ages = GroupCounts(keys: WarehouseGrouping.ageClasses)
        let words = Int32(QualityWord.allCases.count)
        while try statement.step() {
            var quality = 0
            for word in 0..<words where statement.integer(word) == 1 { quality |= 1 << Int(word) }
            all.add(quality, at: 0)
            for place in counts.indices {
                statement.withBytes(words + Int32(place)) { counts[place].add(quality, of: $0) }
            }
            guard byAge else { continue }
            let column = words + Int32(counts.count)
            ages.add(
                quality,
                at: WarehouseGrouping.ageClass(statement.isNull(column) ? nil : statement.integer(column)))
        }
        total = all.rows().first ?? WarehouseRow(key: province)
        var groups = Dictionary(uniqueKeysWithValues: zip(texts, counts))
        if byAge { groups[.age] = ages }
        self.groups = groups
    }

    /// The greatest number of visits first; of as many, by the bytes of their keys.
    func rows(by grouping: WarehouseGrouping) -> [WarehouseRow] {
        (groups[grouping]?.rows() ?? []).map {
            var row = $0
            row.title = grouping.title(row.key)
            return row
        }.sorted {
            $0.visits != $1.visits ? $0.visits > $1.visits : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }
    }
}

/// Visits counted by key, and in each by which of the four words hold.
struct GroupCounts {
    /// Ways in which four words can hold.
    private static let ways = 1 << QualityWord.allCases.count

    private var keys: [[UInt8]]
    private var counts: [Int64]
    /// Where keys of up to seven bytes are, as one number with their length.
    private var short: [UInt64: Int] = [:]
    private var long: [[UInt8]: Int] = [:]

    /// Begins with these keys.
    init(keys: [String]) {
        self.keys = keys.map { Array($0.utf8) }
        counts = [Int64](repeating: 0, count: keys.count * Self.ways)
    }

    /// Counts a visit.
    /// - Parameters:
    ///   - quality: A bit for each word, in their order.
    ///   - place: Of one of the keys it began with.
    mutating func add(_ quality: Int, at place: Int) { counts[place * Self.ways + quality] += 1 }

    /// The same under a key, which may be new.
    mutating func add(_ quality: Int, of key: UnsafeRawBufferPointer) {
        add(quality, at: key.count < 8 ? place(short: key) : place(long: Array(key)))
    }

    private mutating func place(short key: UnsafeRawBufferPointer) -> Int {
        var word = UInt64(key.count)
        for byte in key { word = word << 8 | UInt64(byte) }
        if let place = short[word] { return place }
        let place = begin(Array(key))
        short[word] = place
        return place
    }

    private mutating func place(long key: [UInt8]) -> Int {
        if let place = long[key] { return place }
        let place = begin(key)
        long[key] = place
        return place
    }

    private mutating func begin(_ key: [UInt8]) -> Int {
        keys.append(key)
        counts.append(contentsOf: repeatElement(0, count: Self.ways))
        return keys.count - 1
    }

    /// A row for each key that has visits.
    func rows() -> [WarehouseRow] {
        keys.indices.compactMap { place in
            var row = WarehouseRow(key: String(decoding: keys[place], as: UTF8.self))
            var holding = QualityWord.allCases.map { _ in Int64(0) }
            for quality in 0..<Self.ways {
                let count = counts[place * Self.ways + quality]
                row.visits += count
                for word in holding.indices where quality & 1 << word != 0 { holding[word] += count }
            }
            for (word, count) in zip(QualityWord.allCases, holding) { row[word] = count }
            return row.visits > 0 ? row : nil
        }
    }
}

extension WarehouseRow {
    /// Visits of which a word holds.
    fileprivate subscript(word: QualityWord) -> Int64 {
        get {
            switch word {
            case .correct: correct
            case .complete: complete
            case .clean: clean
            case .live: live
            }
        }
        set {
            switch word {
            case .correct: correct = newValue
            case .complete: complete = newValue
            case .clean: clean = newValue
            case .live: live = newValue
            }
        }
    }
}
