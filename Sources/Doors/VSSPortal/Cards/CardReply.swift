import DoorDesk
import ExchangeSchema

/// What `KQNhanLichSuKCB2024` answers (dispatch 1923/BHXH-CNTT, annex). What the register of VSS here does not hold is
/// empty: sex, address, area, five years in a row, and the card before or after.
struct CardReply: Encodable {
    var maKetQua: String
    var ghiChu: String
    var maThe = ""
    var hoTen = ""
    var ngaySinh = ""
    var gioiTinh = ""
    var diaChi = ""
    var maDKBD = ""
    var cqBHXH = ""
    var gtTheTu = ""
    var gtTheDen = ""
    var maKV = ""
    var ngayDu5Nam = ""
    var maSoBHXH = ""
    var maTheCu = ""
    var maTheMoi = ""
    var gtTheTuMoi = ""
    var gtTheDenMoi = ""
    var maDKBDMoi = ""
    var tenDKBDMoi = ""
    var dsLichSuKCB2018: [CardReplyVisit] = []
    var dsLichSuKT2018: [CardReplyInquiry] = []

    init(code: String) {
        maKetQua = code
        ghiChu = CardCodes.words(code)
    }

    init(_ answer: CardAnswer) {
        self.init(code: answer.code)
        guard answer.hasHolder else { return }
        let holder = answer.holder
        maThe = holder.card
        hoTen = holder.fullName
        ngaySinh = PortalTime.day(holder.birthDate)
        maDKBD = holder.registeredFacility
        cqBHXH = holder.issuingProvince
        gtTheTu = PortalTime.day(holder.validFrom)
        gtTheDen = PortalTime.day(holder.validTo)
        maSoBHXH = holder.socialInsuranceNumber
        dsLichSuKCB2018 = answer.visits.map(CardReplyVisit.init)
        dsLichSuKT2018 = answer.inquiries.map(CardReplyInquiry.init)
    }
}

/// What `Lskcb2025` answers: the same of a person's visits, under names of its own. The names of the lists differ between
/// versions of the real portal; these are one of them.
struct HistoryReply: Encodable {
    var maKetQua: String
    var ghiChu: String
    var dsLichSuKCB2025: [CardReplyVisit]
    var dsLichSuKT2025: [CardReplyInquiry]

    init(_ reply: CardReply) {
        maKetQua = reply.maKetQua
        ghiChu = reply.ghiChu
        dsLichSuKCB2025 = reply.dsLichSuKCB2018
        dsLichSuKT2025 = reply.dsLichSuKT2018
    }
}

/// One visit of a person. Diagnosis, state, result and reason are empty: VSS here keeps none of them.
struct CardReplyVisit: Encodable, Equatable {
    var maHoSo: String
    var maCSKCB: String
    var ngayVao: String
    var ngayRa: String
    var tenBenh = ""
    var tinhTrang = ""
    var kqDieuTri = ""
    var lyDoVV = ""

    init(_ visit: CardVisit) {
        maHoSo = visit.recordID
        maCSKCB = visit.facilityCode
        ngayVao = visit.admitted
        ngayRa = visit.discharged
    }
}

/// That somebody has asked about a card.
struct CardReplyInquiry: Encodable, Equatable {
    var userKT: String
    /// yyyyMMddHHmmss.
    var thoiGianKT: String
    var thongBao: String
    var maLoi: String

    init(_ inquiry: CardInquiry) {
        userKT = inquiry.account
        thoiGianKT = PortalTime.stamp(inquiry.askedAt)
        thongBao = CardCodes.words(inquiry.code)
        maLoi = inquiry.code
    }
}
