public import Foundation

/// What crosses the broker, for programs that generate clients, documents and tests from it: a document of AsyncAPI 3.0.0.
/// Only those parts of the specification are here that an exchange needs.
public struct AsyncAPIDocument: Sendable, Encodable {
    /// Where something is said elsewhere in the document.
    struct Reference: Sendable, Encodable {
        var path: String

        enum CodingKeys: String, CodingKey {
            case path = "$ref"
        }
    }

    struct Information: Sendable, Encodable {
        var title: String
        var version: String
        var description: String
    }

    /// A topic, or the topics of all provinces.
    struct Channel: Sendable, Encodable {
        struct Parameter: Sendable, Encodable {
            var `enum`: [String]
            var description: String
        }

        struct Binding: Sendable, Encodable {
            struct Kafka: Sendable, Encodable {
                var partitions: Int
                var bindingVersion = "0.5.0"
            }

            var kafka: Kafka
        }

        var address: String
        var description: String
        var parameters: [String: Parameter]?
        var messages: [String: Reference]
        var bindings: Binding
    }

    /// What one party does on one topic.
    struct Operation: Sendable, Encodable {
        enum Action: String, Sendable, Encodable {
            case send
            case receive
        }

        var action: Action
        var channel: Reference
        var summary: String
        var messages: [Reference]
    }

    /// A kind of message.
    struct Message: Sendable, Encodable {
        struct Payload: Sendable, Encodable {
            var schemaFormat = "application/vnd.google.protobuf;version=3"
            var schema: Reference
        }

        struct Binding: Sendable, Encodable {
            struct Kafka: Sendable, Encodable {
                var key: Schema
                var bindingVersion = "0.5.0"
            }

            var kafka: Kafka
        }

        var name: String
        var summary: String
        var contentType: String
        var headers: Schema
        var payload: Payload
        var bindings: Binding
    }

    /// What a value is, as JSON Schema says it.
    final class Schema: Sendable, Encodable {
        let type: String
        let description: String?
        let const: String?
        let pattern: String?
        let properties: [String: Schema]?
        let required: [String]?

        init(
            _ type: String, _ description: String? = nil, const: String? = nil, pattern: String? = nil,
            properties: [String: Schema]? = nil, required: [String]? = nil
        ) {
            self.type = type
            self.description = description
            self.const = const
            self.pattern = pattern
            self.properties = properties
            self.required = required
        }
    }

    struct Components: Sendable, Encodable {
        var messages: [String: Message]
    }

    let asyncapi = "3.0.0"
    var info: Information
    var defaultContentType: String
    var channels: [String: Channel]
    var operations: [String: Operation]
    var components: Components

    /// The document as JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
