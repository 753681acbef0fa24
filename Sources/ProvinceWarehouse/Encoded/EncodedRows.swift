public import ExchangeSchema

/// What a vaccination is, as far as a warehouse keeps it: all but remarks.
public struct VaccinationRow {
    /// MA_VACXIN, TEN_VACXIN, BENH_PHONG, SO_LO.
    public let (vaccine, name, diseases, lot): (TextPlace, TextPlace, TextPlace, TextPlace)
    /// SO_MUI, TONG_MUI; nil for what is no number.
    public let (dose, doses): (Int64?, Int64?)
    /// NGAY_TIEM, NGAY_HEN; nil where they are no time.
    public let (given, due): (VisitTime?, VisitTime?)
    /// DUONG_TIEM, VI_TRI_TIEM, MA_BAC_SI, PHAN_UNG.
    public let (route, site, practitioner, reaction): (TextPlace, TextPlace, TextPlace, TextPlace)

    /// That of an encoded `Vaccination`.
    public init(_ texts: EncodedTexts, in bytes: Span<UInt8>) {
        (vaccine, name, diseases, lot) = (texts[1], texts[2], texts[3], texts[7])
        (dose, doses) = (EncodedText.number(texts[4], in: bytes), EncodedText.number(texts[5], in: bytes))
        (given, due) = (EncodedText.time(texts[6], in: bytes), EncodedText.time(texts[11], in: bytes))
        (route, site, practitioner, reaction) = (texts[8], texts[9], texts[10], texts[12])
    }
}

/// What a health check is, as far as a warehouse keeps it. Of what both forms have, the field of XML10 or XML12 counts and,
/// where that is empty, the one of XML3, XML4 or XML8.
public struct HealthCheckRow {
    /// MA_LOAI_KCB, DOI_TUONG, NGUON_CHI_TRA.
    public let (visitKind, groups, payer): (TextPlace, TextPlace, TextPlace)
    /// PHAN_LOAI_SK, KHAM_THE_LUC_PL; nil for what is no number.
    public let (healthClass, physiqueClass): (Int64?, Int64?)
    /// BINH_THUONG, NGUY_CO_MAC_LAO, VAN_DE_SUC_KHOE, HEN_KHAM_LAN_SAU; likewise.
    public let (isNormal, tuberculosisRisk, hasProblem, nextCheck): (Int64?, Int64?, Int64?, Int64?)
    /// CAC_VAN_DE_SUC_KHOE or GHI_RO_VAN_DE_SUC_KHOE; CAC_BENH_TAT_NEU_CO.
    public let (problems, illnesses): (TextPlace, TextPlace)
    /// Height or length in centimetres, weight in kilograms, CHI_SO_BMI; nil for what is no number.
    public let (height, weight, bodyMassIndex): (Double?, Double?, Double?)
    /// Beats and breaths a minute, degrees Celsius; likewise.
    public let (pulse, breaths, temperature): (Double?, Double?, Double?)
    /// HUYET_AP.
    public let bloodPressure: TextPlace

    /// That of an encoded `HealthCheck`.
    public init(_ texts: EncodedTexts, in bytes: Span<UInt8>) {
        func either(_ first: Int, _ second: Int) -> TextPlace { texts[first].isEmpty ? texts[second] : texts[first] }
        (visitKind, groups, payer) = (texts[5], texts[3], texts[4])
        healthClass = EncodedText.number(texts[25], in: bytes)
        physiqueClass = EncodedText.number(texts[24], in: bytes)
        isNormal = EncodedText.number(texts[12], in: bytes)
        tuberculosisRisk = EncodedText.number(texts[13], in: bytes)
        hasProblem = EncodedText.number(texts[14], in: bytes)
        nextCheck = EncodedText.number(texts[17], in: bytes)
        (problems, illnesses) = (either(27, 16), texts[28])
        height = EncodedText.amount(either(19, 10), in: bytes)
        weight = EncodedText.amount(either(20, 11), in: bytes)
        bodyMassIndex = EncodedText.amount(texts[21], in: bytes)
        pulse = EncodedText.amount(either(22, 8), in: bytes)
        breaths = EncodedText.amount(texts[9], in: bytes)
        temperature = EncodedText.amount(texts[7], in: bytes)
        bloodPressure = texts[23]
    }
}

/// A drug of a visit (XML2), as far as a warehouse keeps it.
public struct DrugRow {
    /// MA_THUOC, TEN_THUOC, HAM_LUONG, DON_VI_TINH, LIEU_DUNG.
    public let (code, name, strength, unit, dose): (TextPlace, TextPlace, TextPlace, TextPlace, TextPlace)
    /// SO_LUONG, DON_GIA, THANH_TIEN_BV, THANH_TIEN_BH; nil for what is no number.
    public let (quantity, price, amount, covered): (Double?, Double?, Double?, Double?)
    /// NGAY_YL; nil where it is no time.
    public let ordered: VisitTime?

    /// That of an encoded `DrugLine`.
    public init(_ line: EncodedTexts, in bytes: Span<UInt8>) {
        (code, name, strength, unit, dose) = (line[3], line[7], line[9], line[8], line[12])
        (quantity, price) = (EncodedText.amount(line[18], in: bytes), EncodedText.amount(line[19], in: bytes))
        (amount, covered) = (EncodedText.amount(line[20], in: bytes), EncodedText.amount(line[21], in: bytes))
        ordered = EncodedText.time(line[34], in: bytes)
    }
}

/// A service, bed or supply of a visit (XML3), likewise.
public struct ServiceRow {
    /// MA_DICH_VU or, of a supply, MA_VAT_TU; its name; MA_NHOM.
    public let (code, name, group): (TextPlace, TextPlace, TextPlace)
    /// SO_LUONG, THANH_TIEN_BV, THANH_TIEN_BH; nil for what is no number.
    public let (quantity, amount, covered): (Double?, Double?, Double?)
    /// NGAY_YL, NGAY_TH_YL, NGAY_KQ; nil where they are no time.
    public let (ordered, performed, resulted): (VisitTime?, VisitTime?, VisitTime?)

    /// That of an encoded `ServiceLine`.
    public init(_ line: EncodedTexts, in bytes: Span<UInt8>) {
        let isSupply = line[3].isEmpty
        (code, name, group) = (isSupply ? line[5] : line[3], isSupply ? line[8] : line[9], line[6])
        quantity = EncodedText.amount(line[13], in: bytes)
        (amount, covered) = (EncodedText.amount(line[19], in: bytes), EncodedText.amount(line[20], in: bytes))
        (ordered, performed) = (EncodedText.time(line[37], in: bytes), EncodedText.time(line[38], in: bytes))
        resulted = EncodedText.time(line[39], in: bytes)
    }
}

/// A laboratory or imaging result of a visit (XML4), likewise.
public struct ResultRow {
    /// MA_DICH_VU, MA_CHI_SO, TEN_CHI_SO.
    public let (service, index, name): (TextPlace, TextPlace, TextPlace)
    /// GIA_TRI, DON_VI_DO, MO_TA, KET_LUAN.
    public let (value, unit, description, conclusion): (TextPlace, TextPlace, TextPlace, TextPlace)
    /// NGAY_KQ; nil where it is no time.
    public let resulted: VisitTime?

    /// That of an encoded `ResultLine`.
    public init(_ line: EncodedTexts, in bytes: Span<UInt8>) {
        (service, index, name) = (line[3], line[4], line[5])
        (value, unit, description, conclusion) = (line[6], line[7], line[8], line[9])
        resulted = EncodedText.time(line[10], in: bytes)
    }
}
