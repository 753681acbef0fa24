import Composition
import ExchangeSchema
import KafkaClient
import PartyCore
import ProgramTestSupport
import Registers
import Topology
import TransparencyLog
import Vocabulary

@testable import Conformance

/// The shipped routes.
enum ShippedRoute: String, CaseIterable, Sendable {
    case april2024 = "2024-04"
    case july2026 = "2026-07"

    var path: String { BuiltPrograms.topologyFolder + "/\(rawValue).yaml" }
}

/// The kit for a role on a route, without a broker.
struct DeskOfRoute {
    let desk: CaseDesk
    let setup: PartySetup
    private let folder: TemporaryDirectory

    init(_ role: PartyRole, _ route: ShippedRoute) throws { try self.init(role, topology: route.path) }

    init(_ role: PartyRole, topology: String) throws {
        folder = try TemporaryDirectory()
        let conformance = try Conformance(
            role, name: nil, topology: topology, settings: .init(bootstrapServers: "127.0.0.1:1"))
        setup = try conformance.setup(withPeopleIn: folder.path)
        desk = CaseDesk(
            topology: setup.topology, party: try setup.party(role, given: nil), run: 1, now: 1_790_000_000_000)
    }

    var cases: [ConformanceCase] { get throws { try Conformance.cases(desk) } }

    func oracle() throws -> any PartyOracle {
        var maker = OracleMaker(topology: setup.topology, keys: SignatoryKeys())
        return try PartyCores(setup).of(desk.party, for: &maker)
    }
}
