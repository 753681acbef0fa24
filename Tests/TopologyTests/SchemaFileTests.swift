import Foundation
import Testing
import Vocabulary

@testable import Topology

/// The JSON Schemas that editors and other programs check files by name what the readers here know, and nothing else.
@Suite struct SchemaFileTests {
    private static func schema(_ name: String) throws -> [String: Any] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("topology/schema")
        let data = try Data(contentsOf: folder.appendingPathComponent("\(name).schema.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// What stands at a path of properties and members of lists.
    private static func part(_ schema: [String: Any], _ path: String...) throws -> [String: Any] {
        var part = schema
        for name in path {
            if let items = part["items"] as? [String: Any] { part = items }
            part = try #require((part["properties"] as? [String: [String: Any]])?[name], "\(name)")
        }
        return part["items"] as? [String: Any] ?? part
    }

    private static func names(_ part: [String: Any]) -> Set<String> {
        Set((part["properties"] as? [String: Any])?.keys.map { $0 } ?? [])
    }

    private static func words(_ part: [String: Any]) -> Set<String> { Set(part["enum"] as? [String] ?? []) }

    @Test func theSchemaOfATopologyKnowsWhatTheReaderKnows() throws {
        let schema = try Self.schema("topology")
        #expect(Self.names(schema) == Set(TopologyReader.keys))
        #expect(Self.words(try Self.part(schema, "parties", "role")) == Set(PartyRole.allCases.map(\.rawValue)))
        #expect(Self.words(try Self.part(schema, "topics", "carries")) == Set(MessageType.allCases.map(\.name)))
        #expect(Self.words(try Self.part(schema, "durability")) == ["process", "power"])
        #expect(schema["additionalProperties"] as? Bool == false)
    }

    @Test func theSchemaOfAScenarioKnowsWhatTheReaderKnows() throws {
        let schema = try Self.schema("scenario")
        #expect(Self.names(schema) == Set(ScenarioReader.keys))
        #expect(Self.names(try Self.part(schema, "faults")) == Set(FaultKind.allCases.map(\.rawValue)))
        #expect(Self.names(try Self.part(schema, "visits")) == Set(ScenarioReader.visitsKeys))
        #expect(Self.words(try Self.part(schema, "endsWhen")) == ["settled", "held"])
    }

    /// A key that the schema names is one that the reader takes: with a value of another kind it complains of the value.
    @Test func everyKeyOfASectionIsTaken() throws {
        let sections: [(String, [String])] = [
            ("topology", ["defaults", "deadLetters", "audit", "route"]),
            ("scenario", ["population", "load", "corrections", "review"]),
        ]
        for (file, names) in sections {
            let schema = try Self.schema(file)
            for section in names {
                for key in Self.names(try Self.part(schema, section)) {
                    let errors = Self.errors(section, "\(key): []", file)
                    #expect(!errors.contains("\(section).\(key) is not a"), "\(errors)")
                }
                let errors = Self.errors(section, "nobodyKnows: 1", file)
                #expect(errors.contains("\(section).nobodyKnows is not a"), "\(errors)")
            }
        }
    }

    private static func errors(_ section: String, _ content: String, _ file: String) -> String {
        // Some sections are read only where what is required is there.
        var text = section == "population" ? "" : "name: a\nsummary: b\nseed: 1\nrecords: 1\n"
        if section != "population" { text += "population: { persons: 1, facilities: 1 }\n" }
        if file == "topology" { text = "" }
        text += "\(section): { \(content) }\n"
        do {
            if file == "topology" {
                _ = try Topology.parse(text, fileName: "sample.yaml")
            } else {
                _ = try Scenario.parse(text, fileName: "sample.yaml")
            }
            return ""
        } catch {
            return "\(error)"
        }
    }
}
