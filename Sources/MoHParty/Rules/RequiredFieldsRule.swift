import ExchangeSchema
import PartyCore

/// Fields without which a visit cannot be placed: who, when, where, what. Decision 4750/QD-BYT, annex, table XML1,
/// columns required at the VSS portal; the portal requires more, which insurance assessment looks at.
enum RequiredFieldsRule {
    static func check(
        _ administrative: ExaminedPerson, _ insurance: ExaminedInsurance, _ clinical: ExaminedDiagnosis
    ) throws(Refusal) {
        try checkPerson(administrative)
        try require(insurance.ngayVao, "NGAY_VAO")
        try require(insurance.ngayRa, "NGAY_RA")
        try require(insurance.maCskcb, "MA_CSKCB")
        try require(clinical.maBenhChinh, "MA_BENH_CHINH")
    }

    /// Of a vaccination: who, what and when. Where, its sender says. Simulator-defined.
    static func check(_ administrative: ExaminedPerson, _ vaccination: Vaccination) throws(Refusal) {
        try checkPerson(administrative)
        try require(vaccination.maVacxin, "MA_VACXIN")
        try require(vaccination.soMui, "SO_MUI")
        try require(vaccination.ngayTiem, "NGAY_TIEM")
    }

    /// Of a health check: what the annex demands of table XML2, in every form (Decision 2062/QD-BYT, Annex 01).
    static func check(_ administrative: ExaminedPerson, _ check: HealthCheck) throws(Refusal) {
        try checkPerson(administrative)
        try require(check.maCskcb, "MA_CSKCB")
        try require(check.doiTuong, "DOI_TUONG")
        try require(check.nguonChiTra, "NGUON_CHI_TRA")
        try require(check.maLoaiKcb, "MA_LOAI_KCB")
        try require(check.ngayVao, "NGAY_VAO")
    }

    /// Of a health check from six years on: its conclusion (the same, items 3 and 4).
    static func checkConclusion(_ check: HealthCheck) throws(Refusal) {
        try require(check.xml12PhanLoaiSk, "PHAN_LOAI_SK")
    }

    /// Which record, and whose.
    private static func checkPerson(_ administrative: ExaminedPerson) throws(Refusal) {
        try require(administrative.maLk, "MA_LK")
        try require(administrative.hoTen, "HO_TEN")
        try require(administrative.ngaySinh, "NGAY_SINH")
        try require(administrative.gioiTinh, "GIOI_TINH")
    }

    private static func require(_ value: String, _ field: String) throws(Refusal) {
        guard !value.isEmpty else {
            throw Refusal(.mohRequiredMissing, field: field, value: "", rule: "the field is required")
        }
    }
}
