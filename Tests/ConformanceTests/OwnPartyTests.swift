import Foundation
import ProgramTestSupport
import Testing
import Vocabulary

@testable import Conformance

/// Our own programs, each alone with the kit: every case that is applicable is judged, and passed. C06 waits behind an agreement
/// that VSS has not signed, the locality shows its warehouse.
@Suite(.serialized) struct OwnPartyTests {
    @Test(arguments: [PartyRole.vss, .moh, .c06, .locality], ShippedRoute.allCases)
    func ourPartyPasses(role: PartyRole, route: ShippedRoute) async throws {
        let folder = try TemporaryDirectory()
        let topology =
            role == .c06 ? try folder.write(TestTopology.withoutSignature(of: "vss", route), to: "t.yaml") : nil
        let tried = try await TriedParty(
            role, topology: topology ?? route.path,
            // What the scenario says of signatures goes before what the topology says.
            options: role == .c06 ? ["--scenario", "april-2024"] : [])
        let junit = tried.directory.path + "/report.xml"
        let warehouse = role == .locality ? ["--warehouse", tried.directory.path + "/party/warehouse.sqlite"] : []
        if let file = warehouse.last {
            try await FileWatch.until("the locality has its warehouse", in: tried.directory.path + "/party") {
                FileManager.default.fileExists(atPath: file)
            }
        }
        let kit = try tried.conformance(role.rawValue, ["--junit", junit] + warehouse)
        let status = await kit.exit()
        await tried.stop()
        #expect(status == 0, "\(kit.output)\(kit.errors)")
        let cases = try Conformance.cases(DeskOfRoute(role, route).desk)
        for name in cases.map(\.name) + (role == .c06 ? ["c06.gate"] : []) {
            #expect(kit.output.contains("pass  \(name)  "), "\(name)\n\(kit.output)")
        }
        #expect(kit.output.contains("0 failed, 0 not judged, 0 not applicable"), "\(kit.output)")
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(
            xml.contains("failures=\"0\" errors=\"0\" skipped=\"0\"") && xml.contains("conformance.\(role)"),
            "\(xml.prefix(300))")
        #expect(tried.errorLines == [])
    }
}
