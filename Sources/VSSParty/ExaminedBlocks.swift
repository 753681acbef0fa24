import ExchangeSchema
import Vocabulary

// Of each block what the rules look at, and nothing else: making a `String` of each of some forty texts was a third of what a
// visit cost VSS. Read in place, where the whole block is examined as the library examines it; or taken of a block that the
// library has decoded.

/// What rules look at in an `AdministrativeBlock`, and what C06 is asked.
struct ExaminedPatient: Equatable {
    var hoTen = ""
    var soCccd = ""
    var ngaySinh = ""

    init() {}

    init(_ block: AdministrativeBlock) { (hoTen, soCccd, ngaySinh) = (block.hoTen, block.soCccd, block.ngaySinh) }

    /// Nil where the bytes are no such block.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard let texts = EncodedTexts(.administrative, bytes, range) else { return nil }
        hoTen = texts[4].string(in: bytes)
        soCccd = texts[5].string(in: bytes)
        ngaySinh = texts[6].string(in: bytes)
    }
}

/// What rules look at in an `InsuranceBlock`.
struct ExaminedInsurance: Equatable {
    var maTheBhyt = ""
    var maDkbd = ""
    var gtTheTu = ""
    var gtTheDen = ""
    var ngayMienCct = ""
    var maDoituongKcb = ""
    var maNoiDi = ""
    var ngayVao = ""
    var ngayRa = ""
    var tTongchiBh = ""
    var tBncct = ""
    var tBhtt = ""
    var maLoaiKcb = ""
    var maCskcb = ""
    var maKhuvuc = ""

    init() {}

    init(_ block: InsuranceBlock) {
        (maTheBhyt, maDkbd, gtTheTu, gtTheDen) = (block.maTheBhyt, block.maDkbd, block.gtTheTu, block.gtTheDen)
        (ngayMienCct, maDoituongKcb, maNoiDi) = (block.ngayMienCct, block.maDoituongKcb, block.maNoiDi)
        (ngayVao, ngayRa, tTongchiBh, tBncct) = (block.ngayVao, block.ngayRa, block.tTongchiBh, block.tBncct)
        (tBhtt, maLoaiKcb, maCskcb, maKhuvuc) = (block.tBhtt, block.maLoaiKcb, block.maCskcb, block.maKhuvuc)
    }

    /// Nil where the bytes are no such block.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard let texts = EncodedTexts(.insurance, bytes, range) else { return nil }
        maTheBhyt = texts[1].string(in: bytes)
        maDkbd = texts[2].string(in: bytes)
        gtTheTu = texts[3].string(in: bytes)
        gtTheDen = texts[4].string(in: bytes)
        ngayMienCct = texts[5].string(in: bytes)
        maDoituongKcb = texts[6].string(in: bytes)
        maNoiDi = texts[7].string(in: bytes)
        ngayVao = texts[9].string(in: bytes)
        ngayRa = texts[11].string(in: bytes)
        tTongchiBh = texts[17].string(in: bytes)
        tBncct = texts[19].string(in: bytes)
        tBhtt = texts[20].string(in: bytes)
        maLoaiKcb = texts[25].string(in: bytes)
        maCskcb = texts[26].string(in: bytes)
        maKhuvuc = texts[27].string(in: bytes)
    }
}

/// A record, as far as VSS looks at it.
struct ExaminedRecord {
    /// As it is written.
    var recordID: String
    var revision: UInt32
    var facilityCode: String
    var patient: ExaminedPatient
    var insurance: ExaminedInsurance

    /// Takes what the library has decoded.
    /// - Throws: ``UnreadablePayload`` that names the block that cannot be read.
    init(_ message: AcceptedRecord) throws(UnreadablePayload) {
        (recordID, revision, facilityCode) = (message.recordID, message.revision, message.facilityCode)
        do {
            patient = ExaminedPatient(try AdministrativeBlock(decoding: message.administrative))
            insurance = ExaminedInsurance(try InsuranceBlock(decoding: message.insurance))
        } catch {
            throw UnreadablePayload(.acceptedRecord, "it has no readable \(error.expected)")
        }
    }

    /// One that MoH has accepted. Nil where the library is to say what it is.
    init?(_ bytes: Span<UInt8>, about record: RecordIdentifier) {
        guard let message = EncodedRecord(.accepted, bytes, about: record) else { return nil }
        self.init(message, bytes)
    }

    /// Nil where one of the blocks cannot be read.
    init?(_ message: EncodedRecord, _ bytes: Span<UInt8>) {
        guard let patient = ExaminedPatient(bytes, message.administrative),
            let insurance = ExaminedInsurance(bytes, message.insurance)
        else { return nil }
        recordID = message.recordID.string(in: bytes)
        revision = message.revision
        facilityCode = message.facilityCode.string(in: bytes)
        (self.patient, self.insurance) = (patient, insurance)
    }
}
