import ExchangeSchema
import Vocabulary

/// Everything that is written about a visit, drawn but not yet encoded.
struct VisitDraft {
    var plan: VisitPlan
    /// The fault to write; nil in a corrected revision.
    var fault: FaultKind?
    /// Whether it is a later revision of a visit that was not refused.
    var isAmended: Bool
    var person: VisitPatient
    var facility: FacilityCode
    /// Local minutes since 1970.
    var admitted: Int
    var discharged: Int
    var ordered: Int
    var isStay: Bool
    var diagnosis: Int
    var accompanying: Int?
    var drugs = ItemDrafts()
    var services = ItemDrafts()
    /// The service that has a row in table XML4, and its value in hundredths.
    var result: (service: Int, value: UInt64)?
    var drugMoney = Money()
    var money = Money()
    /// MUC_HUONG; 0 for a visit without insurance.
    var percent: UInt64
    /// Draws for what only the fault needs.
    var faultDraws: Draws
    /// Small choices of the writers, drawn together.
    var chance: UInt64

    /// NGAY_SINH as it was written, yyyymmdd, whether it is a date or not; 0 before it is written.
    var writtenBirth: UInt64 = 0

    /// When a record was that is no visit, in local minutes since 1970. Where its time is to contradict itself it lies before
    /// birth, when nobody is vaccinated or examined.
    var minuteOrBeforeBirth: Int {
        let isReversed = fault == .dischargeBeforeAdmission || isAmended && fault == .amendedWrongly
        return isReversed ? person.birthDay * 1_440 - 1_440 : discharged
    }

    /// Days of treatment (SO_NGAY_DTRI): 0 for an examination, the days with both ends for a stay.
    var days: Int { isStay ? discharged / 1_440 - admitted / 1_440 + 1 : 0 }
}

extension SyntheticPopulation {
    /// Draws a visit. The draws are the same for every revision: only the fault goes, or the amendment comes.
    func draft(_ plan: VisitPlan, revision: UInt32) -> VisitDraft {
        let person = patient(plan.person)
        let isCorrected = revision > 1 && plan.fault?.isCorrectable == true
        var draws = Draws(seed: configuration.seed, .visitContent, plan.visit)
        let sent = clock.localMinute(plan.visit)
        let birthDay = person.birthDay
        let age = clock.firstYear - person.birthDate.year
        let diagnosis = content.diagnoses.draw(age: age, isFemale: person.sex == .female, &draws)
        // A stay reaches back some days, so it is not for people born shortly before.
        let isStay =
            draws.below(100 as UInt64) < content.diagnoses.entries[diagnosis].stays
            && birthDay + 40 < lastBirthDay
        let discharged = sent - draws.below(10) - lateness(plan.visit, birthDay)
        let length = isStay ? 1_440 * (1 + draws.below(7)) + draws.below(600) : 40 + draws.below(180)
        var draft = VisitDraft(
            plan: plan, fault: isCorrected ? nil : plan.fault,
            isAmended: revision > 1 && plan.fault?.isAmended == true, person: person,
            facility: directory.codes[plan.facility], admitted: discharged - length, discharged: discharged,
            ordered: discharged - length + 15, isStay: isStay,
            diagnosis: diagnosis, percent: plan.isInsured ? UInt64(person.entitlement.benefitPercent) : 0,
            faultDraws: Draws(seed: configuration.seed, .fault, plan.visit), chance: 0)
        if draws.below(10 as UInt64) < 3 {
            draft.accompanying = content.diagnoses.draw(age: age, isFemale: person.sex == .female, &draws)
        }
        drawItems(&draft, &draws)
        draft.chance = draws.next()
        return draft
    }

    /// Minutes that a visit is sent late. Not of people born shortly before, whose visit would lie before their birth.
    private func lateness(_ visit: UInt64, _ birthDay: Int) -> Int {
        guard configuration.latePartsPerMillion > 0, birthDay + 40 < lastBirthDay else { return 0 }
        var draws = Draws(seed: configuration.seed, .lateness, visit)
        guard draws.happens(partsPerMillion: configuration.latePartsPerMillion) else { return 0 }
        return 1_440 + draws.below(4 * 1_440)
    }

    private func drawItems(_ draft: inout VisitDraft, _ draws: inout Draws) {
        let drugs = content.diagnoses.entries[draft.diagnosis].drugs
        for entry in drugs.prefix(1 + draws.below(3)) {
            let drug = content.drugs.entries[entry]
            draft.drugs.append(ItemDraft(entry: entry, quantity: drug.quantity, price: drug.price))
        }
        let main = draft.isStay ? ServiceTable.bedDay : ServiceTable.examination
        let price = content.services.entries[main].price
        draft.services.append(
            ItemDraft(entry: main, quantity: UInt64(max(draft.days, 1)), price: price))
        let services = content.diagnoses.entries[draft.diagnosis].services
        if !services.isEmpty, draws.below(10 as UInt64) < 5 {
            let entry = services[draws.below(services.count)]
            draft.services.append(ItemDraft(entry: entry, quantity: 1, price: content.services.entries[entry].price))
            if let range = content.services.entries[entry].range {
                draft.result = (entry, range.least + draws.below(range.span))
            }
        }
        if draft.fault == .shareAboveCard {
            // Dear enough that the visit is not one of those that are paid whole.
            let scan = ServiceTable.scan
            draft.services.append(ItemDraft(entry: scan, quantity: 1, price: content.services.entries[scan].price))
            draft.percent = 100
        }
        for row in 0..<draft.drugs.count {
            draft.drugMoney.add(Money(total: draft.drugs[row].total, percent: draft.percent))
        }
        draft.money = draft.drugMoney
        for row in 0..<draft.services.count {
            draft.money.add(Money(total: draft.services[row].total, percent: draft.percent))
        }
    }
}
