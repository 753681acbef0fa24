package import Foundation

/// A shipped JSON Schema, for as many of its keywords as the schemas of reports use. A keyword that this does not know is a finding,
/// so that none is passed over.
package struct ReportSchema {
    private let schema: [String: Any]

    /// - Parameter name: `run-report`, `simulation-report`, `comparison` or `audit-report`.
    package init(_ name: String) throws {
        let path = BuiltPrograms.topologyFolder + "/schema/\(name).schema.json"
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
        schema = object as? [String: Any] ?? [:]
    }

    /// What of a document is not as the schema says, a line each.
    package func findings(_ document: Data) throws -> [String] {
        Self.findings(try JSONSerialization.jsonObject(with: document), schema, "$")
    }

    /// Fields that the schema knows and a document has not, anywhere in it.
    package func unseen(in document: Data) throws -> [String] {
        Self.unseen(try JSONSerialization.jsonObject(with: document), schema, "$")
    }

    private static let known: Set<String> = [
        "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "enum",
        "pattern", "minimum",
    ]

    private static func findings(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        var found = schema.keys.filter { !known.contains($0) }.map { "\(place): the keyword \($0) is not known" }
        let type = schema["type"] as? String ?? ""
        guard isOf(type, value) else { return found + ["\(place): \(value) is no \(type)"] }
        if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
            found.append("\(place): \(value) is none of \(words)")
        }
        if let pattern = schema["pattern"] as? String,
            (value as? String)?.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(place): \(value) is not of the form \(pattern)")
        }
        if let minimum = schema["minimum"] as? NSNumber, let number = value as? NSNumber,
            number.doubleValue < minimum.doubleValue
        {
            found.append("\(place): \(number) is below \(minimum)")
        }
        if let items = schema["items"] as? [String: Any] {
            for (index, item) in (value as? [Any] ?? []).enumerated() {
                found += findings(item, items, "\(place)[\(index)]")
            }
        }
        guard let object = value as? [String: Any] else { return found }
        // An object of which the schema says nothing is one that another document describes.
        guard schema["properties"] != nil || schema["additionalProperties"] != nil else { return found }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        for name in schema["required"] as? [String] ?? [] where object[name] == nil {
            found.append("\(place): \(name) is missing")
        }
        for (name, member) in object {
            if let own = properties[name] ?? schema["additionalProperties"] as? [String: Any] {
                found += findings(member, own, "\(place).\(name)")
            } else {
                found.append("\(place): \(name) is not in the schema")
            }
        }
        return found
    }

    private static func isOf(_ type: String, _ value: Any) -> Bool {
        // JSONSerialization gives booleans as numbers; only they are the two that stand for true and false.
        let isBoolean = (value as? NSNumber).map(Self.isBoolean) ?? false
        switch type {
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "boolean": return isBoolean
        case "number": return value is NSNumber && !isBoolean
        case "integer":
            guard let number = value as? NSNumber, !isBoolean else { return false }
            return number.doubleValue == number.doubleValue.rounded()
        default: return false
        }
    }

    private static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }

    private static func unseen(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        if let items = schema["items"] as? [String: Any] {
            // What one of the members has is seen.
            let each = (value as? [Any] ?? []).map { Set(unseen($0, items, "\(place)[]")) }
            return (each.dropFirst().reduce(each.first ?? ["\(place): no member"]) { $0.intersection($1) }).sorted()
        }
        let object = value as? [String: Any] ?? [:]
        return (schema["properties"] as? [String: [String: Any]] ?? [:]).flatMap { name, own in
            object[name].map { unseen($0, own, "\(place).\(name)") } ?? ["\(place).\(name)"]
        }
    }
}
