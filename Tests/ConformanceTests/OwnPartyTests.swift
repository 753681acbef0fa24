import Foundation
import ProgramTestSupport
import Testing
import Vocabulary

@testable import Conformance

/// Our own programs, each alone with the kit: they pass everything that can be judged.
@Suite(.serialized) struct OwnPartyTests {
    @Test(arguments: [PartyRole.vss, .moh, .c06, .locality], ShippedRoute.allCases)
    func ourPartyPasses(role: PartyRole, route: ShippedRoute) async throws {
        let tried = try await TriedParty(role, topology: route.path)
        let junit = tried.directory.path + "/report.xml"
        let kit = try tried.conformance(role.rawValue, ["--junit", junit])
        let status = await kit.exit()
        await tried.stop()
        #expect(status == 0, "\(kit.output)\(kit.errors)")
        let cases = try Conformance.cases(DeskOfRoute(role, route).desk)
        for one in cases where one.obstacle == nil {
            #expect(kit.output.contains("pass  \(one.name)  "), "\(one.name)\n\(kit.output)")
        }
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(
            xml.contains("failures=\"0\" errors=\"0\"") && xml.contains("conformance.\(role)"), "\(xml.prefix(300))")
        #expect(tried.errorLines == [])
    }
}
