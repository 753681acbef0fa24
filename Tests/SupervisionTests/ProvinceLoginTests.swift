import Composition
import Foundation
import ProgramTestSupport
import Supervision
import Testing
import Vocabulary

/// Two provinces and the National Health Data Centre at a broker with logins: each is sent its own residents, and may not
/// read what another is sent.
@Suite struct ProvinceLoginTests {
    private static func topology(in directory: TemporaryDirectory) throws -> String {
        let text = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/2024-04.yaml", encoding: .utf8)
        let one = "  - { name: locality, role: locality, instances: 1, title: Provinces }"
        let parties = """
              - { name: locality-01, role: locality, provinces: ["01"] }
              - { name: locality-79, role: locality, provinces: ["79", "75"] }
              - { name: national, role: locality, provinces: all }
            """
        try #require(text.contains(one) && text.contains("readers: [locality]"))
        return try directory.write(
            text.replacing(one, with: parties)
                .replacing("readers: [locality]", with: "readers: [locality-01, locality-79, national]"),
            to: "provinces.yaml")
    }

    @Test func noLoginReadsAnotherProvince() async throws {
        let directory = try TemporaryDirectory()
        let layout = ExchangeLayout(directory.path + "/data")
        let topology = try Self.topology(in: directory)
        let everyday = try String(
            contentsOfFile: BuiltPrograms.topologyFolder + "/scenarios/everyday.yaml", encoding: .utf8)
        let scenario = try directory.write(
            everyday.replacing("records: 5000", with: "records: 300"), to: "everyday.yaml")
        let program = try ProgramRun.start(
            "cycle",
            [
                "up", "--scenario", scenario, "--secure", "--data", layout.directory,
                "--topology",
                topology,
            ], in: directory)
        _ = try await program.brokerAddress()
        // Waits for the first message where nothing has come yet.
        func tail(_ topic: String, as user: String) async throws -> (code: Int32, output: String, errors: String) {
            let found = try await ProgramRun.of(
                "cycle",
                [
                    "tail", topic, "--data", layout.directory, "--from-beginning", "--follow", "--count", "1",
                    "--purpose", "a test", "--kafka-config", "\(layout.securityDirectory)/\(user).properties",
                ], in: directory)
            return (found.code, found.output, found.errors)
        }
        // Each reads its own.
        #expect(try await tail("moh.book-entries.01", as: "locality-01").output.contains("exchange.v1.BookEntry"))
        #expect(try await tail("moh.book-entries.79", as: "locality-79").output.contains("exchange.v1.BookEntry"))
        #expect(try await tail("moh.book-entries.01", as: "national").output.contains("exchange.v1.BookEntry"))
        for (user, topic) in [
            ("locality-01", "moh.book-entries.79"), ("locality-79", "moh.book-entries.01"),
            ("locality-79", "moh.book-entries.48"), ("facility", "moh.book-entries.01"),
            ("facility", "moh.book-entries.79"),
            ("locality-01", "moh.answers"),
        ] {
            let refused = try await tail(topic, as: user)
            #expect(refused.code == 2 && refused.output == "", "\(user) \(topic): \(refused.output)")
            #expect(refused.errors.hasPrefix("cycle tail: the broker does not let \(user) read topic \(topic); "))
        }
        let down = try await ProgramRun.of("cycle", ["down", "--data", layout.directory], in: directory)
        #expect(down.output == "stopped\n")
        #expect(await program.finish().code == 0)
        let verified = try await ProgramRun.of("cycle", ["audit", "verify", layout.directory], in: directory)
        #expect(verified.output.hasSuffix("all evidence holds\n"), "\(verified.output)")
        for hop in ["bookEntry to locality-01: ", "bookEntry to locality-79: ", "bookEntry to national: "] {
            #expect(verified.output.contains(hop), "\(verified.output)")
        }
    }
}
