public import ExchangeSchema
import HealthStandards

extension WarehouseVisit {
    /// The rows that an entry of the book becomes. A block that cannot be decoded leaves its columns empty: the entry is in
    /// the book all the same, and it is not complete.
    /// - Parameters:
    ///   - entry: What MoH sent.
    ///   - citizen: The number in force, below 10^12.
    ///   - receivedAt: When the locality took it in; Unix milliseconds.
    public init(_ entry: BookEntry, record: RecordIdentifier, citizen: UInt64, receivedAt: Int64) {
        self.init(record: record, revision: entry.revision, citizen: citizen)
        let person = (try? AdministrativeBlock(decoding: entry.administrative)) ?? AdministrativeBlock()
        let insurance = (try? InsuranceBlock(decoding: entry.insurance)) ?? InsuranceBlock()
        let clinical = (try? ClinicalBlock(decoding: entry.clinical)) ?? ClinicalBlock()
        let details = (try? ClinicalDetails(decoding: entry.clinicalDetails)) ?? ClinicalDetails()
        (facility, province, ward) = (entry.facilityCode, entry.residentProvince, person.maxaCuTru)
        name = person.hoTen
        birthDate = try? BirthDate.parse(person.ngaySinh)
        sex = (try? Sex(parsing: person.gioiTinh))?.rawValue ?? 0
        (kind, category) = (insurance.maLoaiKcb, insurance.maDoituongKcb)
        admitted = try? VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO")
        discharged = try? VisitTime(parsing: insurance.ngayRa, field: "NGAY_RA")
        age = Self.age(birthDate, admitted?.date)
        (outcome, dischargeKind) = (clinical.ketQuaDtri, clinical.maLoaiRv)
        (cardCheck, benefitPercent) = (entry.cardCheckCode, Int(entry.benefitPercent))
        (total, covered) = (Double(insurance.tTongchiBv), Double(insurance.tTongchiBh))
        (fund, patient) = (Double(insurance.tBhtt), Double(insurance.tBncct))
        (sharedAt, self.receivedAt) = (entry.authenticatedAt, receivedAt)
        minutesToBook = discharged.map { LocalMinute.of(unixMilliseconds: entry.authenticatedAt) - LocalMinute.of($0) }
        diagnoses = Self.diagnoses(clinical)
        drugs = details.drugs.map(WarehouseDrug.init)
        services = details.services.map(WarehouseService.init)
        results = details.results.map(WarehouseResult.init)
        missing = RequiredFields.missing(person, insurance, clinical, details)
        contradictions = Contradiction.own(self, clinical, details)
    }

    /// MA_BENH_CHINH, then the codes of MA_BENH_KT, which are joined by `;`.
    private static func diagnoses(_ clinical: ClinicalBlock) -> [WarehouseDiagnosis] {
        var found: [WarehouseDiagnosis] = []
        if !clinical.maBenhChinh.isEmpty { found.append(WarehouseDiagnosis(place: 0, code: clinical.maBenhChinh)) }
        for (place, code) in clinical.maBenhKt.split(separator: ";").enumerated() {
            found.append(WarehouseDiagnosis(place: place + 1, code: String(code)))
        }
        return found
    }

    /// Full years; where month or day of birth are not known, as if the birthday had been.
    private static func age(_ birth: CivilDate?, _ day: CivilDate?) -> Int? {
        guard let birth, let day, birth.number <= day.number else { return nil }
        let hadBirthday = day.number % 10_000 >= birth.number % 10_000
        return day.year - birth.year - (hadBirthday ? 0 : 1)
    }
}
