import Composition
import PartyCore
import ProgramTestSupport
import SyntheticPopulation
import Testing
import Topology

/// The visits of the shipped scenarios, to the byte: whoever gives their seed to another means these.
@Suite struct ScenarioVisitsTests {
    /// Of each scenario a digest over the first visits, as they are sent first and as they are sent again.
    @Test(
        arguments: [
            ("amendments", 14_121_850_311_787_887_493), ("april-2024", 13_917_999_649_284_989_646),
            ("bench", 12_792_943_461_668_299_392), ("checkups", 13_037_816_217_256_265_979),
            ("clean", 10_991_226_073_449_694_912), ("department", 10_974_286_321_019_029_848),
            ("everyday", 15_952_753_536_487_139_479), ("everyday-all", 4_670_496_550_695_850_346),
            ("hanoi-pilot", 10_344_013_154_542_633_888), ("hanoi-pilot-phase-1", 6_798_604_332_353_341_896),
            ("hanoi-pilot-phase-2", 6_675_909_161_818_154_762), ("hanoi-pilot-phase-3", 6_357_629_798_473_079_756),
            ("identity-traps", 8_786_255_716_676_413_276), ("instances", 7_630_567_334_481_679_969),
            ("insurance", 5_518_572_007_167_990_295), ("refusals", 1_850_335_976_141_913_186),
            ("tables", 3_887_734_168_432_271_912), ("the-day-after", 14_829_927_863_193_316_515),
            ("two-histories", 15_256_033_413_052_429_664), ("vaccinations", 8_154_350_958_158_832_747),
        ] as [(String, UInt64)])
    func areTheSameOnEveryMachine(name: String, expected: UInt64) throws {
        let files = ExchangeFiles(folder: BuiltPrograms.topologyFolder)
        let setup = try PartySetup(topology: nil, scenario: name, files: files)
        var scenario = try setup.requireScenario("a test")
        // Where they start now.
        scenario.visits.start = .at(1_794_762_000_000)
        let population = try SyntheticPopulation(configuration: PopulationConfiguration(scenario))
        let visits = ComputedVisits(population: population, count: setup.records)
        var digest: UInt64 = 0
        for index: Int64 in 0..<150 {
            for revision: UInt32 in 1...2 {
                digest = digest &* 31 &+ visits.visit(index, revision: revision).contentDigest
            }
        }
        #expect(digest == expected)
    }
}
