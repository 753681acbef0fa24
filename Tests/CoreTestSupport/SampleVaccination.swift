public import ExchangeSchema

extension SampleVisit {
    /// A vaccination that keeps every rule of MoH and that C06 finds: no visit, and nothing for VSS to look at.
    public static func vaccination(
        _ record: RecordIdentifier = .sample(1), of person: SamplePerson = SamplePeople.an
    ) -> SampleVisit {
        var sample = SampleVisit(record, of: person)
        sample.insurance = InsuranceBlock()
        sample.clinical = ClinicalBlock()
        sample.clinical.vaccination.maVacxin = "VX-VGB"
        sample.clinical.vaccination.tenVacxin = "Vắc xin viêm gan B"
        sample.clinical.vaccination.benhPhong = "viêm gan B"
        sample.clinical.vaccination.soMui = "2"
        sample.clinical.vaccination.tongMui = "3"
        sample.clinical.vaccination.ngayTiem = "202507010840"
        sample.clinical.vaccination.soLo = "L-001"
        sample.clinical.vaccination.duongTiem = "tiêm bắp"
        sample.clinical.vaccination.maBacSi = "000001/HNO-CCHN"
        sample.clinical.vaccination.ngayHen = "20250801"
        return sample
    }
}
