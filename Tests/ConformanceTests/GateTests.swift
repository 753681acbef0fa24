import Foundation
import ProgramTestSupport
import Testing
import Vocabulary

@testable import Conformance

/// C06 behind an agreement that not all have signed.
@Suite struct GateTests {
    @Test func ourC06HoldsAndLetsGo() async throws {
        let folder = try TemporaryDirectory()
        let topology = try folder.write(TestTopology.withoutSignature(of: "vss"), to: "unsigned.yaml")
        let tried = try await TriedParty(.c06, topology: topology, options: ["--scenario", "april-2024"])
        let kit = try tried.conformance("c06")
        let status = await kit.exit()
        let again = try tried.conformance("c06")
        let second = await again.exit()
        let allowed = try tried.conformance("c06", ["--allow-unjudged", "c06.gate"])
        let third = await allowed.exit()
        await tried.stop()
        #expect(status == 0 && kit.output.contains("pass  c06.gate  "), "\(kit.output)\(kit.errors)")
        #expect(kit.output.contains("0 failed, 0 not judged, 0 not applicable"), "\(kit.output)")
        #expect(second == 3 && again.output.contains("signed by all on this broker before"), "\(again.output)")
        #expect(third == 0 && allowed.output.contains("0 failed, 1 not judged"), "\(allowed.output)\(allowed.errors)")
    }

    @Test func nothingIsJudgedWhereC06ItselfHasNotSigned() async throws {
        let folder = try TemporaryDirectory()
        let topology = try folder.write(TestTopology.withoutSignature(of: "c06"), to: "unsigned.yaml")
        let tried = try await TriedParty(nil, topology: topology)
        let kit = try tried.conformance("c06")
        #expect(await kit.exit() == 3)
        await tried.stop()
        #expect(kit.output.contains("0 passed, 0 failed"), "\(kit.output)\(kit.errors)")
        #expect(kit.output.contains("c06 itself has not signed"), "\(kit.output)")
    }

    /// A party that does not answer at all: the kit ends in its time, and everything that needs an answer has failed.
    @Test func aSilentPartyFailsInBoundedTime() async throws {
        let tried = try await TriedParty(nil, topology: ShippedRoute.april2024.path)
        let begin = ContinuousClock.now
        let kit = try tried.conformance("vss", ["--patience", "1"])
        #expect(await kit.exit() == 1, "\(kit.output)\(kit.errors)")
        #expect(begin.duration(to: .now) < .seconds(60))
        await tried.stop()
        #expect(kit.output.contains("FAIL  vss.covered"), "\(kit.output)")
        #expect(kit.output.contains("answer: expected exchange.v1.Assessment on vss.assessments, found none"))
    }

    @Test func casesAreListed() async throws {
        let folder = try TemporaryDirectory()
        let list = try Program(BuiltPrograms.path("cycle"), ["conformance", "moh", "--list"], in: folder)
        #expect(await list.exit() == 0, "\(list.errors)")
        for one in try Conformance.cases(DeskOfRoute(.moh, .april2024).desk) {
            #expect(list.output.contains("\(one.name)  \(one.sentence)\n      by \(one.source)"))
        }
    }

    @Test func whatCannotBeTriedEndsWithTwo() async throws {
        let folder = try TemporaryDirectory()
        let nowhere = try Program(
            BuiltPrograms.path("cycle"),
            ["conformance", "vss", "--bootstrap-servers", "127.0.0.1:1", "--startup-timeout", "1"], in: folder)
        #expect(await nowhere.exit() == 2)
        #expect(nowhere.errors.contains("cycle conformance: no broker at 127.0.0.1:1"), "\(nowhere.errors)")
        let nothing = try Program(BuiltPrograms.path("cycle"), ["conformance", "vss"], in: folder)
        #expect(await nothing.exit() == 64)
        let other = try Program(
            BuiltPrograms.path("cycle"), ["conformance", "vss", "--list", "--allow-unjudged", "vss.none"], in: folder)
        #expect(await other.exit() == 64)
        #expect(other.errors.contains("there is no such case"), "\(other.errors)")
        let people = try Program(
            BuiltPrograms.path("cycle"), ["conformance", "vss", "--people", folder.path + "/people.csv"], in: folder)
        #expect(await people.exit() == 0, "\(people.errors)")
        let check = try Program(
            BuiltPrograms.path("cycle"), ["people", "check", folder.path + "/people.csv"], in: folder)
        #expect(await check.exit() == 0, "\(check.output)")
    }
}
