/// What all resources of one piece of work have in common.
struct MappingContext: Sendable {
    var naming: ResourceNaming
    var systems: IdentifierSet

    /// `resourceType`, `id` and `meta`.
    func head(_ key: ResourceKey, _ stamp: ResourceStamp) -> FHIRObject {
        var object = FHIRObject(resource: key.type)
        object.set("id", naming.identifier(key))
        object.set(
            "meta",
            FHIRObject {
                $0.set("versionId", stamp.version)
                $0.set("lastUpdated", stamp.time.map { FHIRInstant.text($0) })
            })
        return object
    }

    func reference(_ key: ResourceKey) -> FHIRObject {
        FHIRObject { $0.set("reference", naming.reference(key)) }
    }

    func identifier(_ kind: IdentifierKind, _ value: String, use: String? = nil) -> FHIRObject {
        guard !value.isEmpty else { return FHIRObject() }
        return FHIRObject {
            $0.set("use", use)
            $0.set("system", kind.system(systems))
            $0.set("value", value)
        }
    }

    /// A reference to somebody who is named by a number alone.
    func named(_ kind: IdentifierKind, _ value: String) -> FHIRObject {
        FHIRObject { $0.set("identifier", identifier(kind, value)) }
    }

    /// Facilities are called by their code.
    static func organization(_ code: String) -> FHIRObject {
        FHIRObject { $0.set("reference", "Organization/\(code)") }
    }

    static func concept(_ system: String, _ code: String, display: String? = nil, text: String? = nil) -> FHIRObject {
        FHIRObject {
            $0.set("coding", code.isEmpty ? [] : [coding(system, code, display: display)])
            $0.set("text", text)
        }
    }

    static func coding(_ system: String, _ code: String, display: String? = nil) -> FHIRObject {
        FHIRObject {
            $0.set("system", system)
            $0.set("code", code)
            $0.set("display", display)
        }
    }

    /// Where a code is demanded and none is known (FHIR R4, "data-absent-reason").
    static let unknown = FHIRObject {
        $0.set(
            "extension",
            [
                FHIRObject {
                    $0.set("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
                    $0.set("valueCode", "unknown")
                }
            ])
    }

    /// A text that FHIR's `code` can carry: without blanks at its ends, and single ones between.
    static func code(_ text: String) -> String? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return !words.contains("") && !text.utf8.contains(where: { $0 < 0x20 }) ? text : nil
    }
}

/// Which version of a resource it is.
struct ResourceStamp: Sendable {
    /// When it came about; Unix milliseconds, nil where nothing says it.
    var time: Int64?
    /// Empty for none.
    var version: String

    static let none = ResourceStamp(time: nil, version: "")
}

/// A resource with its key.
public struct MappedResource: Sendable, Equatable {
    /// What it is.
    public var key: ResourceKey
    /// As FHIR has it.
    public var value: FHIRValue
    /// When it came about; Unix milliseconds, nil where nothing says it.
    public var lastUpdated: Int64?
    /// Of an organisation, its code, by which it is called; else empty.
    public var code = ""

    /// Version of the resource; empty where it has none.
    public var version: String { value["meta"]?["versionId"]?.string ?? "" }
    /// `id`; empty where it has none.
    public var identifier: String { value["id"]?.string ?? "" }
}
