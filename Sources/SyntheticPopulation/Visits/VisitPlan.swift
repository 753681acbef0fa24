import ExchangeSchema
import Vocabulary

/// What is decided about a visit before anything is written: who, where, and what goes wrong.
struct VisitPlan {
    var visit: UInt64
    var fault: FaultKind?
    var willBeCorrected = false
    var isInsured: Bool
    /// What it is; of what is no visit, no insurance is told.
    var kind = RecordKind.visit
    var person: UInt64
    var facility: Int
}

extension SyntheticPopulation {
    /// Decides about a visit. A fault for which the population has nobody is left out.
    func plan(_ visit: UInt64) -> VisitPlan {
        var draws = Draws(seed: configuration.seed, .visitPlan, visit)
        let drawn = drawnFault(&draws)
        let isUninsured = draws.happens(partsPerMillion: configuration.uninsuredPartsPerMillion)
        let isCorrected = draws.happens(partsPerMillion: configuration.correctionPartsPerMillion)
        let facility = directory.choose(&draws)
        let anybody = living(&draws)
        var plan = VisitPlan(visit: visit, isInsured: !isUninsured, person: anybody, facility: facility)
        plan.kind = kind(visit)
        if plan.kind != .visit {
            plan.isInsured = false
            if drawn?.befalls(plan.kind) == false { return plan }
        }
        guard let drawn, let person = somebody(for: drawn, at: visit, anybody, &draws) else { return plan }
        plan.fault = drawn
        plan.person = person
        if plan.kind == .visit { plan.isInsured = drawn.needsInsurance ?? plan.isInsured }
        plan.willBeCorrected = drawn.isCorrectable && isCorrected
        return plan
    }

    /// The fault that a visit is to have: the first of its draws.
    func drawnFault(_ draws: inout Draws) -> FaultKind? { faults.fault(at: draws.below(1_000_000 as UInt64)) }

    /// Someone who is alive.
    private func living(_ draws: inout Draws) -> UInt64 {
        var person = draws.below(configuration.persons)
        // The dead are never neighbours, and the first person is alive.
        while !isAround(person) { person = person + 1 < configuration.persons ? person + 1 : 0 }
        return person
    }

    /// Someone to whom the fault can happen: the one drawn already, or one of those it is confined to.
    private func somebody(
        for fault: FaultKind, at visit: UInt64, _ anybody: UInt64, _ draws: inout Draws
    ) -> UInt64? {
        switch fault {
        case .movedAfterwards, .renumberedAfterwards, .diedInHospital, .missingAfterwards:
            clock.localMinute(visit) / 1_440 > clock.firstDay ? nil : somebodyChanging(fault, &draws)
        case .oldIdentityNumberShared: somebodySharingANumber(&draws)
        case .nameLetterEth: fullName(place(anybody)).unicodeScalars.contains("\u{110}") ? anybody : nil
        case .nameDecomposed:
            tries(32, &draws) { draws in
                let person = living(&draws)
                return NameFault.decomposes(fullName(place(person))) ? person : nil
            }
        case .oldIdentityNumber:
            tries(8, &draws) { draws in
                living(in: cells.positions(before: 2_000), &draws).flatMap { hasSharedOldNumber($0) ? nil : $0 }
            }
        case .birthPartsUnknown, .birthDateWrong: living(in: 0..<cells.positionsOfLastYear.lowerBound, &draws)
        case .citizenNumberMissing: newborn(&draws)
        case .childWithoutCard:
            living(in: cells.positions(before: clock.firstYear - 4).upperBound..<cells.pairs, &draws)
        case .shareAboveCard:
            tries(64, &draws) { draws in
                let person = living(&draws)
                let found = self.place(person)
                return entitlement(found, birthDay(found), residence(found)).benefitPercent < 100 ? person : nil
            }
        case .registeredElsewhere: directory.codes.count > 1 ? anybody : nil
        case .citizenNumberSuperseded: member(of: superseded, configuration.persons, &draws) { $0 }
        case .namesakeNumber:
            member(of: namesakes, configuration.persons / 2, &draws) { pair in
                deceased.contains(pair * 2) || deceased.contains(pair * 2 + 1) ? nil : pair * 2
            }
        case .deceased:
            deceased.count(below: configuration.persons) == 0
                ? nil : deceased.member(draws.below(deceased.count(below: configuration.persons)))
        case .citizenNumberOfAnother: otherOfSameYear(anybody) == nil ? nil : anybody
        default: anybody
        }
    }

    /// Someone alive among the people at these pair positions.
    private func living(in positions: Range<UInt64>, _ draws: inout Draws) -> UInt64? {
        guard !positions.isEmpty else { return nil }
        return tries(32, &draws) { draws in
            let pair = positions.lowerBound + draws.below(positions.upperBound - positions.lowerBound)
            guard let place = place(pair: pair, member: draws.below(2 as UInt64)) else { return nil }
            return isAround(place.person) ? place.person : nil
        }
    }

    /// One of two who had one number of the old identity card between them.
    private func somebodySharingANumber(_ draws: inout Draws) -> UInt64? {
        let member = draws.below(2 as UInt64)
        return self.member(of: sharedOldNumbers, configuration.persons / 2, &draws) { pair in
            place(pair * 2).cell.year < 2_000 ? pair * 2 + member : nil
        }
    }

    /// Somebody to whom this happens.
    private func somebodyChanging(_ kind: FaultKind, _ draws: inout Draws) -> UInt64? {
        let count = changingCount(below: configuration.persons)
        guard count > 0 else { return nil }
        return tries(64, &draws) { draws in
            changingPerson(draws.below(count)).flatMap { changeKind(of: $0) == kind ? $0 : nil }
        }
    }

    /// A child of at most 28 days, or the youngest of those looked at.
    private func newborn(_ draws: inout Draws) -> UInt64? {
        var youngest: (person: UInt64, birthDay: Int)?
        for _ in 0..<48 {
            guard let person = living(in: cells.positionsOfLastYear, &draws) else { return nil }
            let birthDay = birthDay(place(person))
            if birthDay > youngest?.birthDay ?? 0 { youngest = (person, birthDay) }
            if birthDay + 28 >= lastBirthDay { break }
        }
        return youngest?.person
    }

    /// A living member of an evenly spaced share.
    private func member(
        of share: SpacedChoice, _ limit: UInt64, _ draws: inout Draws, _ person: (UInt64) -> UInt64?
    ) -> UInt64? {
        let count = share.count(below: limit)
        guard count > 0 else { return nil }
        return tries(32, &draws) { draws in
            guard let index = share.member(draws.below(count)), let found = person(index) else { return nil }
            return isAround(found) ? found : nil
        }
    }

    private func tries(_ limit: Int, _ draws: inout Draws, _ body: (inout Draws) -> UInt64?) -> UInt64? {
        for _ in 0..<limit {
            if let found = body(&draws) { return found }
        }
        return nil
    }

    /// A living person of the same sex and birth year with another name: the next such one in the order of cells.
    func otherOfSameYear(_ person: UInt64) -> BirthPlace? {
        let place = place(person)
        let name = fullName(place)
        let positions = cells.positions(year: place.cell.year, sex: place.cell.sex)
        let count = positions.upperBound - positions.lowerBound
        for step in 0..<min(count, 32) {
            let pair = positions.lowerBound + (place.pair - positions.lowerBound + step) % count
            for member: UInt64 in 0...1 {
                guard let other = self.place(pair: pair, member: member), other.person != person,
                    !deceased.contains(other.person), fullName(other) != name
                else { continue }
                return other
            }
        }
        return nil
    }
}
