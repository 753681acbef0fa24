public import ExchangeSchema

/// A health check whose fields are reached by table and name in the annex: for whoever writes one in another form and says of
/// each field what becomes of it. Who the person is (the fields of XML1 that Decision 130 has too), MA_LK and the rows of XML11
/// are not among them.
public struct NamedHealthCheck: Sendable, Equatable {
    /// A field by its place in the annex.
    public struct Name: Sendable, Hashable {
        /// XML1 to XML10, or XML12.
        public var table: String
        /// Its name there, or one that the annex does not have.
        public var field: String

        /// Takes both.
        public init(_ table: String, _ field: String) {
            self.table = table
            self.field = field
        }

        /// As `XML10.MACH`; nil for what names no table that a check has fields in.
        public init?(_ text: String) {
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[1].isEmpty, NamedHealthCheck.block(parts[0]) != nil else { return nil }
            self.init(parts[0], parts[1])
        }

        /// As `XML10.MACH`.
        public var text: String { "\(table).\(field)" }
    }

    /// The fields as they travel.
    public private(set) var check: HealthCheck

    /// Those of a check.
    public init(_ check: HealthCheck = HealthCheck()) { self.check = check }

    /// The text of a field; empty where there is none.
    public subscript(name: Name) -> String {
        get {
            guard let block = Self.block(name.table) else { return "" }
            if let place = Self.place(name, block) { return record[keyPath: place] }
            return check.tables.first { $0.table == name.table }?.fields.first { $0.name == name.field }?.value ?? ""
        }
        set {
            guard let block = Self.block(name.table) else { return }
            if let place = Self.place(name, block) {
                var record = record
                record[keyPath: place] = newValue
                check = record.check
            } else {
                put(newValue, name, block)
            }
        }
    }

    /// Fields that are not empty, by the numbers of their tables, those with a place of their own first.
    public var filled: [(name: Name, value: String)] {
        Self.placed.compactMap { name in
            let value = self[name]
            return value.isEmpty ? nil : (name, value)
        }
            + check.tables.flatMap { table in
                table.fields.filter { !$0.value.isEmpty }.map { (Name(table.table, $0.name), $0.value) }
            }
    }

    private var record: HealthCheckRecord { HealthCheckRecord(check: check) }

    private mutating func put(_ value: String, _ name: Name, _ block: HealthCheckBlock) {
        var tables = check.tables
        let place = tables.firstIndex { $0.table == name.table } ?? tables.count
        if place == tables.count {
            tables.append(HealthCheckTable())
            tables[place].table = name.table
        }
        tables[place].fields.removeAll { $0.name == name.field }
        if !value.isEmpty {
            var field = HealthCheckField()
            (field.name, field.value) = (name.field, value)
            tables[place].fields = HealthCheckFields.ordered(tables[place].fields + [field], in: block)
        }
        check.tables = tables.filter { !$0.fields.isEmpty }
            .sorted { Self.block($0.table)?.rawValue ?? 0 < Self.block($1.table)?.rawValue ?? 0 }
    }

    /// A table that a check has fields in: not that of the results.
    fileprivate static func block(_ name: String) -> HealthCheckBlock? {
        HealthCheckBlock.allCases.first { $0.name == name && $0 != .results }
    }

    /// The place of its own that a field of the check has; nil of one that travels by its name.
    private static func place(_ name: Name, _ block: HealthCheckBlock) -> HealthCheckFields.Place? {
        placed.contains(name) ? HealthCheckFields.entry(name.field, in: block)?.place : nil
    }

    /// The fields with a place of their own that are not about the person, in the order of the annex.
    private static let placed: [Name] = HealthCheckBlock.allCases.filter { $0 != .person && $0 != .results }
        .flatMap { block in
            HealthCheckFields.rules(of: block).map(\.name)
                .filter { $0 != "MA_LK" && HealthCheckFields.entry($0, in: block)?.place != nil }
                .map { Name(block.name, $0) }
        }
}

extension HealthCheckRecord {
    /// What an envelope with this check would be told is wrong with it (``HealthCheckReader``), in the tables of the annex.
    /// - Parameter facility: MA_CSKCB that it must have.
    public func problems(facility: FacilityCode) -> [EnvelopeProblem] {
        var raw = RawHealthCheck(ordinal: 1)
        for block in HealthCheckBlock.allCases {
            let rows = block == .results ? results.map(Self.fields) : [fields(of: block)].filter { !$0.isEmpty }
            if !rows.isEmpty { raw.tables.append(.init(kind: block.name, root: block.root, rows: rows)) }
        }
        return HealthCheckAssembler(raw, accepting: .all, facility: facility).problems
            .named(episodeCode.isEmpty ? nil : episodeCode)
    }

    private func fields(of block: HealthCheckBlock) -> [OtherField] {
        let placed = HealthCheckFields.rules(of: block).compactMap { rule in
            HealthCheckFields.entry(rule.name, in: block)?.place.map { Self.field(rule.name, self[keyPath: $0]) }
        }
        let others = check.tables.filter { $0.table == block.name }.flatMap(\.fields).map {
            Self.field($0.name, $0.value)
        }
        return (placed + others).filter { !$0.value.isEmpty }
    }

    private static func fields(_ line: ResultLine) -> [OtherField] {
        let named = [
            ("MA_DICH_VU", line.maDichVu), ("MA_CHI_SO", line.maChiSo), ("GIA_TRI", line.giaTri),
            ("DON_VI_DO", line.donViDo), ("MO_TA", line.moTa), ("KET_LUAN", line.ketLuan),
        ]
        return named.filter { !$0.1.isEmpty }.map { field($0.0, $0.1) } + line.otherFields
    }

    private static func field(_ name: String, _ value: String) -> OtherField {
        var field = OtherField()
        (field.name, field.value) = (name, value)
        return field
    }
}
