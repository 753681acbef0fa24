import ExchangeSchema

// Of each block what the rules of a visit look at, and nothing else: a block has up to 28 texts, and making a `String` of each
// was most of what a record cost MoH. Read in place, where the whole block is examined as the library examines it; or taken of
// a block that the library has decoded.

/// What rules look at in an `AdministrativeBlock`.
struct ExaminedPerson: Equatable {
    var maLk, hoTen, soCccd, ngaySinh, gioiTinh, matinhCuTru: String

    init(_ block: AdministrativeBlock) {
        (maLk, hoTen, soCccd) = (block.maLk, block.hoTen, block.soCccd)
        (ngaySinh, gioiTinh, matinhCuTru) = (block.ngaySinh, block.gioiTinh, block.matinhCuTru)
    }

    /// Nil where the bytes are no such block.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard let texts = EncodedTexts(.administrative, bytes, range) else { return nil }
        maLk = texts[1].string(in: bytes)
        hoTen = texts[4].string(in: bytes)
        soCccd = texts[5].string(in: bytes)
        ngaySinh = texts[6].string(in: bytes)
        gioiTinh = texts[7].string(in: bytes)
        matinhCuTru = texts[13].string(in: bytes)
    }
}

/// What rules look at in an `InsuranceBlock`.
struct ExaminedInsurance: Equatable {
    var maTheBhyt, ngayVao, ngayRa, tTongchiBh, tBncct, tBhtt, maCskcb: String

    init(_ block: InsuranceBlock) {
        (maTheBhyt, ngayVao, ngayRa, maCskcb) = (block.maTheBhyt, block.ngayVao, block.ngayRa, block.maCskcb)
        (tTongchiBh, tBncct, tBhtt) = (block.tTongchiBh, block.tBncct, block.tBhtt)
    }

    /// Nil where the bytes are no such block.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard let texts = EncodedTexts(.insurance, bytes, range) else { return nil }
        maTheBhyt = texts[1].string(in: bytes)
        ngayVao = texts[9].string(in: bytes)
        ngayRa = texts[11].string(in: bytes)
        tTongchiBh = texts[17].string(in: bytes)
        tBncct = texts[19].string(in: bytes)
        tBhtt = texts[20].string(in: bytes)
        maCskcb = texts[26].string(in: bytes)
    }
}

/// What rules look at in the `ClinicalBlock` of a visit.
struct ExaminedDiagnosis: Equatable {
    var maBenhChinh, maBenhKt: String

    init(_ block: ClinicalBlock) { (maBenhChinh, maBenhKt) = (block.maBenhChinh, block.maBenhKt) }

    init(_ texts: EncodedTexts, _ bytes: Span<UInt8>) {
        (maBenhChinh, maBenhKt) = (texts[6].string(in: bytes), texts[7].string(in: bytes))
    }
}
