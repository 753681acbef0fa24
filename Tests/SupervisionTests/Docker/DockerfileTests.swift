import Composition
import Foundation
import ProgramTestSupport
import Testing
import Topology
import Vocabulary

/// The Dockerfile, and the scripts that run in the containers.
@Suite struct DockerfileTests {
    private let directory: TemporaryDirectory
    private let lines: [String]
    private let plan: AccessPlan

    init() throws {
        directory = try TemporaryDirectory()
        let text = try String(contentsOfFile: ComposeFile.folder + "/Dockerfile", encoding: .utf8)
        lines = text.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
        plan = AccessPlan(try ExchangeFiles.topology(at: BuiltPrograms.topologyFolder + "/2024-04.yaml"))
    }

    private func arguments(_ instruction: String) -> [[String]] {
        lines.filter { $0.hasPrefix(instruction + " ") }.map { $0.split(separator: " ").dropFirst().map(String.init) }
    }

    @Test func imagesArePinnedAndTheProgramsRunWithoutRights() {
        let images = arguments("FROM").map { $0[0] }
        #expect(images.count == 2)
        #expect(images.allSatisfy { $0.contains(/^swift:\d+\.\d+\.\d+-bookworm(-slim)?$/) }, "\(images)")
        #expect(images.last?.hasSuffix("-slim") == true)
        #expect(arguments("USER") == [["10001:10001"]])
    }

    @Test func everythingCopiedIsThere() {
        let root = (ComposeFile.folder as NSString).deletingLastPathComponent
        for words in arguments("COPY") where !words[0].hasPrefix("--from") {
            for source in words.dropLast() {
                #expect(FileManager.default.fileExists(atPath: "\(root)/\(source)"), "COPY \(source)")
            }
        }
    }

    private func packages(ofStage stage: Int) throws -> Set<String> {
        let run = arguments("RUN").filter { $0.contains("apt-get") }[stage]
        let names = run.drop { $0 != "install" }.prefix { $0 != "&&" }.dropFirst()
        return Set(names.filter { !$0.hasPrefix("-") })
    }

    @Test func whatTheBuildNeedsIsWhatTheInstallScriptInstalls() throws {
        let root = (ComposeFile.folder as NSString).deletingLastPathComponent
        let script = try String(contentsOfFile: root + "/scripts/install", encoding: .utf8)
        let needed = script.split(separator: "\n").prefix { !$0.contains("--tests") }
            .compactMap { $0.wholeMatch(of: /need ([a-z0-9.+-]+) .*/)?.output.1 }.map(String.init)
        let installed = try packages(ofStage: 0)
        #expect(needed.count > 5 && Set(needed) == installed)
    }

    /// What the dynamic linker loads for each program comes with a package that the image installs, with one that such a
    /// package depends on, or with the base.
    @Test func theImageHasTheLibrariesThatTheProgramsLoad() async throws {
        var there = try packages(ofStage: 1).union(["libc6", "libgcc-s1", "libstdc++6"])
        let query = ["-W", "-f=${Depends}, "] + there.sorted()
        let depends = try await Program("/usr/bin/dpkg-query", query, in: directory).finish().output
        there.formUnion(depends.split(separator: ",").compactMap { $0.split(separator: " ").first.map(String.init) })
        // The programs of the image are built without doors, those of a test with them: signatures of envelopes.
        there.formUnion(["libxmlsec1", "libxmlsec1-openssl", "libxslt1.1"])
        for program in ["cycle", "broker", "auditor", "moh"] {
            let loaded = try await Program("/usr/bin/ldd", ["\(BuiltPrograms.folder)/\(program)"], in: directory)
                .finish().output
            let paths = loaded.matches(of: /=> (\/lib\/\S+|\/usr\/lib\/\S+)/).map { String($0.output.1) }
            #expect(!paths.isEmpty)
            for path in paths {
                let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().lastPathComponent
                let owner = try await Program("/usr/bin/dpkg", ["-S", "*/" + real], in: directory).finish()
                    .output
                let package = owner.prefix { $0 != ":" }
                #expect(there.contains(String(package)), "\(program) loads \(path) of \(package)")
            }
        }
    }

    @Test func allProgramsAreInstalledAndEveryLoginHasItsPlace() throws {
        let list = try #require(lines.joined(separator: " ").firstMatch(of: /for program in ([a-z0-9 ]+);/)).output.1
        let roles = PartyRole.allCases.map(\.rawValue)
        #expect(Set(list.split(separator: " ").map(String.init)) == Set(["cycle", "broker", "auditor"] + roles))
        let text = lines.joined(separator: " ")
        for name in plan.principals {
            #expect(text.contains("/logins/\(name) ") || text.contains("/logins/\(name)"), "\(name)")
        }
    }

    /// The script of the first container, run with other folders: logins for all, each in its own volume.
    @Test func theLoginsAreMadeAndHandedOut() async throws {
        let run = try await makeLogins()
        #expect(run.code == 0, "\(run.errors)")
        for name in plan.principals {
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/logins/\(name)")
            #expect(files == ["\(name).properties"])
            let mode = try FileManager.default
                .attributesOfItem(atPath: "\(directory.path)/logins/\(name)/\(name).properties")[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
        let first = try String(contentsOfFile: directory.path + "/access/users", encoding: .utf8)
        #expect(try await makeLogins().code == 0)
        #expect(try String(contentsOfFile: directory.path + "/access/users", encoding: .utf8) == first)
    }

    /// The script of the second container, run with tools that only note how they were called.
    @Test func usersAndRulesGoToKafkasTools() async throws {
        #expect(try await makeLogins().code == 0)
        for tool in ["kafka-configs.sh", "kafka-acls.sh"] {
            let text = try directory.write(
                "#!/bin/sh\nprintf '%s\\n' \"\(tool) $*\" >> \(directory.path)/calls\n", to: tool + ".txt")
            // Another program makes the one that will be run. Where this process had it open for writing, a child that
            // some other test starts in that moment would inherit the descriptor, and Linux runs no file that is so held.
            let copy = try Program("/usr/bin/install", ["-m", "755", text, "\(directory.path)/\(tool)"], in: directory)
            #expect(await copy.finish().code == 0)
        }
        let script = try script("apply-access")
        let run = try await Program("/bin/bash", ["-c", script], in: directory).finish()
        #expect(run.code == 0, "\(run.errors)")
        #expect(!run.output.contains("password"))
        let calls = try String(contentsOfFile: directory.path + "/calls", encoding: .utf8).split(separator: "\n")
        let commands = plan.kafkaCommands(tool: "kafka-acls.sh --bootstrap-server 127.0.0.1:9094")
        #expect(calls.filter { $0.hasPrefix("kafka-acls.sh") }.map(String.init) == commands)
        let users = calls.filter { $0.contains("--entity-type users") }
        #expect(users.map { $0.split(separator: " ").last.map(String.init) } == plan.principals)
    }

    @Test func aPartyIsHealthyWhileItWritesItsStatus() async throws {
        let check = [ComposeFile.folder + "/is-alive", directory.path]
        #expect(try await Program("/bin/sh", check, in: directory).finish().code != 0)
        let status = try directory.write("{}", to: "status.json")
        #expect(try await Program("/bin/sh", check, in: directory).finish().code == 0)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -20)], ofItemAtPath: status)
        #expect(try await Program("/bin/sh", check, in: directory).finish().code != 0)
    }

    private func script(_ name: String) throws -> String {
        try String(contentsOfFile: "\(ComposeFile.folder)/\(name)", encoding: .utf8)
            .replacingOccurrences(of: "/access/", with: directory.path + "/access/")
            .replacingOccurrences(of: "/logins/$name", with: directory.path + "/logins/$name")
            .replacingOccurrences(of: "/opt/kafka/bin", with: directory.path)
    }

    private func makeLogins() async throws -> ProgramRun {
        for folder in ["access"] + plan.principals.map({ "logins/" + $0 }) {
            try FileManager.default.createDirectory(
                atPath: "\(directory.path)/\(folder)", withIntermediateDirectories: true)
        }
        let script = "PATH=\(BuiltPrograms.folder):$PATH\n" + (try script("make-logins"))
        return try await Program(
            "/bin/sh", ["-c", script, "make-logins", BuiltPrograms.topologyFolder + "/2024-04.yaml"], in: directory
        ).finish()
    }
}
