import Foundation
import InterfaceDescription
import Testing
import Topology
import Vocabulary

/// The description of both shipped topologies: complete, and every reference in it leads somewhere.
@Suite struct AsyncAPIDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func topology(_ name: String) throws -> Topology {
        let path = root.appendingPathComponent("topology/\(name).yaml")
        return try Topology.parse(String(contentsOf: path, encoding: .utf8), fileName: path.path)
    }

    private static func document(_ topology: Topology) throws -> [String: Any] {
        let protos = root.appendingPathComponent("Sources/ExchangeSchema/Protos/exchange/v1").path
        let json = try AsyncAPIDocument(topology, protos: protos).json
        return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    }

    private static func references(_ value: Any) -> [String] {
        if let object = value as? [String: Any] {
            return object.flatMap { key, value in key == "$ref" ? [value as? String ?? ""] : references(value) }
        }
        return (value as? [Any])?.flatMap(references) ?? []
    }

    private static func target(_ path: String, in document: [String: Any]) -> Any? {
        var place: Any? = document
        for name in path.dropFirst(2).split(separator: "/") { place = (place as? [String: Any])?[String(name)] }
        return place
    }

    @Test(arguments: ["2024-04", "2026-07", "three-instances"])
    func everyTopicReaderAndWriterIsThereAndEveryReferenceLeadsSomewhere(name: String) throws {
        let topology = try Self.topology(name)
        let document = try Self.document(topology)
        #expect(document["asyncapi"] as? String == "3.0.0")
        let channels = try #require(document["channels"] as? [String: [String: Any]])
        #expect(Set(channels.keys) == Set(topology.declaredTopics.map(\.name)))
        let operations = try #require(document["operations"] as? [String: [String: Any]])
        #expect(operations.count == topology.declaredTopics.reduce(0) { $0 + $1.writers.count + $1.readers.count })
        for topic in topology.declaredTopics {
            for party in topic.writers {
                #expect(operations["\(party).sends.\(topic.name)"]?["action"] as? String == "send")
            }
        }
        let entries = try #require(channels["moh.book-entries"])
        #expect(entries["address"] as? String == "moh.book-entries.{province}")
        let province = (entries["parameters"] as? [String: [String: Any]])?["province"]
        #expect((province?["enum"] as? [String])?.count == 34)

        for path in Self.references(document) {
            if path.hasPrefix("#/") {
                #expect(Self.target(path, in: document) != nil, "\(path) leads nowhere")
            } else {
                let parts = path.split(separator: "#")
                let proto = try String(contentsOfFile: String(parts[0]), encoding: .utf8)
                let message = try #require(parts[1].split(separator: ".").last)
                #expect(proto.contains("\nmessage \(message) {"), "\(parts[0]) has no message \(message)")
            }
        }
    }

    @Test func messageSaysItsHeadersKeyAndType() throws {
        let document = try Self.document(try Self.topology("2024-04"))
        let message = try #require(Self.target("#/components/messages/identityCheck", in: document) as? [String: Any])
        #expect(message["name"] as? String == "exchange.v1.IdentityCheck")
        let headers = try #require(message["headers"] as? [String: Any])
        #expect(headers["required"] as? [String] == ["ce_id", "ce_source", "ce_subject", "ce_type"])
        let type = (headers["properties"] as? [String: [String: Any]])?["ce_type"]
        #expect(type?["const"] as? String == "exchange.v1.IdentityCheck")
        let signature = try #require(
            Self.target("#/components/messages/agreementSignature", in: document) as? [String: Any])
        let required = (signature["headers"] as? [String: Any])?["required"] as? [String]
        #expect(required == ["ce_id", "ce_source", "ce_type"])
    }
}
