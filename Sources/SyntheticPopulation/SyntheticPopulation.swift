import ExchangeSchema
import Vocabulary

/// A country of synthetic people, facilities and visits, each a pure function of the configuration.
///
/// Nothing is held for a person or a visit: identifiers are bijections of the index and are computed both ways. One
/// value serves any number of threads. All people, numbers and visits are invented.
public final class SyntheticPopulation: Sendable {
    /// What it was made from.
    public let configuration: PopulationConfiguration

    /// The day before the first visit's, in Viet Nam: everybody is born by then.
    let lastBirthDay: Int
    let cells: BirthCells
    let pairOrder: Permutation
    let serialKey: UInt64
    let oldIdentityOrder: Permutation
    let socialInsuranceOrder: Permutation
    let names = NameMaker()
    let entitlements = EntitlementTable()
    let namesakes: SpacedChoice
    let superseded: SpacedChoice
    let deceased: SpacedChoice
    /// Pairs who had one number of the old identity card between them; only where a fault asks for them.
    let sharedOldNumbers: SpacedChoice
    let changing: SpacedChoice
    let migrants = Weights(ProvinceWeights.inhabitants)
    let directory: FacilityDirectory
    let faults: FaultTable
    let clock: VisitClock
    let content = VisitContent()

    /// Builds the small tables (some hundred kilobytes at most).
    /// - Throws: `PopulationError` for a setting out of its range.
    public init(configuration: PopulationConfiguration) throws(PopulationError) {
        try configuration.check()
        self.configuration = configuration
        let seed = configuration.seed
        clock = VisitClock(start: configuration.visitsStart, perSecond: configuration.visitsPerSecond, seed: seed)
        lastBirthDay = clock.firstDay - 1
        let pairs = (configuration.persons + 1) / 2
        cells = BirthCells(pairs: pairs, lastYear: DayNumber.yyyymmdd(lastBirthDay) / 10_000)
        pairOrder = Permutation(count: pairs, key: Draws.key(seed: seed, .people))
        serialKey = Draws.key(seed: seed, .citizenSerials)
        oldIdentityOrder = Permutation(
            count: 1_000_000_000, key: Draws.key(seed: seed, .oldIdentityNumbers))
        socialInsuranceOrder = Permutation(side: 10_000, key: Draws.key(seed: seed, .socialInsuranceNumbers))
        namesakes = SpacedChoice(partsPerMillion: configuration.namesakePartsPerMillion)
        superseded = SpacedChoice(partsPerMillion: configuration.supersededPartsPerMillion)
        deceased = SpacedChoice(partsPerMillion: configuration.deceasedPartsPerMillion)
        let isShared = configuration.faultPartsPerMillion[.oldIdentityNumberShared] ?? 0 > 0
        sharedOldNumbers = SpacedChoice(partsPerMillion: isShared ? 23_000 : 0)
        let changes = FaultKind.changes.contains { configuration.faultPartsPerMillion[$0] ?? 0 > 0 }
        changing = SpacedChoice(partsPerMillion: changes ? configuration.changingPartsPerMillion : 0)
        directory = FacilityDirectory(count: configuration.facilities, seed: seed)
        faults = FaultTable(configuration.faultPartsPerMillion)
    }
}
