import Foundation
import Testing

/// The house as ARCHITECTURE.md draws it: who may import whom, where a foreign package lives, how long a file may be.
@Suite struct LayerTests {
    /// Targets by floor, lowest first.
    private static let floors: [[String]] = [
        ["Vocabulary", "CSHA2", "TransparencyLog", "ProgramStart", "JUnitReport", "PrometheusText"],
        ["ExchangeSchema", "Topology", "ProgramLog"],
        ["PartyCore", "Journal", "HealthStandards", "InterfaceDescription"],
        [
            "FacilityParty", "MoHParty", "VSSParty", "C06Party", "LocalityParty", "HealthBook", "HostMachine",
            "SyntheticPopulation", "ProvinceWarehouse", "FHIRMapping",
        ],
        [
            "CRdKafka", "KafkaClient", "CZstandard", "PartyStore", "CCRC32C", "CDecompression", "EmbeddedBroker",
            "BrokerFuzz",
            "Inbox", "Registers", "DoorHouse", "CXMLSignature",
        ],
        [
            "PartyRuntime", "BookStore", "Simulation", "Audit", "WarehouseStore", "EnvelopeSignature", "DoorDesk",
        ],
        [
            "EvidencePackage", "EvidenceExport", "ReportPage", "Replay", "VSSPortal", "MoHAxis", "FHIR",
            "ProvinceGateway", "CommuneStation",
        ],
        ["CSQLite", "Composition", "Reading"],
        ["Supervision"],
        ["Operations", "Judgement", "Conformance"],
        [
            "broker", "cycle", "auditor", "facility", "moh", "vss", "c06", "locality", "doors", "exchange-bench",
            "broker-fuzz",
        ],
    ]

    /// Where each foreign module may be imported.
    private static let homes: [String: Set<String>] = [
        "SwiftProtobuf": ["ExchangeSchema", "SyntheticPopulation"],
        "Crypto": [
            "ExchangeSchema", "TransparencyLog", "EmbeddedBroker", "EvidencePackage", "PartyStore", "VSSPortal",
            "DoorDesk", "exchange-bench", "MoHAxis", "FHIR", "ProvinceGateway", "CommuneStation",
        ],
        "Yams": ["Topology"],
        "GRDB": [
            "PartyStore", "Registers", "WarehouseStore", "DoorDesk", "VSSPortal", "MoHAxis", "ProvinceGateway",
            "CommuneStation",
        ],
        "GRDBSQLite": ["PartyStore", "Registers"],
        "CSHA2": ["ExchangeSchema", "TransparencyLog"],
        "CSQLite": ["Composition"],
        "CRdKafka": ["KafkaClient"],
        "CZstandard": ["PartyStore"],
        "Hummingbird": ["DoorHouse"],
        "HummingbirdCore": ["DoorHouse"],
        "HummingbirdTLS": ["DoorHouse"],
        "HTTPTypes": ["DoorHouse"],
        "NIOHTTPTypes": ["DoorHouse"],
        "ServiceLifecycle": ["DoorHouse", "doors"],
        "NIOCore": ["EmbeddedBroker", "BrokerFuzz", "Inbox", "DoorHouse", "Conformance"],
        "NIOPosix": ["EmbeddedBroker", "BrokerFuzz", "Inbox", "DoorHouse", "Conformance"],
        "NIOHTTP1": ["Conformance"],
        "NIOSSL": ["EmbeddedBroker", "DoorHouse"],
        "Histogram": ["PartyRuntime"],
        "X509": ["EnvelopeSignature"],
        "SwiftASN1": ["EnvelopeSignature"],
        "_CryptoExtras": ["EnvelopeSignature", "MoHAxis"],
        "CXMLSignature": ["EnvelopeSignature"],
    ]

    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    private struct Source {
        var target: String
        var path: String
        var lines: [Substring]

        var imports: [String] {
            lines.compactMap { line in
                var words = line.split(separator: " ").map(String.init)
                while let first = words.first,
                    first.hasPrefix("@") || ["public", "package", "internal", "private"].contains(first)
                {
                    words.removeFirst()
                }
                return words.first == "import" && words.count > 1 ? words[1] : nil
            }
        }
    }

    private static func files() throws -> [Source] {
        let names = try #require(FileManager.default.enumerator(atPath: sources.path))
        var files: [Source] = []
        while let path = names.nextObject() as? String {
            // Doors stand together in a folder, each a target.
            let folders = path.split(separator: "/").drop { $0 == "Doors" }
            guard path.hasSuffix(".swift"), let target = folders.first else { continue }
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            files.append(Source(target: String(target), path: path, lines: lines))
        }
        return files
    }

    private static func floor(_ target: String) -> Int? { floors.firstIndex { $0.contains(target) } }

    @Test func everyTargetImportsOnlyWhatStandsBelowIt() throws {
        let files = try Self.files()
        #expect(files.count > 200)
        for file in files {
            let own = try #require(Self.floor(file.target), "\(file.target) stands on no floor: add it here")
            for name in file.imports {
                guard let other = Self.floor(name), name != file.target else { continue }
                let isInnerPair =
                    (file.target, name) == ("KafkaClient", "CRdKafka")
                    || (file.target, name) == ("PartyStore", "CZstandard")
                    || (file.target, name) == ("TransparencyLog", "CSHA2")
                    || (file.target, name) == ("EmbeddedBroker", "CCRC32C")
                    || (file.target, name) == ("Composition", "CSQLite")
                    || (file.target, name) == ("EmbeddedBroker", "CDecompression")
                #expect(other < own || isInnerPair, "\(file.path) imports \(name), which does not stand below it")
            }
        }
    }

    @Test func everyForeignPackageStaysInItsHome() throws {
        for file in try Self.files() {
            for name in file.imports {
                guard let homes = Self.homes[name] else { continue }
                #expect(homes.contains(file.target), "\(file.path) imports \(name), whose home is \(homes.sorted())")
            }
        }
    }

    @Test func coresReadNoClockAndDrawNoNumber() throws {
        let banned = ["Date()", ".random(", "SystemRandomNumberGenerator", "clock_gettime", "FileManager", "fopen("]
        for file in try Self.files()
        where Self.floors[3].contains(file.target) || ["PartyCore", "Journal"].contains(file.target) {
            for line in file.lines where !line.contains("///") {
                for word in banned where line.contains(word) {
                    Issue.record("\(file.path): \(word) in a pure target: \(line)")
                }
            }
        }
    }

    @Test func noFileIsLongAndNothingTrapsOnPurpose() throws {
        for file in try Self.files() where !file.path.hasSuffix(".pb.swift") {
            #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines; one subject a file")
            for line in file.lines {
                for word in ["fatalError(", "try!", "as!", "TODO", "FIXME"] where line.contains(word) {
                    Issue.record("\(file.path): \(word) has no place here: \(line)")
                }
            }
        }
    }
}
