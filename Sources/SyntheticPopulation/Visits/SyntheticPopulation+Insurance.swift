import ExchangeSchema
import Vocabulary

/// The four fields of a card: number, registered facility, validity.
private struct WrittenCard {
    var number: String
    var registered: String
    var from: String
    var to: String
}

/// How a card is written: 15 characters 60 %, 10 digits 15 %, 12 digits 25 %.
private enum CardForm {
    case full
    case socialInsuranceNumber
    case citizenNumber

    init(_ draft: VisitDraft) {
        let point = draft.chance >> 32 % 100
        self = point >= 75 ? .citizenNumber : point >= 60 ? .socialInsuranceNumber : .full
    }
}

extension SyntheticPopulation {
    /// Writes an `InsuranceBlock`, with the faults of card, dates and money.
    func writeInsurance(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        // Whose claim is to be looked at alone is where the card says.
        let isRegisteredHere = draft.chance >> 16 & 7 < 6 || draft.fault == .shareAboveCard
        if draft.plan.isInsured, draft.fault == nil {
            writeCardInForce(draft, isRegisteredHere: isRegisteredHere, to: &writer)
        } else if draft.plan.isInsured {
            let card = writtenCard(&draft, isRegisteredHere: isRegisteredHere)
            writer.text(1, card.number)
            writer.text(2, card.registered)
            writer.text(3, card.from)
            writer.text(4, card.to)
        }
        // MA_DOITUONG_KCB: not insured, the registered facility, or one of the primary level.
        let isSaidToBeHere = isRegisteredHere || draft.fault == .registeredElsewhere
        writer.text(6, !draft.plan.isInsured ? "9" : isSaidToBeHere ? "1.1" : "1.2")
        if draft.fault != .requiredMissing || FaultKind.lacksName(visit: draft.plan.visit) {
            writer.time(9, minute: draft.admitted)
        }
        if draft.isStay { writer.time(10, minute: draft.ordered) }
        let isReversed =
            draft.fault == .dischargeBeforeAdmission || draft.isAmended && draft.fault == .amendedWrongly
        writer.time(11, minute: isReversed ? draft.admitted - 1_440 - draft.faultDraws.below(1_440) : draft.discharged)
        writer.number(12, UInt64(draft.days))
        writer.time(13, minute: draft.discharged)
        writeMoney(&draft, to: &writer)
        writer.month(23, 24, minute: draft.discharged)
        writer.text(25, draft.fault == .careKindUnknown ? "99" : draft.isStay ? "03" : "01")
        writer.digits(26, UInt64(draft.facility.number), count: 5)
    }

    private func writeMoney(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        var money = draft.money
        // More than the lines give, by amounts that agree with each other and with the card.
        if draft.fault == .sumsAboveLines {
            money.add(Money(total: 20_000 + 100 * draft.faultDraws.below(900 as UInt64), percent: draft.percent))
        }
        writer.amount(14, draft.drugMoney.total)
        writer.amount(15, 0)
        writer.amount(16, money.total)
        writer.amount(17, money.covered)
        writer.amount(18, money.patientAlone)
        writer.amount(19, money.patientPart)
        let excess = draft.fault == .amountsContradict ? 1_000 + 100 * draft.faultDraws.below(90 as UInt64) : 0
        writer.amount(20, money.fund + excess)
        writer.amount(21, 0)
        writer.amount(22, 0)
    }

    /// What ``writtenCard(_:isRegisteredHere:)`` says where no fault touches it, which is nearly always.
    private func writeCardInForce(_ draft: VisitDraft, isRegisteredHere: Bool, to writer: inout FieldWriter) {
        let entitlement = draft.person.entitlement
        switch CardForm(draft) {
        case .citizenNumber: writer.digits(1, citizenNumber(draft.person.place).number, count: 12)
        case .socialInsuranceNumber:
            writer.digits(1, socialInsuranceNumber(draft.person.place).number, count: 10)
        case .full:
            writer.message(1) { writer in
                writer.part(entitlement.subject)
                writer.digits(UInt64(entitlement.benefitLevel), count: 1)
                writer.digits(UInt64(entitlement.issuingProvince.number), count: 2)
                writer.digits(socialInsuranceNumber(draft.person.place).number, count: 10)
            }
        }
        let there = directory.codes[Int(draft.person.index % UInt64(directory.codes.count))]
        writer.digits(2, UInt64((isRegisteredHere ? draft.facility : there).number), count: 5)
        writer.digits(3, UInt64(entitlement.validFrom.number), count: 8)
        writer.digits(4, UInt64(entitlement.validTo.number), count: 8)
    }

    private func writtenCard(_ draft: inout VisitDraft, isRegisteredHere: Bool) -> WrittenCard {
        let entitlement = draft.person.entitlement
        let here = draft.facility.description
        // The facility where the person is registered otherwise: any, by the person's index.
        var other = Int(draft.person.index % UInt64(directory.codes.count))
        if draft.fault == .registeredElsewhere, other == draft.plan.facility {
            other = (other + 1) % directory.codes.count
        }
        let there = directory.codes[other].description
        let isHere = isRegisteredHere && draft.fault != .registeredElsewhere
        var card = WrittenCard(
            number: cardNumber(&draft), registered: isHere ? here : there,
            from: entitlement.validFrom.description, to: entitlement.validTo.description)
        switch draft.fault {
        case .cardExpired:
            let (from, to) = expired(&draft)
            card.from = from
            card.to = to
        // As the annex has it for a child without a card.
        case .childWithoutCard: card.registered = entitlement.issuingProvince.twoDigits + "000"
        case .cardDatesUncounted: card.to += ";" + card.to
        case .twoCards:
            let (from, to) = expired(&draft)
            // The earlier card was of the household group, which has level 4.
            let number = fullCard(
                subject: "GD", level: 4, province: entitlement.issuingProvince.twoDigits,
                socialInsuranceNumber(draft.person.place).number)
            card.number = number + ";" + card.number
            card.registered = there + ";" + card.registered
            card.from = from + ";" + card.from
            card.to = to + ";" + card.to
        default: break
        }
        return card
    }

    /// A year of validity that ended 10 to 300 days before admission.
    private func expired(_ draft: inout VisitDraft) -> (from: String, to: String) {
        let last = draft.admitted / 1_440 - 10 - draft.faultDraws.below(290)
        return (date(last - 365).description, date(last).description)
    }

    /// The card as written: 15 characters where the fault is in them.
    private func cardNumber(_ draft: inout VisitDraft) -> String {
        let person = draft.person
        let entitlement = person.entitlement
        let serial = socialInsuranceNumber(person.place).number
        var (level, province) = (entitlement.benefitLevel, entitlement.issuingProvince)
        switch draft.fault {
        case .cardProvinceWrong:
            let shift = 1 + draft.faultDraws.below(FormerProvince.all.count - 1)
            province = FormerProvince.all[(province.index + shift) % FormerProvince.all.count]
        case .cardBenefitWrong:
            level = (level - 1 + 1 + draft.faultDraws.below(4)) % 5 + 1
            // Cards of these groups may still bear the digit of before 2026: it would be no fault.
            if level == EntitlementTable.levelBefore2026(entitlement.subject) { level = level % 5 + 1 }
        case .cardMalformed:
            let card = fullCard(subject: entitlement.subject, level: level, province: province.twoDigits, serial)
            return String(card.dropLast())
        case .cardUnknown:
            let number = unissuedInsuranceNumber(serial, &draft.faultDraws)
            return fullCard(subject: entitlement.subject, level: level, province: province.twoDigits, number)
        case .childWithoutCard:
            let number = unissuedInsuranceNumber(serial, &draft.faultDraws)
            return fullCard(subject: "TE", level: 1, province: province.twoDigits, number)
        case .cardSubjectWrong:
            let other = EntitlementTable.otherSubject(entitlement.subject, level: level)
            return fullCard(subject: other, level: level, province: province.twoDigits, serial)
        default:
            if let other = draft.fault?.otherCard {
                let (subject, level) = other.subject ?? (entitlement.subject, level)
                return fullCard(
                    subject: subject, level: level, province: province.twoDigits, other.number(of: serial))
            }
            switch CardForm(draft) {
            case .citizenNumber: return citizenNumber(person.place).description
            case .socialInsuranceNumber: return socialInsuranceNumber(person.place).description
            case .full: break
            }
        }
        return fullCard(subject: entitlement.subject, level: level, province: province.twoDigits, serial)
    }

    /// The same last eight digits under another province: no two people share them, so nobody has this number.
    private func unissuedInsuranceNumber(_ number: UInt64, _ draws: inout Draws) -> UInt64 {
        let province = FormerProvince(number: Int(number / 100_000_000)) ?? FormerProvince.all[0]
        let other = (province.index + 1 + draws.below(FormerProvince.all.count - 1)) % FormerProvince.all.count
        return UInt64(FormerProvince.all[other].number) * 100_000_000 + number % 100_000_000
    }

    private func fullCard(subject: String, level: Int, province: String, _ number: UInt64) -> String {
        subject + String(level) + province + Decimal.text(number, count: 10)
    }
}
