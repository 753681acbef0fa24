import ExchangeSchema

/// Required fields of a visit: those that the portal of Vietnam Social Security demands of XML1 to XML4
/// (``FieldRule/isRequired``). The profile is called `QD130-XML1-4`.
public enum RequiredFields {
    /// The message that carries a field.
    public enum Part: Int, Sendable, CaseIterable {
        /// The three blocks of XML1.
        case administrative, insurance, clinical
        /// Rows of XML2, XML3, XML4.
        case drug, service, result
    }

    /// One of them.
    public struct Field: Sendable, Equatable {
        /// The message that carries it.
        public let part: Part
        /// Its number in that message, from 1.
        public let number: Int
        /// For example `XML1.DIA_CHI`.
        public let name: String
    }

    /// All, in the order of the tables and of their columns.
    public static let all: [Field] =
        fields(SummaryRow.self, parts)
        + fields(DrugLine.self) { [(.drug, $0.encoded)] } + fields(ServiceLine.self) { [(.service, $0.encoded)] }
        + fields(ResultLine.self) { [(.result, $0.encoded)] }

    private static func parts(_ row: SummaryRow) -> [(Part, [UInt8])] {
        [
            (.administrative, row.administrative.encoded), (.insurance, row.insurance.encoded),
            (.clinical, row.clinical.encoded),
        ]
    }

    /// Which number a column has is seen by filling it, and it alone.
    private static func fields<Row: TableRow>(
        _: Row.Type, _ encode: (Row) -> [(part: Part, bytes: [UInt8])]
    ) -> [Field] {
        Row.definitions.indices.filter { Row.definitions[$0].portal.isRequired }.compactMap { index in
            var row = Row()
            row[field: index] = "x"
            guard let (part, bytes) = encode(row).first(where: { !$0.bytes.isEmpty }) else { return nil }
            // A tag of one byte, or of two (Protocol Buffers, "Encoding"): no message here has 2,048 fields.
            let tag = bytes[0] < 0x80 ? Int(bytes[0]) : Int(bytes[0] & 0x7F) | Int(bytes[1]) << 7
            return Field(
                part: part, number: tag >> 3, name: "\(Row.table.rawValue).\(Row.definitions[index].name)")
        }
    }
}
