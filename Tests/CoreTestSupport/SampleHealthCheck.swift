public import ExchangeSchema

extension SampleVisit {
    /// A health check that keeps every rule of MoH and that C06 finds: no visit, and nothing for VSS to look at.
    public static func healthCheck(
        _ record: RecordIdentifier = .sample(1), of person: SamplePerson = SamplePeople.an
    ) -> SampleVisit {
        var sample = SampleVisit(record, of: person)
        sample.insurance = InsuranceBlock()
        sample.clinical = ClinicalBlock()
        sample.clinical.healthCheck.maCskcb = sample.facilityCode
        sample.clinical.healthCheck.maGtinCskcb = "8930000001013"
        sample.clinical.healthCheck.doiTuong = "13;5"
        sample.clinical.healthCheck.nguonChiTra = "4"
        sample.clinical.healthCheck.maLoaiKcb = "15"
        sample.clinical.healthCheck.ngayVao = "202507010840"
        sample.clinical.healthCheck.xml10ChieuCao = "168"
        sample.clinical.healthCheck.xml10CanNang = "62.5"
        sample.clinical.healthCheck.xml10ChiSoBmi = "22.1"
        sample.clinical.healthCheck.xml10Mach = "72"
        sample.clinical.healthCheck.xml10HuyetAp = "120/80"
        sample.clinical.healthCheck.xml10KhamTheLucPl = "2"
        sample.clinical.healthCheck.xml12PhanLoaiSk = "3"
        sample.clinical.healthCheck.xml12KetLuanBenh = "I10;E11.9"
        sample.clinical.healthCheck.xml12CacVanDeSucKhoe = "Khám lại theo hẹn"
        var examination = HealthCheckTable()
        examination.table = "XML7"
        for (name, value) in [("NOI_KHOA_TUAN_HOAN", "Bình thường"), ("CKDT_NOI_KHOA_TUAN_HOAN", "BS-NỘI")] {
            var field = HealthCheckField()
            (field.name, field.value) = (name, value)
            examination.fields.append(field)
        }
        sample.clinical.healthCheck.tables = [examination]
        return sample
    }

    /// A row of XML11.
    public static var healthCheckResults: ClinicalDetails {
        var line = ResultLine()
        (line.stt, line.maDichVu, line.maChiSo) = ("1", "23.0075.1494", "1702030")
        (line.giaTri, line.donViDo, line.ketLuan) = ("5.6", "mmol/L", "Bình thường")
        var details = ClinicalDetails()
        details.results = [line]
        return details
    }
}
