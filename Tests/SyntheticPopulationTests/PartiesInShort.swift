import ExchangeSchema
import PartyCore
import SyntheticPopulation
import Vocabulary

/// What the three parties would answer, in the shortest form: written apart from the parties, so that the ground truth
/// of the faults is tested against the rules and not against itself.
struct PartiesInShort {
    let population: SyntheticPopulation

    enum Answer: Equatable {
        case shared(person: UInt64?)
        case refused(String)
    }

    /// Who looks first, and then the others.
    func answer(_ visit: SyntheticVisit, asking examiners: [PartyRole] = [.moh, .vss, .c06]) -> Answer {
        for examiner in examiners {
            if let code = examiner == .moh ? moh(visit) : examiner == .vss ? vss(visit) : nil { return .refused(code) }
        }
        return c06(visit)
    }

    private func moh(_ visit: SyntheticVisit) -> String? {
        let (person, insurance) = (visit.administrative, visit.insurance)
        let required = [
            person.maLk, person.maBn, person.hoTen, person.ngaySinh, person.gioiTinh, person.diaChi,
            person.maxaCuTru, insurance.maDoituongKcb, insurance.ngayVao, insurance.ngayRa, insurance.tTongchiBh,
            insurance.maLoaiKcb, insurance.maCskcb, visit.clinical.lyDoVv, visit.clinical.maBenhChinh,
            visit.clinical.ketQuaDtri, visit.clinical.canNang, visit.clinical.maHsba,
        ]
        if required.contains("") { return "moh.required-missing" }
        if PersonName.violatedRule(person.hoTen) != nil { return "moh.name-invalid" }
        guard let birthDate = try? BirthDate.parse(person.ngaySinh) else { return "moh.birth-date-invalid" }
        if !person.soCccd.isEmpty && person.soCccd.utf8.count != 9 {
            guard let number = try? CitizenNumber(parsing: person.soCccd) else {
                return "moh.citizen-number-malformed"
            }
            guard (try? number.check(birthDate: birthDate, sex: Sex(parsing: person.gioiTinh))) != nil else {
                return "moh.citizen-number-contradicts"
            }
        }
        guard (try? InsuranceCard.list(parsing: insurance.maTheBhyt)) != nil else { return "moh.card-malformed" }
        guard (try? DiagnosisCode(parsing: visit.clinical.maBenhChinh)) != nil else {
            return "moh.diagnosis-malformed"
        }
        guard let admitted = try? VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO"),
            let discharged = try? VisitTime(parsing: insurance.ngayRa, field: "NGAY_RA"),
            !discharged.isEarlier(than: admitted)
        else { return "moh.dates-contradict" }
        let amounts = [insurance.tBhtt, insurance.tTongchiBh, insurance.tBncct].map(dong)
        return amounts[0] == amounts[1] - amounts[2] ? nil : "moh.amounts-contradict"
    }

    private func vss(_ visit: SyntheticVisit) -> String? {
        if visit.insurance.maTheBhyt.isEmpty { return nil }
        guard let card = (try? InsuranceCard.list(parsing: visit.insurance.maTheBhyt))?.last,
            !visit.insurance.ngayVao.isEmpty
        else { return "vss.051" }
        let found =
            switch card {
            case .full(_, _, _, let number), .socialInsurance(let number):
                population.insured(socialInsuranceNumber: number)
            case .citizen(let number): population.insured(citizenNumber: number)
            }
        if visit.insurance.maLoaiKcb == "99" { return "vss.205" }
        let cards = visit.insurance.maTheBhyt.split(separator: ";").count
        for list in [visit.insurance.gtTheTu, visit.insurance.gtTheDen] {
            if list.split(separator: ";").count != cards { return "vss.205" }
        }
        guard let found else {
            let born = Int(visit.administrative.ngaySinh.prefix(8)) ?? 0
            let isChild = (Int(visit.insurance.ngayVao.prefix(8)) ?? 0) - born < 60_000
            return visit.insurance.maTheBhyt.hasPrefix("TE1") && isChild && visit.insurance.maDkbd.hasSuffix("000")
                ? "vss.130" : "vss.050"
        }
        if let standing = found.standing, !standing.isReportedLate {
            switch standing.event {
            case .replacedStillValid: break
            case .replaced: return "vss.003"
            case .recalled: return "vss.110"
            case .decreased: return "vss.120"
            case .movedToAnotherProvince: return "vss.121"
            case .movedInsideProvince: return "vss.122"
            case .readdedAtSameUnit: return "vss.123"
            case .stoppedParticipating: return "vss.124"
            }
        }
        if case .full(let subject, let level, let province, _) = card {
            if subject != found.subjectCode { return "vss.051" }
            if province != found.issuingProvince { return "vss.052" }
            if level != found.benefitLevel { return "vss.053" }
        }
        let until = visit.insurance.gtTheDen.split(separator: ";").last ?? ""
        if until < visit.insurance.ngayVao.prefix(8) { return "vss.010" }
        let name = PersonName.normalised(visit.administrative.hoTen)
        if name != found.fullName { return name.first == found.fullName.first ? "vss.061" : "vss.060" }
        let birthDate = try? BirthDate.parse(visit.administrative.ngaySinh)
        return birthDate?.agrees(with: found.birthDate) == true ? nil : "vss.070"
    }

    private func c06(_ visit: SyntheticVisit) -> Answer {
        let written = visit.administrative.soCccd
        if written.isEmpty { return .refused("c06.no-match.number-missing") }
        let number = try? CitizenNumber(parsing: written)
        let found = number.flatMap(population.person(citizenNumber:)) ?? population.person(oldIdentityNumber: written)
        guard let found else { return .refused("c06.no-match.number-unknown") }
        if number == nil, population.isOfSeveralPeople(oldIdentityNumber: written) {
            return .refused("c06.ambiguous")
        }
        if found.isSuperseded, let admission = admission(visit), found.numberSince.map({ $0 <= admission }) ?? true {
            return .refused("c06.number-superseded")
        }
        if PersonName.normalised(visit.administrative.hoTen) != found.fullName {
            return .refused("c06.no-match.name-differs")
        }
        let birthDate = try? BirthDate.parse(visit.administrative.ngaySinh)
        guard birthDate?.agrees(with: found.birthDate) == true else {
            return .refused("c06.no-match.birth-date-differs")
        }
        if let died = found.diedOn, let admission = admission(visit), died < admission {
            return .refused("c06.deceased")
        }
        return .shared(person: population.index(ofCitizenNumber: found.citizenNumber))
    }

    private func admission(_ visit: SyntheticVisit) -> CivilDate? {
        CivilDate(number: Int(visit.insurance.ngayVao.prefix(8)) ?? 0)
    }

    /// An amount in dong; amounts end with `.00`, except 0.
    func dong(_ text: String) -> Int { Int(text.split(separator: ".").first ?? "") ?? Int.min / 4 }
}
