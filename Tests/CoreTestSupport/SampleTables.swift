public import ExchangeSchema
public import Vocabulary

/// Tables that travel as they are, for a test to send.
public enum SampleTables {
    /// A table of one row with the episode code and a text that no other part has.
    public static func table(_ part: RecordPart, episode: String = "LK-1") -> CarriedTable {
        var row = CarriedRow()
        row.fields = [("MA_LK", episode), ("DU_PHONG", mark(part))].map { name, value in
            var field = OtherField()
            (field.name, field.value) = (name, value)
            return field
        }
        return CarriedTable(part, rows: [row])
    }

    /// These tables, in the order of their numbers.
    public static func tables(_ parts: [RecordPart], episode: String = "LK-1") -> [CarriedTable] {
        parts.sorted { $0.rawValue < $1.rawValue }.map { table($0, episode: episode) }
    }

    /// A text that stands in this table and nowhere else.
    public static func mark(_ part: RecordPart) -> String { "only in \(part.name)!" }
}
