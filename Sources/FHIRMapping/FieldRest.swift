import ExchangeSchema
import HealthStandards

/// The fields of a row that have not found a place of their own in a resource: an extension carries each, under its name in
/// Decision 130, so that whoever knows the field loses nothing.
struct FieldRest {
    private let row: NamedRow
    private var taken: Set<String>

    /// - Parameter elsewhere: Fields that another resource carries, or that follow from the bundle.
    init(_ row: NamedRow, elsewhere: Set<String>) {
        self.row = row
        taken = elsewhere
    }

    subscript(name: String) -> String { row[name] }

    /// The value of a field that has a place; nil where it is empty.
    mutating func take(_ name: String) -> String? {
        taken.insert(name)
        let value = row[name]
        return value.isEmpty ? nil : value
    }

    /// The same, as FHIR writes it, of a value that comes back as it was; else the field stays with the rest.
    mutating func take(_ name: String, as form: (String) -> String?) -> String? {
        let value = row[name]
        guard !value.isEmpty, let text = form(value) else { return nil }
        taken.insert(name)
        return text
    }

    /// What is left, and elements outside the annex.
    func extensions(of names: Set<String>? = nil) -> [FHIRObject] {
        let fields = row.filled.filter { !taken.contains($0.name) && names?.contains($0.name) ?? true }
        let others = names == nil ? row.others.map { ($0.name, $0.value) } : []
        return (fields.map { ($0.name, $0.value) } + others).map { name, value in
            FHIRObject {
                $0.set("url", CodeSystem.fieldExtension(name))
                $0.set("valueString", value)
            }
        }
    }

    /// Puts what the extensions of a resource carry into a row. Names that the table does not have are elements outside the
    /// annex.
    static func read(_ resource: FHIRValue, into row: inout NamedRow) {
        for entry in resource["extension"]?.elements ?? [] {
            let url = entry.text("url")
            guard url.hasPrefix(CodeSystem.extensionPrefix) else { continue }
            let name = String(url.dropFirst(CodeSystem.extensionPrefix.count))
            if NamedRow.has(name, in: row.table) {
                row[name] = entry.text("valueString")
            } else {
                var field = OtherField()
                field.name = name
                field.value = entry.text("valueString")
                row.others.append(field)
            }
        }
    }
}
