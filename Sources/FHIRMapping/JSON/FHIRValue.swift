/// A value of FHIR's JSON form (FHIR R4, "JSON Representation of Resources"): members keep the order in which they were
/// written, and numbers their digits, because FHIR says that the precision of a decimal counts.
public indirect enum FHIRValue: Sendable, Equatable {
    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: FHIRValue

        /// Takes both.
        public init(_ name: String, _ value: FHIRValue) {
            self.name = name
            self.value = value
        }
    }

    /// An object.
    case object([Member])
    /// An array.
    case array([FHIRValue])
    /// A string.
    case text(String)
    /// A number, as its digits stand in the text.
    case number(String)
    /// A boolean.
    case boolean(Bool)
    /// Null, which FHIR has in arrays of primitive values only.
    case null

    /// The value of a member; nil where this is no object or has no such member.
    public subscript(name: String) -> FHIRValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The elements of an array; none of anything else.
    public var elements: [FHIRValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The text of a string; nil of anything else.
    public var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The text of a string member; empty where there is none.
    func text(_ name: String) -> String { self[name]?.string ?? "" }
}

/// Writes an object member by member; what is empty is left out, because FHIR has no empty values.
struct FHIRObject {
    private(set) var members: [FHIRValue.Member] = []

    init(_ body: (inout FHIRObject) -> Void = { _ in }) { body(&self) }

    /// A resource of a type.
    init(resource type: FHIRType) { set("resourceType", type.rawValue) }

    var value: FHIRValue { .object(members) }
    var isEmpty: Bool { members.isEmpty }

    mutating func set(_ name: String, _ text: String) {
        if !text.isEmpty { members.append(.init(name, .text(text))) }
    }

    mutating func set(_ name: String, _ text: String?) {
        if let text { set(name, text) }
    }

    mutating func set(_ name: String, _ object: FHIRObject) {
        if !object.isEmpty { members.append(.init(name, object.value)) }
    }

    mutating func set(_ name: String, _ objects: [FHIRObject]) {
        let filled = objects.filter { !$0.isEmpty }
        if !filled.isEmpty { members.append(.init(name, .array(filled.map(\.value)))) }
    }

    mutating func set(_ name: String, texts: [String]) {
        if !texts.isEmpty { members.append(.init(name, .array(texts.map { .text($0) }))) }
    }

    mutating func set(_ name: String, number: String) { members.append(.init(name, .number(number))) }
    mutating func set(_ name: String, boolean: Bool) { members.append(.init(name, .boolean(boolean))) }
    mutating func set(_ name: String, value: FHIRValue) { members.append(.init(name, value)) }
}
