import Foundation
public import Vocabulary

extension CarriedTable {
    /// A table with these rows.
    public init(_ part: RecordPart, rows: [CarriedRow]) {
        self.init()
        table = part.name
        var all = CarriedRows()
        all.rows = rows
        self.rows = Data(all.encoded)
    }

    /// Which table it is; nil when its name is that of none that travels as it is.
    public var part: RecordPart? {
        guard let part = RecordPart(name: table), part.isTable else { return nil }
        return part
    }
}

extension [CarriedTable] {
    /// Those that somebody may have, in their order and with the same bytes.
    public func released(to parts: RecordPartSet) -> [CarriedTable] {
        isEmpty ? [] : filter { table in table.part.map(parts.contains) ?? false }
    }

    /// What is wrong with the tables of a message, in words; nil when nothing is: each is a table that travels as it is,
    /// and they stand in the order of their numbers, each once.
    public var fault: String? {
        var last: RecordPart?
        for table in self {
            guard let part = table.part else {
                return "\(UnreadablePayload.quoted(table.table)) is no table that is carried"
            }
            if let last, last.rawValue >= part.rawValue { return "\(part.name) stands behind \(last.name)" }
            last = part
        }
        return nil
    }
}
