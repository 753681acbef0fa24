import Foundation
import GRDB
import Journal
import Judgement
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing
import TransparencyLog

/// Checkpoints of real processes, published, cosigned, and shown twice.
@Suite struct WitnessTests {
    private static func verify(
        _ directory: TemporaryDirectory, _ arguments: [String] = []
    ) async throws -> (code: Int32, output: String) {
        let program = try Program(
            BuiltPrograms.path("cycle"), ["audit", "verify", directory.data] + arguments, in: directory.path)
        let code = await program.exit(within: .seconds(60))
        return (code, program.output + program.errors)
    }

    @Test func aPartyWithTwoHistoriesIsCaughtByAllOthers() async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("two-histories", in: directory, ["--records", "500"]).finish()
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            try run.expectExact()
            let views = try run.report.splitViews
            #expect(
                views.map(\.party) == ["vss"]
                    && views.first?.caughtBy == ["auditor", "c06", "facility", "locality", "moh"])
            #expect(run.output.contains("CAUGHT  vss was caught by auditor, c06, facility, locality, moh: "))
            let verified = try await Self.verify(directory)
            #expect(verified.code == 1 && verified.output.contains("splitView: vss: "), "\(verified.output)")
            #expect(verified.output.contains("NOT all evidence holds: 1 findings"), "\(verified.output)")
            for party in ["auditor", "c06", "facility", "locality", "moh", "vss"] {
                let queue = try DatabaseQueue(path: "\(directory.data)/\(party)/party.sqlite")
                try await queue.write { try $0.execute(sql: "DELETE FROM split_view") }
                try queue.close()
            }
            let deleted = try await Self.verify(directory)
            #expect(
                deleted.code == 1
                    && deleted.output.contains(
                        "noticed by auditor, c06, facility, locality, moh; it was deleted from the databases of auditor, "
                            + "c06, facility, locality, moh"),
                "\(deleted.output)")
            #expect(deleted.output.contains("NOT all evidence holds: 1 findings"), "\(deleted.output)")
            let status = try Program(
                BuiltPrograms.path("cycle"), ["status", "--data", directory.data], in: directory.path)
            #expect(await status.exit(within: .seconds(30)) == 0)
            #expect(status.output.contains("TWO HISTORIES: closed-cycle/") && status.output.contains("/vss shows"))
        }
    }

    @Test func aKilledWitnessComesBackAndEveryLastCheckpointIsCosigned() async throws {
        try await ExchangeSlots.run { directory in
            let scenario = TestScenario.everything(records: 900, seed: 11, recordsPerSecond: 300)
            let run = try CycleRun.start(try scenario.write(in: directory), in: directory)
            for (count, victim) in [(200, "c06"), (400, "moh"), (600, "broker")] {
                try await run.until("\(count) are shared") { (run.status("locality")?.ledger.shared ?? 0) >= count }
                try await run.disturb(victim, SIGKILL)
            }
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
            try finished.expectExact()
            let verified = try await Self.verify(directory)
            #expect(verified.code == 0, "\(verified.output)")
            // The auditor is the fifth.
            let cosigned = verified.output.matches(of: /cosigned by 5 of 5 others\n/).count
            #expect(cosigned == 5, "\(verified.output)")
            #expect(verified.output.contains(/auditor: .* cosigned by 5 of 5 others up to leaf/), "\(verified.output)")
            // All but what it saw of the last cosignatures, for which alone it does not sign again.
            let covered = verified.output.firstMatch(of: /auditor: (\d+) leaves.* up to leaf (\d+)/)
            let (all, last) = (Int64(covered?.output.1 ?? "") ?? .max, Int64(covered?.output.2 ?? "") ?? 0)
            #expect(all - last < 100, "\(verified.output)")
            for party in finished.layout.parties {
                let data = try Data(
                    contentsOf: URL(fileURLWithPath: finished.layout.evidenceDirectory + "/\(party).checkpoint"))
                #expect(try SignedNote(Array(data)).signatures.count == 6, "\(party)")
            }
        }
    }

    @Test func aRotatedKeyGoesOnAndARetiredOneIsNamed() async throws {
        try await ExchangeSlots.run { directory in
            let scenario = TestScenario.everything(records: 120, seed: 12, recordsPerSecond: 400)
            let path = try scenario.write(in: directory)
            func start() async throws -> CycleRun {
                let run = try await CycleRun.up(in: directory, ["--scenario", path])
                try await run.until("all is cosigned") {
                    run.layout.parties.allSatisfy { party in
                        guard let status = run.status(party), let witness = status.witness else { return false }
                        return run.process(party) == status.process && status.ledger.pending == 0
                            && status.journalLeaves > 0
                            && witness.covers(status.journalLeaves, of: run.layout.parties)
                    } && (run.status("facility")?.ledger.submitted ?? 0) == 120
                }
                return run
            }
            let first = try await start()
            let secret = try String(
                contentsOfFile: JournalKey.secretPath(first.layout.partyDirectory("vss")), encoding: .utf8)
            let refused = try await Self.rotate("vss", directory)
            #expect(refused.code == 2 && refused.errors.contains("is in use"))
            #expect(refused.errors.split(separator: "\n").count == 1)
            _ = await first.program.stop(SIGINT)
            let unknown = try await Self.rotate("nobody", directory)
            #expect(unknown.code == 2 && unknown.errors.contains("there is no party nobody"))
            let rotated = try await Self.rotate("vss", directory)
            #expect(rotated.code == 0 && rotated.output.contains("changes the key"), "\(rotated.errors)")
            #expect(try await Self.verify(directory).code == 0)

            let second = try await start()
            _ = await second.program.stop(SIGINT)
            let verified = try await Self.verify(directory)
            #expect(verified.code == 0, "\(verified.output)")
            try Self.forge(with: secret, second.layout)
            let forged = try await Self.verify(directory)
            #expect(forged.code == 1 && forged.output.contains("badCheckpoint: vss: "), "\(forged.output)")
            #expect(forged.output.contains("leaves is signed with a key retired at "), "\(forged.output)")
        }
    }

    private static func rotate(
        _ party: String, _ directory: TemporaryDirectory
    ) async throws -> (code: Int32, output: String, errors: String) {
        let program = try Program(
            BuiltPrograms.path("cycle"), ["audit", "rotate-key", party, "--data", directory.data], in: directory.path)
        let code = await program.exit(within: .seconds(30))
        return (code, program.output, program.errors)
    }

    /// The published checkpoint, one leaf longer, signed with a key that is retired.
    private static func forge(with secret: String, _ layout: ExchangeLayout) throws {
        let path = layout.evidenceDirectory + "/vss.checkpoint"
        let note = try SignedNote(Array(Data(contentsOf: URL(fileURLWithPath: path))))
        let checkpoint = try Checkpoint(text: note.text)
        let forged = try Checkpoint(
            origin: checkpoint.origin, size: checkpoint.size + 100, root: checkpoint.root
        ).signed(by: [SignerKey(String(secret.dropLast()))])
        try Data(forged.bytes).write(to: URL(fileURLWithPath: path))
    }
}
