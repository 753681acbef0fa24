// swift-tools-version: 6.2
import PackageDescription

// Every target of ours: Swift 6 mode, declared leaks of imported modules, and no warning left standing.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // Release: exclusivity is proved by the debug build, which runs every test (5 percent of a party's processor time);
    // generic cores are specialised across targets (6 percent).
    .unsafeFlags(["-enforce-exclusivity=unchecked", "-cross-module-optimization"], .when(configuration: .release)),
]

// Rooms and a program in which no one waits for the processor: arguments, processes, tables of text. Optimising them is
// four fifths of what it takes to compile them.
let unhurried: SwiftSetting = .unsafeFlags(["-Onone"], .when(configuration: .release))

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], more: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings + more)
}

func program(_ name: String, _ dependencies: [Target.Dependency], more: [SwiftSetting] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies + [arguments], swiftSettings: settings + more)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let databaseC: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let sockets: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
]
// TLS of the embedded broker only where it is asked for: its copy of BoringSSL is most of what there would be to build.
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"]))
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")

// A first run builds what a run needs: `scripts/build release` leaves out tests, what they share, and what attacks.
let isProgramsOnly = Context.environment["CLOSED_CYCLE_PROGRAMS_ONLY"] != nil

// Floors, lowest first: a target imports only what stands below it (ARCHITECTURE.md, "Layers").
let floor0: [Target] = [
    library("Vocabulary"),
    library("ProgramStart"),
    library("JUnitReport"),
    library("PrometheusText"),
    .target(name: "CSHA2", linkerSettings: [.linkedLibrary("crypto")]),
    library("TransparencyLog", ["CSHA2", crypto], more: [.strictMemorySafety()]),
]
let floor1: [Target] = [
    library("ExchangeSchema", ["Vocabulary", "CSHA2", protobuf, crypto], exclude: ["Protos"]),
    library("Topology", ["Vocabulary", yaml]),
    library("ProgramLog", ["ProgramStart", arguments, logging]),
]
let floor2: [Target] = [
    library("InterfaceDescription", ["ExchangeSchema", "Vocabulary", "Topology"]),
    library("PartyCore", ["ExchangeSchema", "Vocabulary", "TransparencyLog"]),
    library("Journal", ["ExchangeSchema", "Vocabulary", "TransparencyLog"]),
    library(
        "HealthStandards", ["ExchangeSchema", "Vocabulary"],
        exclude: [
            "Fields/xml130-fields.tsv", "Fields/carried-fields.tsv", "Fields/health-check-fields.tsv", "Dated/Tables",
        ]),
]
let floor3: [Target] = [
    library("FacilityParty", ["PartyCore", "ExchangeSchema", "Vocabulary"]),
    library("MoHParty", ["PartyCore", "ExchangeSchema", "Vocabulary"]),
    library("VSSParty", ["PartyCore", "HealthStandards", "ExchangeSchema", "Vocabulary"]),
    library("C06Party", ["PartyCore", "ExchangeSchema", "Vocabulary"]),
    library("LocalityParty", ["PartyCore", "ExchangeSchema", "Vocabulary"]),
    library("HealthBook", ["PartyCore", "ExchangeSchema", "Vocabulary"]),
    library("HostMachine", ["PartyCore", "Journal", "ExchangeSchema", "Vocabulary", "TransparencyLog"]),
    library("SyntheticPopulation", ["PartyCore", "ExchangeSchema", "Vocabulary", protobuf]),
    library("ProvinceWarehouse", ["HealthStandards", "PartyCore", "ExchangeSchema"]),
    library("FHIRMapping", ["HealthStandards", "ExchangeSchema"]),
]
let floor4: [Target] = [
    .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .target(name: "KafkaClient", dependencies: ["CRdKafka"], swiftSettings: settings + [.strictMemorySafety()]),
    .systemLibrary(name: "CZstandard", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    library(
        "PartyStore",
        [
            "CZstandard", "PartyCore", "Journal", "ExchangeSchema", "Vocabulary", "TransparencyLog", database,
            databaseC, crypto,
        ],
        more: [.strictMemorySafety()]),
    .target(name: "CCRC32C"),
    .target(
        name: "CDecompression",
        linkerSettings: ["z", "snappy", "lz4", "zstd"].map { .linkedLibrary($0) }),
    library(
        "EmbeddedBroker", ["CCRC32C", "CDecompression", logging, crypto, tls] + sockets, more: [.strictMemorySafety()]),
    library("Inbox", sockets),
    library("Registers", ["PartyCore", "ExchangeSchema", database, databaseC]),
]
// Doors speak HTTP and look at signatures, and a first run needs none of it: `scripts/build release --doors` builds them, and
// so does every other build.
let hasDoors = !isProgramsOnly || Context.environment["CLOSED_CYCLE_DOORS"] != nil
let signatures: [Target] =
    !hasDoors
    ? []
    : [
        // What `pkg-config --cflags xmlsec1-openssl` says on Debian; the package manager does not take its definitions over.
        .target(
            name: "CXMLSignature",
            cSettings: [
                .unsafeFlags(["-I/usr/include/xmlsec1", "-I/usr/include/libxml2"]),
                .define("__XMLSEC_FUNCTION__", to: "__func__"), .define("XMLSEC_NO_SIZE_T"),
                .define("XMLSEC_NO_GOST", to: "1"), .define("XMLSEC_NO_GOST2012", to: "1"),
                .define("XMLSEC_NO_CRYPTO_DYNAMIC_LOADING", to: "1"), .define("XMLSEC_CRYPTO_OPENSSL", to: "1"),
            ], linkerSettings: ["xmlsec1-openssl", "xmlsec1", "xml2"].map { .linkedLibrary($0) }),
        .target(
            name: "EnvelopeSignature",
            dependencies: [
                "CXMLSignature", "PartyStore", .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
            ], path: "Sources/Doors/EnvelopeSignature", swiftSettings: settings + [.strictMemorySafety()]),
    ]
let doorPackages: [Package.Dependency] =
    !hasDoors
    ? []
    : [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.12.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    ]
func door(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Doors/\(name)", swiftSettings: settings)
}
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let house: [Target] =
    !hasDoors
    ? []
    : [
        door(
            "DoorHouse",
            [
                "PrometheusText",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"])),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"), lifecycle, logging, tls,
            ] + sockets)
    ]
let desks: [Target] =
    !hasDoors
    ? []
    : [door("DoorDesk", ["DoorHouse", "Inbox", "PartyCore", "HealthStandards", "ExchangeSchema", crypto, database])]
let dialects: [Target] =
    !hasDoors
    ? []
    : [
        door(
            "VSSPortal",
            [
                "EnvelopeSignature", "DoorDesk", "DoorHouse", "HealthStandards", "ExchangeSchema", crypto, database,
            ]),
        door(
            "MoHAxis",
            [
                "EnvelopeSignature", "DoorDesk", "DoorHouse", "PartyStore", "HealthStandards", "ExchangeSchema", crypto,
                .product(name: "_CryptoExtras", package: "swift-crypto"), database,
            ]),
        door(
            "FHIR",
            ["DoorDesk", "DoorHouse", "FHIRMapping", "HealthStandards", "Registers", "ExchangeSchema", crypto]),
        door("ProvinceGateway", ["DoorDesk", "DoorHouse", "HealthStandards", "ExchangeSchema", crypto, database]),
        door(
            "CommuneStation",
            [
                "DoorDesk", "DoorHouse", "HealthBook", "HealthStandards", "MoHParty", "PartyCore", "Registers",
                "ExchangeSchema", crypto, database,
            ]),
    ]
let attackers: [Target] = isProgramsOnly ? [] : [library("BrokerFuzz", sockets)]
let cores: [Target.Dependency] = ["FacilityParty", "MoHParty", "VSSParty", "C06Party", "LocalityParty"]
let floor5: [Target] = [
    library(
        "PartyRuntime",
        [
            "HostMachine", "Inbox", "KafkaClient", "PartyStore", "PartyCore", "Journal", "ExchangeSchema",
            "Vocabulary", "Topology", "TransparencyLog", "ProgramStart", logging, histogram,
        ]),
    library("BookStore", ["PartyStore", "HealthBook", "PartyCore", "ExchangeSchema"]),
    library(
        "Simulation",
        ["HostMachine", "Journal", "KafkaClient", "PartyCore", "ExchangeSchema", "Vocabulary", "TransparencyLog"]),
    library(
        "Audit",
        ["PartyStore", "PartyCore", "Journal", "ExchangeSchema", "Vocabulary", "Topology", "TransparencyLog"],
        more: [.strictMemorySafety()]),
    library("WarehouseStore", ["ProvinceWarehouse", "PartyStore", "PartyCore", "ExchangeSchema", database]),
]
let floor6: [Target] = [
    library("Replay", ["KafkaClient", "PartyCore", "ExchangeSchema", "Vocabulary"]),
    library(
        "ReportPage",
        ["Audit", "BookStore", "HealthBook", "WarehouseStore", "ExchangeSchema", "Vocabulary", "Topology"],
        more: [unhurried]),
    library(
        "EvidencePackage",
        [
            "Audit", "PartyStore", "PartyCore", "Journal", "ExchangeSchema", "Vocabulary", "TransparencyLog",
            "CDecompression", crypto,
        ]),
    library(
        "EvidenceExport",
        ["FHIRMapping", "Audit", "PartyStore", "PartyCore", "ExchangeSchema", "Vocabulary", "TransparencyLog"]),
]
let readingRoom: [Target] =
    !hasDoors ? [] : [door("Reading", ["DoorDesk", "DoorHouse", "HealthBook", "ReportPage", "ExchangeSchema"])]
let floor7: [Target] = [
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    library(
        "Composition",
        [
            "CSQLite", "PartyRuntime", "BookStore", "Simulation", "KafkaClient", "PartyCore", "Registers",
            "SyntheticPopulation", "ProvinceWarehouse", "WarehouseStore", "ExchangeSchema", "Vocabulary", "Topology",
            "ProgramStart", "ProgramLog", arguments, logging,
        ] + cores),
]
let floor8: [Target] = [
    library(
        "Supervision",
        [
            "Composition", "PartyRuntime", "PartyStore", "KafkaClient", "Inbox", "PartyCore", "Journal", "Registers",
            "ExchangeSchema", "Vocabulary", "Topology", "TransparencyLog", "ProgramStart", "ProgramLog",
            "PrometheusText",
            arguments, logging,
        ], more: [unhurried])
]
let floor9: [Target] = [
    library(
        "Operations",
        [
            "Supervision", "Composition", "EvidencePackage", "EvidenceExport", "Replay", "ReportPage", "Audit",
            "BookStore", "HealthBook", "MoHParty", "C06Party", "LocalityParty", "WarehouseStore",
            "PartyRuntime", "PartyStore", "KafkaClient", "EmbeddedBroker", "PartyCore", "Registers",
            "SyntheticPopulation",
            "HealthStandards", "FacilityParty", "ExchangeSchema", "Vocabulary", "Topology", "TransparencyLog",
            "ProgramStart", "ProgramLog", arguments, logging,
        ]),
    library(
        "Conformance",
        [
            "JUnitReport", "ReportPage", "Supervision", "Composition", "PartyRuntime", "WarehouseStore", "Replay",
            "KafkaClient", "PartyStore",
            "Registers", "PartyCore", "Journal", "ExchangeSchema", "Vocabulary", "Topology", "TransparencyLog",
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ] + sockets),
    library(
        "Judgement",
        [
            "JUnitReport", "Supervision", "Composition", "PartyRuntime", "Simulation", "BookStore", "HealthBook",
            "WarehouseStore", "ProvinceWarehouse", "PartyStore", "KafkaClient", "PartyCore", "Journal",
            "SyntheticPopulation",
            "ExchangeSchema", "Vocabulary", "Topology", "TransparencyLog", "ProgramStart", arguments,
        ]),
]
let party: [Target.Dependency] = ["Composition", "Topology", "Vocabulary", "ProgramStart"]
let floor10: [Target] = [
    program("broker", ["EmbeddedBroker", "ProgramStart", "ProgramLog", logging]),
    program(
        "cycle",
        [
            "Conformance", "InterfaceDescription", "JUnitReport", "Judgement", "Operations", "Supervision",
            "Composition",
            "EvidencePackage", "EvidenceExport",
            "Audit",
            "WarehouseStore", "Replay", "ReportPage", "Registers", "KafkaClient", "PartyStore", "PartyCore",
            "ExchangeSchema", "Topology", "ProgramStart", "ProgramLog", "Vocabulary",
        ] + (hasDoors ? ["EnvelopeSignature"] : []), more: [unhurried] + (hasDoors ? [.define("DOORS")] : [])),
    program("auditor", ["Composition", "ProgramStart"]),
    program("facility", party + ["Operations", "Supervision", "HealthStandards"]),
    program("moh", party),
    program("vss", party),
    program("c06", party),
    program("locality", party),
]
let doorPrograms: [Target] =
    !hasDoors
    ? []
    : [
        program(
            "doors",
            [
                "DoorHouse", "VSSPortal", "MoHAxis", "ProvinceGateway", "CommuneStation", "FHIR", "Reading",
                "Operations",
                "Supervision",
                "Composition",
                "PartyStore",
                "Registers", "ReportPage", "WarehouseStore", "ExchangeSchema", "Topology", "Vocabulary", "ProgramStart",
                "ProgramLog",
                logging,
                lifecycle, unixSignals,
            ])
    ]
// Programs that measure and attack, and the generator that a test compares with, are built only where somebody asks for
// them: `scripts/bench`, `scripts/fuzz-broker` and `scripts/test` set CLOSED_CYCLE_DEVELOPMENT. A first run does without.
let isDevelopment = Context.environment["CLOSED_CYCLE_DEVELOPMENT"] != nil
let benches: [Target] =
    !isDevelopment
    ? []
    : [
        program(
            "exchange-bench",
            [
                "Composition", "SyntheticPopulation", "Audit", "PartyStore", "PartyCore", "ExchangeSchema",
                "Vocabulary", "KafkaClient", "Topology", "PartyRuntime",
                "TransparencyLog", "FacilityParty", "LocalityParty", "BookStore", "HealthBook", "WarehouseStore",
                "Registers", "ProgramStart", "Supervision", "HealthStandards", "EnvelopeSignature", crypto,
            ]),
        program("broker-fuzz", ["BrokerFuzz", "EmbeddedBroker", logging]),
        .executableTarget(name: "broker-bench", linkerSettings: [.linkedLibrary("rdkafka")]),
        .executableTarget(name: "relay", linkerSettings: [.linkedLibrary("rdkafka")]),
    ]
let protobufPlugin: [Target.Dependency] =
    isDevelopment ? [.product(name: "protoc-gen-swift", package: "swift-protobuf")] : []
let coreTests: [Target.Dependency] = [
    "CoreTestSupport", "PartyCore", "ExchangeSchema", "Vocabulary", "TransparencyLog",
]
let programs: [Target.Dependency] = [
    "cycle", "facility", "moh", "vss", "c06", "locality", "auditor", "broker",
]
let suites: [Target] = [
    .target(
        name: "CoreTestSupport", dependencies: ["PartyCore", "ExchangeSchema", "Vocabulary", "TransparencyLog"],
        path: "Tests/CoreTestSupport",
        swiftSettings: settings),
    .target(
        name: "StoreTestSupport", dependencies: ["PartyStore", "PartyCore", "ExchangeSchema"],
        path: "Tests/StoreTestSupport", swiftSettings: settings),
    .executableTarget(
        name: "StoreCrashWriter", dependencies: ["StoreTestSupport", "PartyStore", "PartyCore", "Journal"],
        path: "Tests/StoreCrashWriter", swiftSettings: settings),
    .target(
        name: "BrokerTestSupport", dependencies: ["CCRC32C"], path: "Tests/BrokerTestSupport",
        swiftSettings: settings),
    tests("Architecture", []),
    tests("JUnitReport", ["JUnitReport"]),
    tests("PrometheusText", ["PrometheusText"]),
    tests("InterfaceDescription", ["InterfaceDescription", "Topology", "Vocabulary"]),
    tests("EnvelopeSignature", ["EnvelopeSignature", "ProgramTestSupport", "cycle"]),
    tests(
        "ExchangeSchema", ["ExchangeSchema", "CoreTestSupport", crypto, protobuf] + protobufPlugin,
        exclude: ["Committed"]),
    tests("Topology", ["Topology", "Vocabulary"]),
    tests("TransparencyLog", ["TransparencyLog", crypto]),
    tests("PartyCore", coreTests + cores + ["SyntheticPopulation", "HealthBook", "ProvinceWarehouse"]),
    tests("HostMachine", ["HostMachine", "Journal", "PartyCore", "ExchangeSchema", "Vocabulary", "TransparencyLog"]),
    tests("Simulation", coreTests + cores + ["Simulation", "HostMachine", "HealthBook", "Journal"]),
    tests("HealthStandards", ["HealthStandards", "ExchangeSchema", protobuf], exclude: ["Cases"]),
    tests("FacilityParty", coreTests + ["FacilityParty", "SyntheticPopulation"]),
    tests("MoHParty", coreTests + ["MoHParty", "HealthBook"]),
    tests("VSSParty", coreTests + ["VSSParty", "HealthStandards"]),
    tests("C06Party", coreTests + ["C06Party"]),
    tests("LocalityParty", coreTests + ["LocalityParty", "ProvinceWarehouse"]),
    tests("ProvinceWarehouse", coreTests + ["ProvinceWarehouse", "HealthStandards"]),
    tests(
        "WarehouseStore",
        coreTests + ["WarehouseStore", "ProvinceWarehouse", "PartyStore", "StoreTestSupport", database]),
    tests("SyntheticPopulation", ["SyntheticPopulation", "HealthStandards", "PartyCore", "ExchangeSchema", protobuf]),
    tests("KafkaClient", ["KafkaClient", "CRdKafka", "EmbeddedBroker", "BrokerTestSupport", logging]),
    tests(
        "PartyStore",
        coreTests + ["PartyStore", "Journal", "StoreTestSupport", "StoreCrashWriter", database, crypto]),
    tests(
        "PartyRuntime",
        [
            "PartyRuntime", "Simulation", "PartyStore", "PartyCore", "Journal", "ExchangeSchema", "StoreTestSupport",
            "TransparencyLog",
            "KafkaClient", "EmbeddedBroker", "BrokerTestSupport", "Vocabulary", "Topology", logging,
        ]),
    tests(
        "Audit",
        [
            "Audit", "PartyStore", "PartyCore", "ExchangeSchema", "Topology", "TransparencyLog", "StoreTestSupport",
            database,
        ]),
    tests("HealthBook", coreTests + ["HealthBook"]),
    tests("BookStore", coreTests + ["BookStore", "HealthBook", "PartyStore", "StoreTestSupport"]),
    tests("ReportPage", ["ReportPage", "Audit", "ExchangeSchema", "Topology", "Vocabulary"]),
    tests(
        "Replay",
        ["Replay", "PartyCore", "ExchangeSchema", "CoreTestSupport", "VSSParty", "C06Party", "FacilityParty"]),
    tests(
        "EvidencePackage",
        [
            "EvidencePackage", "Audit", "PartyStore", "PartyCore", "ExchangeSchema", "TransparencyLog",
            "StoreTestSupport", database,
        ]),
    tests(
        "EvidenceExport",
        [
            "EvidenceExport", "FHIRMapping", "Audit", "PartyStore", "PartyCore", "ExchangeSchema", "TransparencyLog",
            "StoreTestSupport",
        ]),
    tests("FHIRMapping", coreTests + ["FHIRMapping", "HealthBook", "HealthStandards", "SyntheticPopulation"]),
    .target(
        name: "ProgramTestSupport", dependencies: ["Supervision"], path: "Tests/ProgramTestSupport",
        swiftSettings: settings),
    tests(
        "Composition",
        ["Composition", "ProgramTestSupport", "KafkaClient", "SyntheticPopulation", "PartyCore", "Topology"] + programs),
    tests(
        "Supervision",
        [
            "Supervision", "Composition", "ProgramTestSupport", "PartyRuntime", "PartyCore", "KafkaClient", "Topology",
            "Vocabulary", yaml,
        ] + programs),
    tests(
        "Operations",
        [
            "Operations", "Audit", "Supervision", "Composition", "ProgramTestSupport", "Replay", "KafkaClient",
            "PartyCore", "EvidencePackage",
            "HealthStandards", "ExchangeSchema", "Vocabulary", database,
        ] + programs),
    tests(
        "Conformance",
        [
            "Conformance", "JUnitReport", "Composition", "ProgramTestSupport", "KafkaClient", "PartyCore",
            "PartyRuntime", "Registers",
            "Replay", "Supervision", "ExchangeSchema", "Topology", "Vocabulary", "TransparencyLog", protobuf,
        ] + programs),
    tests(
        "Judgement",
        [
            "Judgement", "Supervision", "Composition", "ProgramTestSupport", "PartyRuntime", "PartyStore", "PartyCore",
            "Topology", "Vocabulary", database,
        ] + programs),
    tests(
        "EndToEnd",
        [
            "Judgement", "Operations", "Supervision", "Composition", "Replay", "VSSParty", "PartyRuntime", "PartyStore",
            "PartyCore", "Journal", "KafkaClient", "ExchangeSchema", "Vocabulary", "SyntheticPopulation", "Topology",
            "Registers", "TransparencyLog", "WarehouseStore", "ProvinceWarehouse", "HealthStandards", "FHIRMapping",
            "ProgramTestSupport", "DoorTestSupport", "doors", protobuf,
            database,
        ] + programs),
    .target(
        name: "DoorTestSupport", dependencies: ["Inbox", "PartyCore", "ExchangeSchema", crypto],
        path: "Tests/DoorTestSupport", swiftSettings: settings),
    tests("DoorHouse", ["DoorHouse", "DoorTestSupport", lifecycle, logging]),
    tests(
        "VSSPortal",
        [
            "VSSPortal", "EnvelopeSignature", "DoorDesk", "DoorHouse", "DoorTestSupport", "PartyCore",
            "HealthStandards",
            "ExchangeSchema", crypto,
        ]),
    tests(
        "MoHAxis",
        [
            "MoHAxis", "EnvelopeSignature", "DoorDesk", "DoorHouse", "DoorTestSupport", "PartyCore", "HealthStandards",
            "ExchangeSchema", crypto, .product(name: "_CryptoExtras", package: "swift-crypto"),
        ]),
    tests("Reading", ["Reading", "DoorHouse", "DoorTestSupport", "PartyCore", "ExchangeSchema"]),
    tests(
        "FHIR",
        ["FHIR", "FHIRMapping", "DoorHouse", "DoorTestSupport", "PartyCore", "HealthStandards", "ExchangeSchema"]),
    tests(
        "ProvinceGateway",
        [
            "ProvinceGateway", "DoorDesk", "DoorHouse", "DoorTestSupport", "PartyCore", "HealthStandards",
            "ExchangeSchema",
        ]
    ),
    tests(
        "CommuneStation",
        [
            "CommuneStation", "DoorDesk", "DoorHouse", "DoorTestSupport", "PartyCore", "HealthStandards",
            "ExchangeSchema",
        ]),
    tests("Inbox", ["Inbox"] + sockets),
    tests("Registers", ["Registers", "PartyCore", "ExchangeSchema", database]),
    tests(
        "EmbeddedBroker",
        ["EmbeddedBroker", "BrokerFuzz", "ProgramTestSupport", "CCRC32C", "CDecompression", "broker", logging] + sockets
    ),
]

let package = Package(
    name: "closed-cycle",
    traits: [.trait(name: "TLS", description: "The embedded broker can speak TLS.")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ] + doorPackages,
    targets: floor0 + floor1 + floor2 + floor3 + floor4 + house + signatures + attackers + desks + dialects + floor5
        + floor6 + readingRoom + floor7 + floor8 + floor9
        + floor10 + doorPrograms + benches
        + (isProgramsOnly ? [] : suites)
)
