import ExchangeSchema
import Vocabulary

extension SyntheticPopulation {
    /// Writes an `AdministrativeBlock`, with the faults of name, number and birth date.
    func writeAdministrative(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        let person = draft.person
        writeEpisode(draft, to: &writer)
        writer.encoded(Self.firstRow)
        writer.digits(3, person.index, count: 9)
        if draft.fault == nil {
            let name = nameParts(person.place, person.group)
            writer.message(4) { writer in
                writer.encoded(name.family)
                writer.encoded(name.middle)
                writer.encoded(name.second)
                writer.encoded(name.given)
            }
            writer.digits(5, citizenNumber(person.place).number, count: 12)
        } else {
            writer.text(4, writtenName(&draft))
            writer.text(5, writtenNumber(&draft))
        }
        writeBirthDate(&draft, to: &writer)
        writer.number(7, UInt64(person.sex.rawValue))
        writer.encoded(Self.nationality)
        writer.text(10, person.group.code)
        writer.encoded(Self.occupation)
        writeAddress(draft, to: &writer)
        writer.digits(13, UInt64(person.residence.formerProvince.number), count: 2)
        writer.digits(14, UInt64(person.residence.district), count: 3)
        writer.digits(15, UInt64(person.residence.ward), count: 5)
    }

    /// MA_LK: the facility's code and the visit's number; field 1 of every table.
    @inline(__always)
    func writeEpisode(_ draft: VisitDraft, to writer: inout FieldWriter) {
        let length = max(10, Decimal.length(draft.plan.visit))
        writer.digits(1, UInt64(draft.facility.number), count: 5, then: draft.plan.visit, count: length)
    }

    private static let firstRow = FieldWriter.encode { $0.text(2, "1") }
    /// MA_QUOCTICH of Viet Nam as practice writes it; the official value is unconfirmed.
    private static let nationality = FieldWriter.encode { $0.text(9, "000") }
    /// MA_NGHE_NGHIEP: none.
    private static let occupation = FieldWriter.encode { $0.text(11, "00000") }

    private func writeAddress(_ draft: VisitDraft, to writer: inout FieldWriter) {
        writer.message(12) { writer in
            let group = draft.chance & 15 + 1
            writer.part("Tổ ")
            writer.digits(group, count: group < 10 ? 1 : 2)
            writer.part(", ")
            writer.part(draft.person.residence.formerProvince.name)
        }
    }

    private func writtenName(_ draft: inout VisitDraft) -> String {
        let name = fullName(draft.person.place, draft.person.group)
        switch draft.fault {
        case .nameDecomposed: return NameFault.decomposed(name)
        case .nameLetterEth: return NameFault.withEth(name)
        case .nameLowerCase: return NameFault.titleCase(name)
        case .nameMisspelled: return NameFault.misspelled(name)
        case .nameWrong: return otherInitial(name, &draft.faultDraws)
        case .nameInvalid: return NameFault.invalid(name, draws: &draft.faultDraws)
        case .requiredMissing where FaultKind.lacksName(visit: draft.plan.visit): return ""
        case .citizenNumberMissing: return motherName(&draft)
        default: return name
        }
    }

    /// The name of somebody else, beginning with another letter.
    private func otherInitial(_ name: String, _ draws: inout Draws) -> String {
        let initial = NameFault.initial(name)
        for _ in 0..<32 {
            let other = fullName(place(draws.below(configuration.persons)))
            if NameFault.initial(other) != initial { return other }
        }
        return initial == 0x54 ? "LÊ THỊ LAN" : "TRẦN THỊ LAN"
    }

    /// The name of a woman of 20 to 39 years; the child's own with another ending where the population has none.
    private func motherName(_ draft: inout VisitDraft) -> String {
        let year = clock.firstYear - 20 - draft.faultDraws.below(20)
        let positions = cells.positions(year: year, sex: .female)
        let count = positions.upperBound - positions.lowerBound
        let pair = positions.lowerBound + draft.faultDraws.below(count)
        guard count > 0, let place = place(pair: pair, member: 0) else {
            return NameFault.misspelled(fullName(draft.person.place, draft.person.group))
        }
        return fullName(place)
    }

    private func writtenNumber(_ draft: inout VisitDraft) -> String {
        let person = draft.person
        let citizenNumber = citizenNumber(person.place)
        switch draft.fault {
        case .oldIdentityNumber, .oldIdentityNumberShared:
            return oldIdentityNumber(person.place).map { Decimal.text($0, count: 9) } ?? ""
        case .citizenNumberMalformed: return String(citizenNumber.description.dropLast())
        case .citizenNumberContradicts:
            let number = citizenNumber.number
            return Decimal.text(person.sex == .male ? number + 100_000_000 : number - 100_000_000, count: 12)
        case .citizenNumberUnknown:
            let place = person.place
            let span = Self.firstSupersededSerial - Self.firstUnissuedSerial
            let serial = Self.firstUnissuedSerial + draft.faultDraws.below(span)
            return self.citizenNumber(cellIndex: place.cellIndex, cell: place.cell, serial: serial).description
        case .citizenNumberOfAnother:
            return otherOfSameYear(person.index).map { self.citizenNumber($0).description } ?? ""
        case .citizenNumberMissing: return ""
        case .citizenNumberSuperseded: return supersededNumber(person.place)?.description ?? ""
        case .namesakeNumber:
            return namesake(of: person.index).map { self.citizenNumber(ofPerson: $0).description } ?? ""
        default: return citizenNumber.description
        }
    }

    /// NGAY_SINH: hour and minute are known of newborns only (at most 28 days old), and the annex asks for theirs.
    private func writeBirthDate(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        let date = draft.person.birthDate
        var day = UInt64(date.number)
        var minute: UInt64 = 0
        if draft.person.birthDay + 28 >= draft.admitted / 1_440 {
            // The first minutes of the day, so that no birth is later than the visit.
            minute = draft.chance >> 8 & 15
        }
        switch draft.fault {
        case .birthPartsUnknown, .namesakeNumber: day = UInt64(date.year) * 10_000
        case .birthDateInvalid: day = UInt64(date.year) * 10_000 + 1_300 + UInt64(date.day)
        case .birthDateWrong:
            let length = CivilDate.days(inMonth: date.month, of: date.year)
            let shift = 1 + draft.faultDraws.below(length - 1)
            day = UInt64(date.number) - UInt64(date.day) + UInt64((date.day - 1 + shift) % length + 1)
        default: break
        }
        draft.writtenBirth = day
        writer.digits(6, day * 10_000 + minute, count: 12)
    }
}
