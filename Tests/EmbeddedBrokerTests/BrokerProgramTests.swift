import Foundation
import Testing

@testable import EmbeddedBroker

/// The program as a user or the orchestrator runs it.
@Suite(.timeLimit(.minutes(10))) struct BrokerProgramTests {
    @Test func itSaysWhenItIsReadyAndStopsWhenAsked() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/ready"
        let child = try BrokerProgram.start(["--data", directory.data, "--port", "0", "--ready-file", file])
        let line = await child.firstLine()
        let address = try String(contentsOfFile: file, encoding: .utf8)
        #expect(line == "broker ready on \(address)")
        child.send(SIGTERM)
        #expect(await child.wait().status == 0)
    }

    @Test func itStopsWithItsParent() async throws {
        let directory = try TemporaryDirectory()
        let (child, _) = try await BrokerProgram.ready(directory.data, ["--stop-with-parent"])
        try child.input.close()
        #expect(await child.wait().status == 0)
    }

    @Test func aPortInUseIsNamed() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let other = try TemporaryDirectory()
            let end = try await BrokerProgram.start(["--data", other.data, "--port", "\(broker.port)"]).wait()
            #expect(end.status == 2)
            #expect(end.errors.contains("port \(broker.port) on 127.0.0.1 is in use"), "\(end.errors)")
        }
    }

    @Test func aDirectoryInUseIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { _ in
            let end = try await BrokerProgram.start(["--data", directory.data, "--port", "0"]).wait()
            #expect(end.status == 2)
            #expect(end.errors.contains("in use by another broker"), "\(end.errors)")
        }
    }

    @Test(arguments: [("format", "closed-cycle-broker 9\nx\n", "another version"), ("mine.txt", "", "not empty")])
    func aDirectoryThatIsNotOursIsRefused(file: String, text: String, expected: String) async throws {
        let directory = try TemporaryDirectory()
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory.path + "/" + file))
        let end = try await BrokerProgram.start(["--data", directory.path, "--port", "0"]).wait()
        #expect(end.status == 2)
        #expect(end.errors.contains(expected), "\(end.errors)")
    }

    @Test func optionsMayStandInAFile() async throws {
        let directory = try TemporaryDirectory()
        let (file, ready) = (directory.path + "/options", directory.path + "/ready")
        let text = "# an example\nport = 1\nready-file=\(ready)\nauto-create-topics\nmax-topics = 3\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let (child, port) = try await BrokerProgram.ready(directory.data, ["--config", file])
        #expect(port > 1, "the command line comes first")
        #expect(try String(contentsOfFile: ready, encoding: .utf8) == "127.0.0.1:\(port)\n")
        child.send(SIGTERM)
        #expect(await child.wait().status == 0)
        #expect(try await BrokerProgram.start(["--config", directory.path + "/none"]).wait().status == 64)
    }

    @Test func anonymousRemoteClientsAreNotLetInUnasked() async throws {
        let directory = try TemporaryDirectory()
        let end = try await BrokerProgram.start(["--data", directory.data, "--port", "0", "--host", "0.0.0.0"]).wait()
        #expect(end.status == 2)
        #expect(end.errors.contains("give a users file"), "\(end.errors)")
    }

    @Test func usersAreAddedWithAPasswordFromStandardInput() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/users"
        let child = try BrokerProgram.start(["--users", file, "--add-user", "someone"])
        child.input.write(Data("a secret\n".utf8))
        #expect(await child.wait().status == 0)
        #expect(try UserDirectory(path: file).credentials["someone"]?.matches("a secret") == true)
    }

    @Test func wrongUsageHasItsOwnCode() async throws {
        #expect(try await BrokerProgram.start(["--port", "0"]).wait().status == 64)
        #expect(try await BrokerProgram.start(["--data", "x", "--durability", "perhaps"]).wait().status == 64)
    }
}
