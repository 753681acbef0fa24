import Composition
import ExchangeSchema
import PartyCore
import Registers
import SyntheticPopulation
import Topology

/// The facilities that a department knows of: those of the ministry's register where there is a file of them, else those of
/// the scenario, with the units that it says to be on the register besides.
struct FacilityUnits {
    /// One facility.
    struct Unit {
        var code: String
        var name: String
        var province: String
        var isConnected: Bool
        /// Nil where nobody says.
        var hasElectronicRecords: Bool?
    }

    /// All of them, by code.
    let units: [Unit]

    /// - Throws: ``ProgramFailure`` when the register cannot be opened, `PopulationError` when the scenario's population
    ///   cannot be.
    init(_ setup: PartySetup) throws {
        if let register = try setup.facilityRegister() {
            units = try register.all().map {
                Unit(
                    code: $0.facility.code.description, name: $0.name, province: $0.facility.province.code,
                    isConnected: $0.facility.isConnected, hasElectronicRecords: $0.facility.hasElectronicRecords)
            }
        } else if let scenario = setup.scenario?.scenario {
            units = Self.computed(try setup.population("a report"), scenario.population)
        } else {
            units = []
        }
    }

    private static func computed(_ population: SyntheticPopulation, _ plan: PopulationPlan) -> [Unit] {
        let register = plan.register
        let senders = (0..<plan.facilities).map { population.facility($0) }
        let silent = population.silentFacilities(max(0, (register?.units ?? 0) - senders.count))
        // Whoever has most visits has electronic records first; whoever sends is connected.
        let order = senders.sorted {
            (population.rank(ofFacility: $0.index), $0.index) < (population.rank(ofFacility: $1.index), $1.index)
        }
        let all = order + silent
        let connected = register?.connected ?? all.count
        return all.enumerated().map { place, facility in
            Unit(
                code: facility.code.description, name: facility.name, province: facility.province.code,
                isConnected: place < connected, hasElectronicRecords: register.map { place < $0.electronicRecords })
        }.sorted { $0.code < $1.code }
    }
}
