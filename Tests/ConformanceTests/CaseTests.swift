import ExchangeSchema
import PartyCore
import Testing
import Topology
import Vocabulary

@testable import Conformance

/// Every case of the kit, held against our own cores: it means what it says.
@Suite struct CaseTests {
    static let roles: [PartyRole] = [.vss, .c06, .moh, .locality]

    @Test(arguments: roles, ShippedRoute.allCases)
    func everyCaseMeansWhatItSays(role: PartyRole, route: ShippedRoute) throws {
        let rig = try DeskOfRoute(role, route)
        let cases = try rig.cases
        #expect(Set(cases.map(\.name)).count == cases.count, "names are given once")
        for one in cases where one.obstacle == nil {
            var oracle = try rig.oracle()
            var isFirst = true
            for message in one.stages.joined() {
                let answer = try oracle.take(message, at: rig.desk.now)
                if isFirst, let reason = one.reason {
                    #expect(answer.verdict.reason == reason, "\(one.name): \(answer.verdict)")
                } else if isFirst, !answer.isDeadLetter, message.type == rig.desk.intake, one.stages.count == 1 {
                    #expect(answer.verdict.decision == .accepted, "\(one.name): \(answer.verdict)")
                }
                isFirst = false
                #expect(answer.sent.allSatisfy { !$0.topic.isEmpty }, "\(one.name) is sent to no topic")
            }
        }
    }

    /// Whatever a case says about letters, letters come of it, and of no other case.
    @Test(arguments: roles, ShippedRoute.allCases)
    func deadLettersAreTheAffairOfTheirOwnCases(role: PartyRole, route: ShippedRoute) throws {
        let rig = try DeskOfRoute(role, route)
        for one in try rig.cases {
            var oracle = try rig.oracle()
            let letters = try one.stages.joined().map { try oracle.take($0, at: rig.desk.now).isDeadLetter }
            #expect(letters.contains(true) == one.sentence.contains("dead letters"), "\(one.name)")
        }
    }
}
