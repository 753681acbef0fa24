import Foundation

/// A dialect as OpenAPI 3.1 describes it. Paths and methods are those that the house answers to, so that the description
/// cannot name others.
struct OpenAPIDocument {
    private let dialect: any Dialect

    init(_ dialect: any Dialect) { self.dialect = dialect }

    /// The document, keys sorted.
    var json: String {
        let title = dialect.guide.title
        var paths: [String: [String: Any]] = [:]
        for route in dialect.routes {
            let method = route.method.lowercased()
            guard let below = route.below else {
                // Whatever stands below a path.
                let path = route.path.replacing("/*", with: "/{below}")
                paths[dialect.basePath + path, default: [:]][method] = operation(
                    method, path, route.summary, route.shape)
                continue
            }
            for one in below {
                paths[dialect.basePath + one.path, default: [:]][method] = operation(
                    method, one.path, one.summary, one.shape)
            }
        }
        let document: [String: Any] = [
            "openapi": "3.1.0", "paths": paths,
            "info": [
                "title": title, "version": "1",
                "description": dialect.guide.steps.joined(separator: "\n\n")
                    + "\n\nA stand-in for tests; all its data is made up.",
            ],
        ]
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: document, options: options) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private func operation(
        _ method: String, _ path: String, _ summary: String, _ shape: OperationShape?
    ) -> [String: Any] {
        let name = "\(method)\(path)".map { $0.isLetter || $0.isNumber ? $0 : "_" }
        var operation: [String: Any] = ["summary": summary, "operationId": String(name)]
        guard let shape else {
            operation["responses"] = ["default": ["description": "in the dialect's own words"]]
            let parameters = Self.pathParameters(path)
            if !parameters.isEmpty { operation["parameters"] = parameters }
            return operation
        }
        let parameters =
            Self.pathParameters(path) + shape.headers.map { Self.parameter($0, "header") }
            + shape.query.map { Self.parameter($0, "query") }
        if !parameters.isEmpty { operation["parameters"] = parameters }
        if !shape.bodyTypes.isEmpty {
            let content = shape.bodyTypes.map { ($0, ["schema": Self.schema(shape.body)] as [String: Any]) }
            operation["requestBody"] =
                ["required": true, "content": Dictionary(uniqueKeysWithValues: content)] as [String: Any]
        }
        var responses: [String: Any] = [:]
        for answer in shape.answers {
            var content: [String: Any] = [shape.replyType: ["schema": Self.schema(shape.reply, isWhole: false)]]
            for type in shape.otherReplyTypes { content[type] = [String: Any]() }
            responses[String(answer.status)] = ["description": answer.meaning, "content": content] as [String: Any]
        }
        operation["responses"] = responses
        return operation
    }

    /// A parameter for each part of a path that stands in braces.
    private static func pathParameters(_ path: String) -> [[String: Any]] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map {
            [
                "name": String($0.dropFirst().dropLast()), "in": "path", "required": true,
                "schema": ["type": "string"],
            ]
        }
    }

    private static func parameter(_ field: OperationShape.Field, _ place: String) -> [String: Any] {
        [
            "name": field.name, "in": place, "required": field.isRequired, "description": field.meaning,
            "schema": ["type": field.kind.rawValue],
        ]
    }

    /// - Parameter isWhole: Whether required fields are always there; an answer leaves out what does not apply.
    private static func schema(_ fields: [OperationShape.Field], isWhole: Bool = true) -> [String: Any] {
        var schema: [String: Any] = ["type": "object"]
        guard !fields.isEmpty else { return schema }
        schema["properties"] = Dictionary(
            uniqueKeysWithValues: fields.map {
                ($0.name, ["type": $0.kind.rawValue, "description": $0.meaning] as [String: Any])
            })
        let required = isWhole ? fields.filter(\.isRequired).map(\.name) : []
        if !required.isEmpty { schema["required"] = required }
        return schema
    }
}
