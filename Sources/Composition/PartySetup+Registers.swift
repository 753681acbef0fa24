package import Registers
package import SyntheticPopulation

extension PartySetup {
    /// Whom VSS knows: the people of a file, where there is one, and unless they are alone, those of the scenario.
    /// - Throws: ``ProgramFailure`` when no scenario was named, or the register cannot be opened.
    package func insuranceRegister(
        _ program: String
    ) throws -> LayeredRegister<InsuranceRegister, SyntheticPopulation> {
        try layered(program) { try InsuranceRegister($0.insured) }
    }

    /// Whom C06 knows, likewise.
    /// - Throws: ``ProgramFailure`` when no scenario was named, or the register cannot be opened.
    package func populationRegister(
        _ program: String
    ) throws -> LayeredRegister<PopulationRegister, SyntheticPopulation> {
        try layered(program) { try PopulationRegister($0.population) }
    }

    private func layered<Own>(
        _ program: String, _ open: (RegisterFiles) throws -> Own
    ) throws -> LayeredRegister<Own, SyntheticPopulation> {
        guard let people else { return LayeredRegister(nil, over: try population(program)) }
        guard people.files.hasPeople else {
            throw ProgramFailure(
                "\(people.directory) has no registers (population.sqlite, insured.sqlite); make them with cycle up "
                    + "--people")
        }
        do {
            return LayeredRegister(try open(people.files), over: people.areAlone ? nil : try population(program))
        } catch let error where !(error is ProgramFailure) {
            throw ProgramFailure("cannot open the registers in \(people.directory): \(error)")
        }
    }

    /// Which facilities MoH knows; nil where it takes records of any.
    /// - Throws: ``ProgramFailure`` when the register cannot be opened.
    package func facilityRegister() throws -> FacilityRegister? {
        guard let facilities else { return nil }
        do {
            return try FacilityRegister(facilities.facilities)
        } catch {
            throw ProgramFailure("cannot open the register of facilities \(facilities.facilities): \(error)")
        }
    }
}
