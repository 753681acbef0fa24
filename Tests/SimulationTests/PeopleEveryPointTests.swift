import CoreTestSupport
import ExchangeSchema
import PartyCore
import Simulation
import Testing
import Vocabulary

/// Something happens to a person while the record is on its way, and a party crashes at any point. Whether C06's report
/// comes to MoH before the record is in the book or after it, may hang on the crash; where everything ends, may not. They
/// crash whom the change concerns: C06 and MoH, and where a book is handed over, the locality.
@Suite struct PeopleEveryPointTests {
    private static let number = SamplePeople.an.registered.citizenNumber
    private static let newNumber = CitizenNumber(number: 1_085_900_001) ?? number
    private static let day = CivilMoment(date: CivilDate(number: 2025_08_01))

    static let changes: [CivilChange] = [
        CivilChange(number, .moved(from: Province.all[0], to: Province.all[20]), day),
        CivilChange(newNumber, .reissued(former: number), day), CivilChange(number, .died, day),
        CivilChange(number, .missing, day),
    ]

    /// Under which number, and in which province, whoever reads the book's topics has the record in the end.
    private struct End: Equatable, CustomStringConvertible {
        var number: String
        var province: String
        var description: String { "\(number) in \(province)" }
    }

    private func end(_ result: SimulationResult) throws -> End {
        func messages<Message: ExchangeMessage>(_ topic: String, as type: Message.Type) throws -> [Message] {
            let partitions = result.traffic.first { $0.topic == topic }?.partitions ?? []
            return try partitions.joined().map { try Message(decoding: $0.payload) }
        }
        let entry = try #require(try messages("moh.book-entries", as: BookEntry.self).first)
        let handovers = try messages("moh.book-handovers", as: BookHandover.self)
        let last = handovers.first { $0.addressedProvince == $0.residentProvince }
        if let last, !last.formerProvince.isEmpty {
            #expect(last.formerProvince == entry.residentProvince)
            #expect(Set(handovers.map(\.addressedProvince)) == [last.residentProvince, last.formerProvince])
        }
        return End(
            number: last?.citizenNumber ?? entry.citizenNumber,
            province: last?.residentProvince ?? entry.residentProvince)
    }

    @Test(arguments: changes.indices, SmallRoute.allCases)
    func everythingEndsAlikeWhereverAPartyCrashes(index: Int, route: SmallRoute) async throws {
        try await ComputingThreads.run { try everythingEndsAlikeWhereverAPartyCrashesHere(index: index, route: route) }
    }

    private func everythingEndsAlikeWhereverAPartyCrashesHere(index: Int, route: SmallRoute) throws {
        let change = Self.changes[index]
        let simulation = SmallSimulation(outcome: .shared, route: route, change: change)
        let undisturbed = try simulation.run()
        var expected = End(number: Self.number.description, province: "01")
        if case .moved(_, let to) = change.kind { expected.province = to.code }
        if case .reissued = change.kind { expected.number = Self.newNumber.description }
        var (crashes, handedOver) = (0, 0)
        func check(_ result: SimulationResult, _ point: String) throws {
            let properties = SimulationProperties(result: result, undisturbed: undisturbed, simulation: simulation)
            #expect(properties.violationsInAnyOrder == [], "\(point)")
            #expect(try end(result) == expected, "\(point)")
            let civil = try SmallSimulation.parties.map { try #require(result.figures[$0]).civil }
            // facility, moh, vss, c06, locality
            #expect(civil[3].changes == 1 && civil[1].changes == 1 && civil[1].due.isEmpty, "\(point)")
            #expect(civil[1].handovers == civil[4].handovers, "\(point)")
            #expect(result.ledgers["facility"]?.shared == 1 && result.ledgers["locality"]?.shared == 1, "\(point)")
            if civil[1].handovers > 0 { handedOver += 1 }
        }
        try check(undisturbed, "undisturbed")
        let passesOn: Bool
        switch change.kind {
        case .moved, .reissued: passesOn = true
        case .died, .missing: passesOn = false
        }
        for name in passesOn ? ["c06", "moh", "locality"] : ["c06", "moh"] {
            let actions = try #require(undisturbed.parties[name]?.actions)
            for action in actions.indices {
                for stranded in actions[action].strandings {
                    crashes += 1
                    let point = CrashPoint(party: name, action: action, stranded: stranded)
                    try check(try simulation.run(crash: point), "\(point)")
                }
            }
        }
        print("\(route.rawValue), \(change.kind): \(crashes) crashes, \(handedOver) runs with a handover")
        #expect(crashes > 40 && (handedOver > 0) == passesOn, "both orders of report and record are among the runs")
    }
}
