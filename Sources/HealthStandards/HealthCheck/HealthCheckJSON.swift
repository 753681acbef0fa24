import ExchangeSchema
import Foundation

/// Reads the JSON twin of an envelope KHAMSUCKHOE: the same names in lower case (Decision 2062/QD-BYT, Annex 02, section 6 b).
enum HealthCheckJSON {
    /// A value of JSON. What is read is a text in the end, so a number is what it would be written as.
    enum Value: Decodable {
        case object([String: Value])
        case list([Value])
        case text(String)

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: Key.self) {
                var values: [String: Value] = [:]
                for key in object.allKeys {
                    values[key.stringValue.uppercased()] = try object.decode(Value.self, forKey: key)
                }
                self = .object(values)
            } else if var list = try? decoder.unkeyedContainer() {
                var values: [Value] = []
                while !list.isAtEnd { values.append(try list.decode(Value.self)) }
                self = .list(values)
            } else {
                self = .text(try Self.text(try decoder.singleValueContainer()))
            }
        }

        private static func text(_ value: any SingleValueDecodingContainer) throws -> String {
            if value.decodeNil() { return "" }
            if let text = try? value.decode(String.self) { return text }
            if let number = try? value.decode(Decimal.self) { return "\(number)" }
            return try value.decode(Bool.self) ? "1" : "0"
        }

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        subscript(_ name: String) -> Value? { if case .object(let values) = self { values[name] } else { nil } }

        /// The text; nil of an object or a list.
        var text: String? { if case .text(let text) = self { text } else { nil } }

        /// The elements of a list; anything else alone, as XML has it.
        var elements: [Value] { if case .list(let values) = self { values } else { [self] } }
    }

    /// Most bytes of a file: unlike XML, it is held whole.
    static let byteLimit = 20_000_000

    /// Reads a whole envelope.
    static func read(_ bytes: [UInt8], take: (RawHealthCheck) -> Bool) throws(EnvelopeError) -> HealthCheckHead {
        guard bytes.count <= byteLimit else { throw .tooLarge(bytes: bytes.count, limit: byteLimit) }
        guard let file = try? JSONDecoder().decode(Value.self, from: Data(bytes)) else { throw .notJSON }
        guard let envelope = file[HealthCheckReader.root] else { throw .notAHealthCheckEnvelope(root: "{}") }
        var head = HealthCheckHead()
        head.values["MACSKCB"] = envelope["THONGTINDONVI"]?["MACSKCB"]?.text
        let records = envelope["THONGTINHOSO"]
        for name in ["NGAYLAP", "SOLUONGHOSO"] { head.values[name] = records?[name]?.text }
        if case .object(let values)? = envelope["CHUKYDONVI"] {
            head.signatures = Set(values.filter { $0.value.text?.isBlank != true }.keys)
        }
        let list = records?["DANHSACHHOSO"]
        for record in (list?["HOSO"] ?? list)?.elements ?? [] {
            head.recordCount += 1
            var raw = RawHealthCheck(ordinal: head.recordCount)
            for file in record["FILEHOSO"]?.elements ?? [] { add(file, to: &raw) }
            guard take(raw) else { break }
        }
        return head
    }

    private static func add(_ file: Value, to record: inout RawHealthCheck) {
        let kind = file["LOAIHOSO"]?.text ?? ""
        switch file["NOIDUNGFILE"] {
        case .text(let text)?: record.add(text: Array(text.utf8), kind: kind)
        case .object(let tables)?:
            record.contents.insert(.nested)
            for (root, content) in tables.sorted(by: { $0.key < $1.key }) { add(root, content, kind, to: &record) }
        case .list?: record.problems.add(.unexpectedElement(expected: "an object"), table: kind, field: "NOIDUNGFILE")
        case nil: break
        }
    }

    /// Adds a table that came as a document of its own.
    static func add(table document: [UInt8], kind: String, to record: inout RawHealthCheck) {
        guard case .object(let tables)? = try? JSONDecoder().decode(Value.self, from: Data(document)) else {
            return record.problems.add(.notJSON, table: kind, field: "NOIDUNGFILE")
        }
        for (root, content) in tables.sorted(by: { $0.key < $1.key }) { add(root, content, kind, to: &record) }
    }

    private static func add(_ root: String, _ content: Value, _ kind: String, to record: inout RawHealthCheck) {
        var rows: [[OtherField]] = []
        collect(content, root, kind, &rows, &record.problems)
        record.tables.append(RawHealthCheck.Table(kind: kind, root: root, rows: rows))
    }

    /// A row is an object that holds texts; objects and lists in it hold rows of their own.
    private static func collect(
        _ value: Value, _ name: String, _ kind: String, _ rows: inout [[OtherField]], _ problems: inout VisitProblems
    ) {
        switch value {
        case .text(let text):
            if !text.isBlank { problems.add(.strayText, table: kind, field: name, value: text) }
        case .list(let values): for value in values { collect(value, name, kind, &rows, &problems) }
        case .object(let values):
            var row: [OtherField] = []
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                if let text = value.text {
                    var field = OtherField()
                    field.name = name
                    field.value = text
                    row.append(field)
                } else {
                    collect(value, name, kind, &rows, &problems)
                }
            }
            if row.contains(where: { !$0.value.isBlank }) { rows.append(row) }
        }
    }
}
