import CoreTestSupport
import ExchangeSchema
import HealthBook
import HostMachine
import PartyCore
import Simulation
import Testing

/// Books are opened before a visit, while it is on its way and after it, and MoH crashes at any point: the book is as
/// without a crash, and nobody is enrolled twice.
@Suite struct EnrolmentEveryPointTests {
    private static let person: BookEnrolment = {
        var person = BookEnrolment()
        person.citizenNumber = SamplePeople.an.registered.citizenNumber.description
        person.fullName = SamplePeople.an.registered.fullName
        person.birthDate = SamplePeople.an.registered.birthDate.description
        person.residentProvince = "01"
        person.socialInsuranceNumber = SamplePeople.an.insured.socialInsuranceNumber.description
        return person
    }()

    /// When a list comes, by MoH's ledger.
    private static let moments: [@Sendable (Ledger) -> Bool] = [
        { _ in true }, { $0.pending == 1 }, { $0.shared == 1 },
    ]

    private static var commands: [SimulatedCommand] {
        moments.enumerated().map { place, isDue in
            var request = EnrolPeople()
            request.people = [person]
            request.count.province = "01"
            (request.count.residents, request.count.withBook) = (2, 1)
            let identity = MessageIdentifier(RecordIdentifier(high: 1 << 60, low: UInt64(place)))
            return SimulatedCommand(
                party: "moh",
                command: PartyCommand(.enrolPeople, identity: identity, caller: 0, payload: request.encoded)
            ) { isDue($0["moh"] ?? Ledger()) }
        }
    }

    @Test(arguments: SmallRoute.allCases)
    func theBookIsTheSameWhereverMoHCrashes(route: SmallRoute) async throws {
        try await ComputingThreads.run { try theBookIsTheSameWhereverMoHCrashesHere(route: route) }
    }

    private func theBookIsTheSameWhereverMoHCrashesHere(route: SmallRoute) throws {
        let simulation = SmallSimulation(outcome: .shared, route: route, commands: Self.commands)
        let undisturbed = try simulation.run()
        func check(_ result: SimulationResult, _ point: String) throws {
            let properties = SimulationProperties(result: result, undisturbed: undisturbed, simulation: simulation)
            #expect(properties.violationsInAnyOrder == [], "\(point)")
            let tables = try #require(result.parties["moh"]?.tables)
            let books = try #require(tables.readModel as? HealthBooks)
            let book = try #require(try books.book(of: SamplePeople.an.registered.citizenNumber), "\(point)")
            #expect(book.enrolment?.person == Self.person && book.records == [.sample(7)], "\(point)")
            #expect(books.items(of: SamplePeople.an.registered.citizenNumber.number).count == 2, "\(point)")
            let coverage = tables.books.figures.coverage.provinces
            #expect(coverage.mapValues { [$0.residents, $0.withBook] } == ["01": [2, 1]], "\(point)")
        }
        try check(undisturbed, "undisturbed")
        var crashes = 0
        let actions = try #require(undisturbed.parties["moh"]?.actions)
        for action in actions.indices {
            for stranded in actions[action].strandings {
                crashes += 1
                let point = CrashPoint(party: "moh", action: action, stranded: stranded)
                try check(try simulation.run(crash: point), "\(point)")
            }
        }
        print("\(route.rawValue), books opened: \(crashes) crashes")
        #expect(crashes > 20 && actions.contains { $0.kind == .answer })
    }
}
