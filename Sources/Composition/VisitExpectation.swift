public import ExchangeSchema
import Foundation
import PartyCore
public import SyntheticPopulation
public import Vocabulary

/// What the book and the provinces' warehouses must hold of one visit once nothing is on its way: from the population, and
/// not from the exchange.
public struct VisitExpectation: Sendable, Equatable {
    /// A revision that was shared.
    public struct Revision: Sendable, Equatable {
        /// Its entry, without what hangs on the moment at which it was shared: number, province, time.
        public var entry: BookEntry
        /// Whether VSS accepts less than is claimed, with its assessment.
        public var isReduced = false
        /// Whether it must be there. One that was changed or taken back at once may have come round or not.
        public var isRequired = true
    }

    /// The record.
    public var record: RecordIdentifier
    /// The revisions that are shared, oldest first; none of a visit that is refused for good.
    public var revisions: [Revision] = []
    /// The revision that took the visit back; nil for a visit that stands. Told only of what was shared.
    public var withdrawnIn: UInt32?
    /// Numbers under which the entry may stand: the person's, and the one that came after it where it was issued anew.
    public var citizens: [UInt64] = []
    /// Provinces to which the entry may have gone: where the visit says that its person lives, and where C06 reports since.
    public var provinces: [String] = []
    /// With which code it is refused for good; nil for one that is shared.
    public var refusal: String?
}

/// What book and warehouses must hold of a scenario's visits.
public struct ReadModelTruth: Sendable {
    /// Who lives in the scenario.
    public let population: SyntheticPopulation
    /// How many visits there are.
    public let records: Int64
    private let examiners: [PartyRole]
    private let seesLines: Bool
    private let reviews: Bool
    private let visits: ComputedVisits

    /// The visits 0 to `records - 1`.
    /// - Parameters:
    ///   - examiners: Who looks at a record, in the order of the exchange's route.
    ///   - reviews: Whether VSS may say later what it does not accept; otherwise it says so at once.
    public init(population: SyntheticPopulation, records: Int64, asking examiners: [PartyRole], reviews: Bool) {
        self.population = population
        self.records = max(records, 0)
        self.examiners = examiners
        // VSS is told rows where it stands before MoH.
        seesLines = examiners.first == .vss
        self.reviews = reviews
        visits = ComputedVisits(population: population, count: max(records, 0))
    }

    /// The visit of a record; nil for one that is none of the scenario's.
    public func visit(of record: RecordIdentifier) -> Int64? {
        population.visitIndex(ofRecord: record).flatMap { $0 < UInt64(records) ? Int64($0) : nil }
    }

    /// What must be there of a visit. Some ten microseconds.
    /// - Parameter visit: 0 to ``records`` - 1.
    public func expectation(ofVisit visit: Int64) -> VisitExpectation {
        let number = UInt64(bitPattern: visit)
        let truth = population.truth(ofVisit: number)
        var expected = VisitExpectation(record: population.recordIdentifier(ofVisit: number))
        switch truth.expectedFirstOutcome(asking: examiners) {
        case .refused(let code):
            guard truth.willBeCorrected else {
                expected.refusal = code
                return expected
            }
            expected.revisions = [revision(2, ofVisit: visit, truth, corrected: true)]
        case .shared:
            var first = revision(1, ofVisit: visit, truth)
            switch truth.fault {
            case .amendedAtOnce:
                first.isRequired = false
                expected.revisions = [first, revision(2, ofVisit: visit, truth)]
            case .amended: expected.revisions = [first, revision(2, ofVisit: visit, truth)]
            case .withdrawnAtOnce:
                first.isRequired = false
                expected.revisions = [first]
                expected.withdrawnIn = 2
            case .withdrawn:
                expected.revisions = [first]
                expected.withdrawnIn = 2
            default: expected.revisions = [first]
            }
        }
        place(&expected, truth)
        return expected
    }

    /// Who it is, and where: of a person to whom something happens both answers are right, by what MoH had heard.
    private func place(_ expected: inout VisitExpectation, _ truth: VisitTruth) {
        let person = population.person(truth.personIndex)
        // Whoever bears the number that is written.
        let owner =
            truth.fault?.leadsToWrongMatch == true
            ? person.namesake.map { population.person($0) } ?? person : person
        expected.citizens = [owner.citizenNumber.number]
        expected.provinces = [person.residence.formerProvince.province.code]
        guard let change = population.change(ofPerson: owner.index)?.change else { return }
        switch change.kind {
        case .moved(_, let province): expected.provinces.append(province.code)
        case .reissued: expected.citizens.append(change.citizenNumber.number)
        case .died, .missing: break
        }
    }

    private func revision(
        _ revision: UInt32, ofVisit visit: Int64, _ truth: VisitTruth, corrected: Bool = false
    ) -> VisitExpectation.Revision {
        let content = visits.visit(visit, revision: revision)
        let fault = corrected ? nil : truth.fault
        var entry = BookEntry()
        entry.recordID = content.record.description
        entry.revision = revision
        entry.facilityCode = content.facilityCode
        entry.administrative = Data(content.administrative)
        entry.insurance = Data(content.insurance)
        entry.clinical = Data(content.clinical)
        entry.clinicalDetails = Data(content.details)
        if truth.isInsured {
            let card = Self.card(fault, of: population.person(truth.personIndex).entitlement)
            (entry.cardCheckCode, entry.benefitPercent) = (card.code, UInt32(card.percent))
        }
        return VisitExpectation.Revision(entry: entry, isReduced: isReduced(fault))
    }

    private func isReduced(_ fault: FaultKind?) -> Bool {
        switch fault?.expectedInsuranceOutcome(seesLines: seesLines) {
        case .reducedAtOnce: true
        case .reducedLater: !reviews
        case .asClaimed, .refusedLater, nil: false
        }
    }

    /// What VSS says of a usable card: 001 and 002 for those that the insurers of the Ministries of Defence and of Public
    /// Security manage, 004 for one that was replaced and is still valid, else 000 (dispatch 1923/BHXH-CNTT, annex).
    private static func card(_ fault: FaultKind?, of entitlement: Entitlement) -> (code: String, percent: Int) {
        switch fault {
        case .cardOfDefence: ("001", 100)
        case .cardOfPolice: ("002", 100)
        case .cardReplacedStillValid: ("004", entitlement.benefitPercent)
        default:
            switch entitlement.subject {
            case "QN", "CY": ("001", entitlement.benefitPercent)
            case "CA": ("002", entitlement.benefitPercent)
            default: ("000", entitlement.benefitPercent)
            }
        }
    }
}
