import CoreTestSupport
import ExchangeSchema
import HostMachine
import PartyCore
import Simulation
import Testing

/// Every point between two actions of every party and of the auditor, for one record of each outcome: there the party crashes, all that is
/// not committed is lost, what is on its way has arrived, half arrived or not arrived, and it starts again.
@Suite struct EveryPointTests {
    static let crashed = Outcome.allCases.flatMap { outcome in outcome.crashedRoutes.map { (outcome, $0) } }
    static let uncrashed = Outcome.allCases.flatMap { outcome in
        SmallRoute.allCases.filter { !outcome.crashedRoutes.contains($0) }.map { (outcome, $0) }
    }

    @Test(arguments: crashed)
    func everyPropertyHoldsWhereverAPartyCrashes(_ outcome: Outcome, _ route: SmallRoute) async throws {
        try await ComputingThreads.run { try everyPropertyHoldsWhereverAPartyCrashesHere(outcome, route) }
    }

    private func everyPropertyHoldsWhereverAPartyCrashesHere(_ outcome: Outcome, _ route: SmallRoute) throws {
        let simulation = SmallSimulation(outcome: outcome, route: route)
        let undisturbed = try simulation.run()
        #expect(
            SimulationProperties(
                result: undisturbed, undisturbed: undisturbed, simulation: simulation
            ).violations == [])
        let facility = undisturbed.books["facility"]?.ledger
        #expect(facility?.submitted == 1 && facility?.pending == 0)
        #expect(facility?.shared == (outcome.isShared ? 1 : 0))
        #expect(facility?.withdrawn == (outcome.isWithdrawn ? 1 : 0))
        var crashes = 0
        for name in simulation.names {
            let actions = try #require(undisturbed.node(name)?.actions)
            if name != SmallSimulation.auditor { try expectEveryKind(actions, of: name, undisturbed) }
            for action in actions.indices {
                for stranded in actions[action].strandings {
                    crashes += 1
                    let point = CrashPoint(party: name, action: action, stranded: stranded)
                    let result = try simulation.run(crash: point)
                    let party = try #require(result.node(name))
                    #expect(party.crashes == 1 && party.actions[action].kind == actions[action].kind, "\(point)")
                    let violations = SimulationProperties(
                        result: result, undisturbed: undisturbed, simulation: simulation
                    ).violations
                    #expect(
                        violations == [],
                        "\(route.rawValue), \(outcome), crash before \(actions[action].kind): \(point)")
                }
            }
        }
        #expect(undisturbed.figures["vss"]?.commands == (outcome == .heldAndReleased ? 1 : 0))
        let all = simulation.names.flatMap { undisturbed.node($0)?.actions ?? [] }
        if simulation.hasAuditor {
            let kinds = Set((undisturbed.auditor?.actions ?? []).map(\.kind))
            #expect(kinds.isSuperset(of: [.commit, .publish, .report, .finish]))
        }
        #expect(crashes == all.reduce(0) { $0 + $1.strandings.count } && crashes > all.count)
        print("\(route.rawValue), \(outcome): \(all.count) points between two actions, \(crashes) crashes")
    }

    /// Where the points are not gone through, a run with lost and late deliveries ends as it must all the same.
    @Test(arguments: uncrashed)
    func everyPropertyHoldsOfTheOtherChanges(_ outcome: Outcome, _ route: SmallRoute) throws {
        let simulation = SmallSimulation(outcome: outcome, route: route)
        let result = try simulation.run()
        #expect(
            SimulationProperties(result: result, undisturbed: result, simulation: simulation).violations == [])
        let facility = result.books["facility"]?.ledger
        #expect(facility?.submitted == 1 && facility?.pending == 0 && facility?.refused == 0)
        #expect(facility?.withdrawn == (outcome.isWithdrawn ? 1 : 0))
    }

    /// The properties are no ornament: a party that keeps a batch to itself after its commit, or a message to be sent again,
    /// is found.
    @Test(arguments: [HostAction.Kind.publish, .sendAgain], ["facility", "moh", "vss", "c06"])
    func whoForgetsToSendIsFound(_ kind: HostAction.Kind, party: String) throws {
        let simulation = SmallSimulation(outcome: .shared)
        let undisturbed = try simulation.run()
        let result = try simulation.run(guest: { $0 == party ? Forgetful(kind: kind) : nil })
        #expect(SimulationProperties(result: result, undisturbed: undisturbed, simulation: simulation).violations != [])
    }

    /// Whoever took part has points of every kind of action: of answers as many as it was given commands.
    private func expectEveryKind(
        _ actions: [SimulatedAction], of name: String, _ result: SimulationResult
    ) throws {
        let tookPart = try #require(result.journalLeaves[name]) > 0
        let hasSent = result.traffic.contains { topic in
            topic.partitions.joined().contains { $0.head.source.hasPrefix("/" + name) }
        }
        let commands = result.figures[name]?.commands ?? 0
        for kind in HostAction.Kind.allCases {
            let count = actions.count { $0.kind == kind }
            switch kind {
            case .publish, .report, .finish: #expect(count > 0, "\(name): \(kind)")
            case .commit: #expect(!tookPart || count > 0, "\(name): \(kind)")
            case .sendAgain: #expect(!hasSent || count > 0, "\(name): \(kind)")
            case .answer: #expect(count == commands, "\(name): \(kind)")
            case .say: break
            }
        }
    }
}

extension SimulationResult {
    /// A party, or the auditor.
    fileprivate func node(_ name: String) -> SimulatedParty? {
        name == SmallSimulation.auditor ? auditor : parties[name]
    }
}

/// Does not do what of one kind is to be done about chunks.
private struct Forgetful: ActionGuest {
    let kind: HostAction.Kind

    mutating func pass(_ actions: [HostAction], books: PartyBooks, now: Int64) throws -> [HostAction] {
        actions.filter { action in
            if case .publish(.checkpoint) = action { return true }
            return action.kind != kind
        }
    }
}
