import Foundation
import ProgramTestSupport
import Testing
import Vocabulary

/// Our own facilities, answered by the kit.
@Suite(.serialized) struct FacilityTests {
    /// Visits with a name that is misspelled, which MoH takes in and C06 would refuse; all are corrected when they come back.
    private static let scenario = """
        name: misspelled
        summary: every name is misspelled, and corrected once it comes back
        seed: 5
        records: 8
        population: { persons: 100000, facilities: 1, uninsuredShare: 0.5 }
        faults: { nameMisspelled: 1.0 }
        corrections: { rate: 1.0 }
        endsWhen: settled
        assertions: [ submitted == records ]
        timeoutSeconds: 60
        """

    @Test(arguments: ShippedRoute.allCases) func ourFacilityPasses(route: ShippedRoute) async throws {
        let folder = try TemporaryDirectory()
        let scenario = try folder.write(Self.scenario, to: "misspelled.yaml")
        let tried = try await TriedParty(.facility, topology: route.path, options: ["--scenario", scenario])
        let page = folder.path + "/page.html"
        let kit = try tried.conformance("facility", ["--page", page])
        let status = await kit.exit()
        await tried.stop()
        #expect(status == 0, "\(kit.output)\(kit.errors)\(tried.errorLines)")
        #expect(kit.output.contains("9 cases, 9 passed, 0 failed, 0 not judged, 0 not applicable"), "\(kit.output)")
        let text = try String(contentsOfFile: page, encoding: .utf8)
        #expect(text.contains("facility.corrected") && text.contains("</html>"))
    }

    @Test func aFacilityThatSendsNothingIsNotJudged() async throws {
        let tried = try await TriedParty(nil, topology: ShippedRoute.april2024.path)
        let kit = try Program(
            BuiltPrograms.path("cycle"),
            ["conformance", "facility", "--bootstrap-servers", tried.bootstrapServers, "--timeout", "3"],
            in: tried.directory)
        #expect(await kit.exit() == 3)
        await tried.stop()
        #expect(kit.output.contains("9 cases, 0 passed, 0 failed, 9 not judged"), "\(kit.output)\(kit.errors)")
    }
}
