import Foundation
import ProgramTestSupport
import Testing

/// Wrong usage and bad surroundings, as the user of the built programs meets them.
@Suite struct ProgramErrorTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func cycle(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.of("cycle", arguments, in: directory)
    }

    @Test(arguments: [
        ["cycle", "run"], ["cycle", "run", "clean", "--records", "0"], ["cycle", "run", "clean", "--what"],
        ["cycle", "run", "clean", "--bootstrap-servers", "nohost"], ["cycle", "up", "--port", "70000"],
        ["moh", "--data", "x"], ["moh", "--data", "x", "--bootstrap-servers", "h:0"],
        ["facility", "submit"], ["facility", "export", "--scenario", "clean", "--records", "0", "-o", "x"],
    ])
    func wrongUsageEndsWithSixtyFour(words: [String]) async throws {
        let run = try await ProgramRun.of(words[0], Array(words.dropFirst()), in: directory)
        #expect(run.code == 64)
        #expect(run.errors.contains("Usage:"))
    }

    @Test func wrongScenarioFileIsRefusedWithLines() async throws {
        let path = try directory.write("name: x\nrecords: many\n", to: "s.yaml")
        let run = try await cycle("run", path)
        #expect(run.code == 2)
        #expect(run.errors.contains("s.yaml:2:"))
    }

    @Test func unreachableBrokerEndsTheRunAfterTheTimeout() async throws {
        let start = ContinuousClock.now
        let run = try await cycle("run", "clean", "--bootstrap-servers", "127.0.0.1:1", "--startup-timeout", "1.5")
        #expect(run.code == 2)
        #expect(run.errors.contains("waiting for the broker at 127.0.0.1:1"))
        #expect(run.errors.contains("no broker at 127.0.0.1:1 within 1.5 s"))
        #expect(ContinuousClock.now - start >= .milliseconds(1_500))
    }

    @Test func partyWithoutBrokerEndsAfterTheTimeout() async throws {
        let run = try await ProgramRun.of(
            "moh", ["--data", "m", "--bootstrap-servers", "127.0.0.1:1", "--startup-timeout", "1"], in: directory)
        #expect(run.code == 2)
        #expect(run.errors.contains("no broker at 127.0.0.1:1"))
    }

    @Test func facilityWithoutItsScenarioSaysSo() async throws {
        let run = try await ProgramRun.of(
            "facility", ["--data", "f", "--bootstrap-servers", "127.0.0.1:1"], in: directory)
        #expect(run.code == 2)
        #expect(run.errors.contains("facility needs --scenario"))
    }

    @Test(arguments: ["vss", "c06"]) func aRegisterNeedsNoScenario(party: String) async throws {
        let run = try await ProgramRun.of(
            party, ["--data", party, "--bootstrap-servers", "127.0.0.1:1", "--startup-timeout", "1"], in: directory)
        #expect(run.code == 2)
        // It knows the people of the scenario `clean`, so all it asks for is the broker.
        #expect(run.errors.contains("no broker at 127.0.0.1:1"))
    }

    @Test func portInUseIsNamed() async throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length)
                listen(socket, 1)
                getsockname(socket, pointer, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        let run = try await cycle("up", "--data", "u", "--port", String(port))
        #expect(run.code == 2)
        #expect(run.errors.contains("port \(port)"))
    }

    @Test func statusOfNothingSaysWhatToDo() async throws {
        let run = try await cycle("status", "--data", "nothing")
        #expect(run.code == 2)
        #expect(run.errors.contains("cycle up"))
    }
}
