import Composition
import Foundation
import KafkaClient
import ProgramTestSupport
import SyntheticPopulation
import Testing
import Topology

@Suite struct ExchangeFilesTests {
    let files = ExchangeFiles(folder: BuiltPrograms.topologyFolder)

    @Test func unknownScenarioNamesTheShippedOnes() {
        let failure = #expect(throws: ProgramFailure.self) { try files.scenarioPath("nosuch") }
        #expect(failure?.reason.contains("april-2024, ") == true)
    }

    @Test func missingFolderSaysWhatToGive() {
        let failure = #expect(throws: ProgramFailure.self) {
            try ExchangeFiles(folder: nil).topologyPath(given: nil, scenario: nil)
        }
        #expect(failure?.reason.contains("--topology") == true)
    }

    @Test func numbersOfTheCommandLineTakeTheScenariosPlace() throws {
        let setup = try PartySetup(topology: nil, scenario: "clean", records: 7, seed: 9, files: files)
        #expect(setup.records == 7)
        #expect(try setup.requireScenario("a test").seed == 9)
    }

    @Test func noVisitsLeaveTheScenariosPeople() throws {
        let setup = try PartySetup(topology: nil, scenario: "clean", records: 0, files: files)
        #expect(setup.records == 0)
        #expect(try setup.population("a test").configuration.persons == 1_000_000)
    }

    @Test func missingScenarioIsSaid() throws {
        let setup = try PartySetup(topology: nil, scenario: nil, files: files)
        let failure = #expect(throws: ProgramFailure.self) { try setup.requireScenario("vss") }
        #expect(failure?.reason.contains("vss needs --scenario") == true)
    }

    @Test func scenariosSignaturesTakeThePlaceOfTheTopologys() throws {
        let setup = try PartySetup(topology: nil, scenario: "april-2024", files: files)
        #expect(setup.topology.agreement(named: "coordination-regulation")?.missing == ["vss"])
    }

    @Test(arguments: [("a=b", ["a": "b"]), ("# x\n\n a = b = c \n", ["a": "b = c"])])
    func clientSettingsAreRead(text: String, settings: [String: String]) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "client")
        let options = BrokerOptions(bootstrapServers: "h:1", kafkaConfig: path)
        #expect(try options.settings(client: "x").extra == settings)
    }

    @Test func wrongLineOfTheClientSettingsIsNamed() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("a=b\nnonsense\n", to: "client")
        let options = BrokerOptions(bootstrapServers: "h:1", kafkaConfig: path)
        let failure = #expect(throws: ProgramFailure.self) { try options.settings(client: "x") }
        #expect(failure?.reason.hasPrefix("\(path):2: ") == true)
    }
}
