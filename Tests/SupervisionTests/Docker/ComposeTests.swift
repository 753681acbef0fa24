import Composition
import Foundation
import ProgramTestSupport
import Testing
import Topology
import Vocabulary

/// No container engine runs where this is tested: the files are read, and every name in them looked up.
@Suite struct ComposeTests {
    private let compose: ComposeFile
    private let topology: Topology
    private let plan: AccessPlan

    init() throws {
        compose = try ComposeFile()
        topology = try ExchangeFiles.topology(at: BuiltPrograms.topologyFolder + "/2024-04.yaml")
        plan = AccessPlan(topology)
    }

    @Test func thereIsAServiceForEachParty() {
        let users = plan.principals.filter { $0 != AccessPlan.operatorName }
        #expect(Set(compose.services.map(\.name)) == Set(users + ["kafka", "access", "apply-access", "topics"]))
    }

    @Test func everyServiceIsPinnedAndHasNoRights() {
        for service in compose.services {
            let image = service.text("image") ?? ""
            #expect(service.isOurs || image.contains(/^apache\/kafka:\d+\.\d+\.\d+$/), "\(service.name): \(image)")
            let user = service.text("user") ?? "root"
            #expect(!["root", "0", "0:0"].contains(user), "\(service.name) runs as root")
            #expect(service.list("cap_drop") == ["ALL"], "\(service.name)")
            #expect(service.list("security_opt") == ["no-new-privileges:true"], "\(service.name)")
            #expect(service.fields["privileged"] == nil && service.fields["ports"] == nil, "\(service.name)")
            // Kafka's own start script writes its configuration into the image.
            #expect(service.fields["read_only"] as? Bool == (service.name == "kafka" ? nil : true), "\(service.name)")
            let check = service.fields["healthcheck"] as? [String: Any]
            #expect((check != nil) == !service.isOnce, "\(service.name)")
        }
    }

    @Test func everyVolumeAndFileIsThere() {
        var used: Set<String> = []
        for service in compose.services {
            for volume in service.volumes {
                if volume.source.hasPrefix(".") {
                    let path = ComposeFile.folder + "/" + volume.source
                    #expect(FileManager.default.fileExists(atPath: path), "\(service.name): \(path)")
                } else {
                    used.insert(volume.source)
                }
            }
        }
        #expect(used == compose.volumes)
    }

    /// Nobody but the maker of the logins sees a login that is not his own.
    @Test func eachLoginIsInOneHand() {
        for name in plan.principals {
            let service = name == AccessPlan.operatorName ? "topics" : name
            let holders = compose.services.filter { $0.volumes.contains { $0.source == "login-\(name)" } }.map(\.name)
            #expect(Set(holders) == ["access", service])
            let place = compose[service]?.volumes.first { $0.source == "login-\(name)" }?.target
            #expect(place == "/login")
            #expect(compose[service]?.command.contains("/login/\(name).properties") == true)
            #expect(compose["access"]?.volumes.contains { $0.target == "/logins/\(name)" } == true)
        }
        let all = compose.services.filter { $0.volumes.contains { $0.source == "access" } }.map(\.name)
        #expect(Set(all) == ["access", "apply-access"])
    }

    /// The order is: Kafka and logins, users and rules, topics, parties.
    @Test func everyoneWaitsForWhatHeNeeds() {
        let done = "service_completed_successfully"
        #expect(compose["apply-access"]?.dependsOn == ["access": done, "kafka": "service_healthy"])
        #expect(compose["topics"]?.dependsOn == ["apply-access": done])
        for party in plan.principals where party != AccessPlan.operatorName {
            #expect(compose[party]?.dependsOn == ["topics": done], "\(party)")
        }
    }

    /// Each option of each command stands in the help of the built program.
    @Test func everyOptionIsInTheHelp() async throws {
        let directory = try TemporaryDirectory()
        for service in compose.services where service.isOurs && service.name != "access" {
            let words = service.command
            let program = try #require(words.first)
            let isBuilt = FileManager.default.isExecutableFile(atPath: BuiltPrograms.folder + "/" + program)
            try #require(isBuilt || program == AuditPlan.auditorName, "\(program) is not built")
            guard isBuilt else { continue }
            let subcommands = Array(words.dropFirst().prefix { !$0.hasPrefix("-") })
            let help = try await ProgramRun.of(program, subcommands + ["--help"], in: directory)
            #expect(help.code == 0, "\(service.name): \(help.errors)")
            for option in words.filter({ $0.hasPrefix("--") }) {
                #expect(help.output.contains("\(option) <"), "\(service.name): \(option)")
            }
            if let party = topology.party(named: service.name) {
                #expect(program == party.role.rawValue)
                #expect(words.firstIndex(of: "--party").map { words[$0 + 1] } == party.name)
            }
            if let scenario = words.firstIndex(of: "--scenario").map({ words[$0 + 1] }) {
                #expect(throws: Never.self) {
                    try ExchangeFiles(folder: BuiltPrograms.topologyFolder).scenarioPath(scenario)
                }
            }
        }
    }
}
