import Composition
import ExchangeSchema
import Foundation
import KafkaClient
import ProgramTestSupport
import Registers
import Testing
import Vocabulary

@testable import Conformance

/// A broker with one of our own programs on it and nobody else, for the kit to try.
final class TriedParty: Sendable {
    let directory: TemporaryDirectory
    let bootstrapServers: String
    let topology: String
    private let broker: Program
    private let party: Program?

    /// Starts both.
    /// - Parameters:
    ///   - role: Whose program; nil for the broker alone.
    ///   - topology: Path of the topology.
    init(_ role: PartyRole?, topology: String, options: [String] = []) async throws {
        directory = try TemporaryDirectory()
        self.topology = topology
        let ready = directory.path + "/broker.ready"
        let broker = try Program(
            BuiltPrograms.path("broker"),
            ["--data", directory.path + "/broker", "--port", "0", "--ready-file", ready, "--stop-with-parent"],
            in: directory.path)
        self.broker = broker
        bootstrapServers = try await FileWatch.value(
            "the broker is ready", in: directory.path, within: .seconds(30), of: [broker]
        ) { try? String(contentsOfFile: ready, encoding: .utf8) }.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let role else {
            party = nil
            return
        }
        let people = try directory.write(ConformancePeople.csv, to: "people.csv")
        let registers = directory.path + "/registers"
        _ = try PeopleImport.run(people, into: RegisterFiles(directory: registers))
        let knowsPeople = role == .vss || role == .c06
        party = try Program(
            BuiltPrograms.path(role.rawValue),
            [
                "--topology", topology, "--bootstrap-servers", bootstrapServers, "--data",
                directory.path + "/party", "--startup-timeout", "30", "--stop-with-parent",
            ] + (knowsPeople ? ["--registers", registers, "--only-these-people"] : []) + options,
            in: directory.path)
    }

    /// Runs the kit as a person does.
    func conformance(_ subject: String, _ options: [String] = []) throws -> Program {
        try Program(
            BuiltPrograms.path("cycle"),
            [
                "conformance", subject, "--bootstrap-servers", bootstrapServers, "--topology", topology,
                "--timeout", "100",
            ] + options, in: directory.path)
    }

    /// Lines at `error` in the party's log.
    var errorLines: [String] {
        (party?.errors ?? "").split(separator: "\n").map(String.init).filter { $0.contains(" error ") }
    }

    /// Ends both.
    func stop() async {
        _ = await party?.stop()
        _ = await broker.stop()
    }
}
