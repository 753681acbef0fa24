import Foundation
import Testing
import Vocabulary

@testable import Topology

@Suite struct ShippedFilesTests {
    private func topology() throws -> Topology {
        try Topology.parse(Samples.shipped("2024-04.yaml"), fileName: "2024-04.yaml")
    }

    private func scenario(_ name: String) throws -> Scenario {
        try Scenario.parse(Samples.shipped("scenarios/\(name).yaml"), fileName: "\(name).yaml")
    }

    @Test func theTopologyHasTheTopicsOfTheArchitecture() throws {
        let topology = try topology()
        #expect(
            topology.declaredTopics.map(\.name) == [
                "facility.records", "moh.records", "vss.assessments", "vss.identity-checks", "c06.identity-results",
                "moh.book-entries", "moh.answers", "moh.corrections", "exchange.agreements",
                "c06.civil-status", "moh.book-handovers", "moh.coverage",
                "vss.feedback", "moh.insurance-notices", "facility.history-requests", "moh.shared-histories",
            ])
        #expect(Set(topology.topics.map(\.carries)) == Set(MessageType.allCases.filter { $0 != .assessedRecord }))
        #expect(topology.agreement(gating: .identityResult)?.isInForce == true)
        #expect(topology.deadLetters.topicName(for: "moh.records") == "moh.records.dlt")
        #expect(topology.durability == .process)
    }

    @Test func c06ReadsNothingButIdentityChecksAndSignatures() throws {
        #expect(
            try topology().topicsRead(by: "c06").map(\.carries) == [.identityCheck, .agreementSignature])
    }

    @Test func everyScenarioFileIsInTheList() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Samples.folder.appendingPathComponent("scenarios").path)
        #expect(files.sorted() == Samples.shippedScenarios.map { $0 + ".yaml" })
    }

    @Test(arguments: Samples.shippedScenarios)
    func everyScenarioFitsTheTopology(name: String) throws {
        let scenario = try scenario(name)
        #expect(scenario.name == name)
        #expect(scenario.topologyPath == (name == "instances" ? "../three-instances.yaml" : nil))
        #expect(!scenario.assertions.isEmpty)
        _ = try scenario.topology(from: topology())
    }

    @Test func everyFaultOccursInAScenario() throws {
        let faults = try Samples.shippedScenarios.flatMap { try scenario($0).faults.filter { $0.value > 0 }.keys }
        #expect(Set(FaultKind.allCases).subtracting(faults) == [])
    }

    @Test func everydayIsTheFiveThousandVisitsOfTheFirstRun() throws {
        let everyday = try scenario("everyday")
        #expect(everyday.records == 5000)
        #expect(everyday.load == LoadPlan(maximumPending: 20000, recordsPerSecond: nil))
        #expect(everyday.faults[.nameMisspelled] == 0.006)
        #expect(everyday.correctionRate == 0.8)
    }

    @Test func april2024HoldsEverythingAndTheDayAfterVSSSigns() throws {
        let april = try scenario("april-2024")
        #expect(april.endsWhen == .held)
        #expect(try april.topology(from: topology()).agreement(gating: .identityResult)?.missing == ["vss"])
        let after = try scenario("the-day-after")
        #expect(after.endsWhen == .settled)
        #expect(try after.topology(from: topology()).agreement(gating: .identityResult)?.missing == ["vss"])
        #expect(after.signatures.map(\.party) == ["vss"])
        #expect(after.signatures.map(\.trigger) == [.heldAtLeast(after.records / 2)])
    }

    @Test func theHanoiPilotHasItsSize() throws {
        let pilot = try scenario("hanoi-pilot")
        #expect(pilot.records == 2_000_000)
        #expect(pilot.population.facilities == 378)
        #expect(pilot.timeoutSeconds >= 480)
    }

    @Test func theDescriptionNamesEveryFaultAndFigure() throws {
        let text = try Samples.shipped("README.md")
        for name in FaultKind.allCases.map(\.rawValue) + FigureName.plain + FigureName.ofHop {
            #expect(text.contains("\(name)`"), "\(name) is not described")
        }
        for key in TopologyReader.keys + ScenarioReader.keys { #expect(text.contains("`\(key)`"), "\(key)") }
    }
}
