import Foundation
import Testing

@testable import EmbeddedBroker

/// The program as a user or the orchestrator runs it.
@Suite(.timeLimit(.minutes(1))) struct BrokerProgramTests {
    @Test func itSaysWhenItIsReadyAndStopsWhenAsked() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/ready"
        let child = try BrokerProgram.start(["--data", directory.data, "--port", "0", "--ready-file", file])
        let line = await child.firstOutput()
        let address = try String(contentsOfFile: file, encoding: .utf8)
        #expect(line == "broker ready on \(address)")
        child.send(SIGTERM)
        #expect(await child.wait().status == 0)
    }

    @Test func itStopsWithItsParent() async throws {
        let directory = try TemporaryDirectory()
        let (child, _) = try await BrokerProgram.ready(directory.data, ["--stop-with-parent"])
        try child.inputPipe.fileHandleForWriting.close()
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

    @Test func wrongUsageHasItsOwnCode() async throws {
        #expect(try await BrokerProgram.start(["--port", "0"]).wait().status == 64)
        #expect(try await BrokerProgram.start(["--data", "x", "--durability", "perhaps"]).wait().status == 64)
    }
}
