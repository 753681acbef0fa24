/// A column of a file of vaccinations: a heading of CSV, a key of JSON Lines, or a column of the table `vaccinations` in
/// SQLite. The names are ours, for no public text gives a form; what a value becomes stands beside each.
public enum VaccinationColumn: Int, RegisterColumn {
    /// The facility's number for the vaccination, of which its visits have none; MA_LK.
    case number
    /// SO_CCCD: 12 digits, or 9 of the old identity card. Blank for somebody who has none yet.
    case citizenNumber
    /// HO_TEN.
    case fullName
    /// NGAY_SINH, to the day where it is known.
    case birthDate
    /// GIOI_TINH: 1 male, 2 female, 3 not determined.
    case sex
    /// MATINH_CU_TRU: where the person lives, two digits, before or since July 2025.
    case province
    /// MAXA_CU_TRU, five digits.
    case ward
    /// DIA_CHI.
    case address
    /// MA_BN: how the facility calls the person.
    case patient
    /// MA_QUOCTICH.
    case nationality
    /// MA_DANTOC.
    case ethnicGroup
    /// MA_NGHE_NGHIEP.
    case occupation
    /// DIEN_THOAI.
    case phone
    /// MA_VACXIN.
    case vaccine
    /// TEN_VACXIN.
    case vaccineName
    /// BENH_PHONG, separated by `;`.
    case diseases
    /// SO_MUI: which dose of the series, from 1.
    case dose
    /// TONG_MUI: doses of the series.
    case doses
    /// NGAY_TIEM: `2026-11-28 09:20`, or the day alone.
    case given
    /// SO_LO.
    case lot
    /// DUONG_TIEM.
    case route
    /// VI_TRI_TIEM.
    case site
    /// MA_BAC_SI: practice certificate of who gave it.
    case practitioner
    /// NGAY_HEN: the day on which the next dose is due.
    case due
    /// PHAN_UNG.
    case reaction
    /// GHI_CHU.
    case note
    /// For people: what is special about it. Not read.
    case story
    /// For people: what is to become of it. Not read.
    case expected

    /// `vaccinations`.
    public static var table: String { "vaccinations" }
}
