public import ExchangeSchema
import HealthStandards

/// One revision of a visit as a warehouse keeps it, with its texts where they lie among the bytes of a batch. This is what
/// the tables are written from; ``WarehouseVisit`` is the same with texts of its own. To be read again and again.
public struct EncodedVisit: Sendable {
    /// The record.
    public private(set) var record = RecordIdentifier(high: 0, low: 0)
    /// Whose visit it is: the authenticated number, below 10^12.
    public private(set) var citizen: UInt64 = 0
    /// When this locality took it in; Unix milliseconds.
    public private(set) var receivedAt: Int64 = 0
    /// What MoH sent.
    public private(set) var entry = EncodedEntry()
    /// NGAY_SINH; nil where it is no date.
    public private(set) var birthDate: CivilDate?
    /// GIOI_TINH; 0 where it is no digit of the annex.
    public private(set) var sex: UInt8 = 0
    /// Full years at admission; nil where birth or admission is not known.
    public private(set) var age: Int?
    /// NGAY_VAO and NGAY_RA; of a vaccination NGAY_TIEM, of a health check its NGAY_VAO, both times. Nil where they are no time.
    public private(set) var (admitted, discharged): (VisitTime?, VisitTime?)
    /// Minutes from discharge to authentication; nil where the discharge is not known.
    public private(set) var minutesToBook: Int64?
    /// MA_BENH_CHINH, of a health check the first of KET_LUAN_BENH; empty where none is written.
    public private(set) var mainDisease = TextPlace()
    /// The codes of MA_BENH_KT, of a health check the other ones of KET_LUAN_BENH, in their order.
    public private(set) var otherDiseases: [TextPlace] = []
    /// Names of the required fields that are empty.
    public private(set) var missing: [String] = []
    /// What contradicts itself in it.
    public private(set) var contradictions: [Contradiction] = []

    /// Nothing.
    public init() {}

    /// Reads the rows that an entry of the book becomes. A block that cannot be decoded leaves its columns empty: the entry
    /// is in the book all the same, and it is not complete.
    /// - Parameters:
    ///   - range: Where the entry lies.
    ///   - citizen: The number in force, below 10^12.
    ///   - receivedAt: When the locality took it in; Unix milliseconds.
    /// - Returns: False where the bytes are no entry; what was read is then of no use.
    public mutating func read(
        _ bytes: Span<UInt8>, _ range: Range<Int>, record: RecordIdentifier, citizen: UInt64, receivedAt: Int64
    ) -> Bool {
        guard entry.read(bytes, range) else { return false }
        (self.record, self.citizen, self.receivedAt) = (record, citizen, receivedAt)
        birthDate = EncodedText.birthDate(entry.administrative[6], in: bytes)
        sex = Self.sex(entry.administrative[7], bytes)
        // NGAY_TIEM of a vaccination and NGAY_VAO of a health check have the same number.
        if let content = entry.vaccination ?? entry.healthCheck {
            admitted = EncodedText.time(content[6], in: bytes)
            discharged = admitted
        } else {
            admitted = EncodedText.time(entry.insurance[9], in: bytes)
            discharged = EncodedText.time(entry.insurance[11], in: bytes)
        }
        age = Self.age(birthDate, admitted?.date)
        minutesToBook = discharged.map {
            LocalMinute.of(unixMilliseconds: entry.authenticatedAt) - LocalMinute.of($0)
        }
        readDiagnoses(bytes)
        missing = MissingFields.names(entry)
        contradictions = Contradiction.own(self, bytes)
        return true
    }

    /// MA_BENH_CHINH, then the codes of MA_BENH_KT, which are joined by `;`; of a health check KET_LUAN_BENH of XML12 or, where
    /// that is empty, of XML8.
    private mutating func readDiagnoses(_ bytes: Span<UInt8>) {
        mainDisease = entry.clinical[6]
        otherDiseases.removeAll(keepingCapacity: true)
        if let check = entry.healthCheck {
            readCodes(check[26].isEmpty ? check[15].range : check[26].range, bytes)
            if let first = otherDiseases.first {
                mainDisease = first
                otherDiseases.removeFirst()
            }
        } else {
            readCodes(entry.clinical[7].range, bytes)
        }
    }

    private mutating func readCodes(_ list: Range<Int>, _ bytes: Span<UInt8>) {
        var start = list.lowerBound
        for at in list where bytes[at] == UInt8(ascii: ";") {
            if at > start { otherDiseases.append(TextPlace(start..<at)) }
            start = at + 1
        }
        if start < list.upperBound { otherDiseases.append(TextPlace(start..<list.upperBound)) }
    }

    private static func sex(_ text: TextPlace, _ bytes: Span<UInt8>) -> UInt8 {
        guard text.count == 1 else { return 0 }
        return Sex(rawValue: bytes[text.range.lowerBound] &- 0x30)?.rawValue ?? 0
    }

    /// Full years; where month or day of birth are not known, as if the birthday had been.
    private static func age(_ birth: CivilDate?, _ day: CivilDate?) -> Int? {
        guard let birth, let day, birth.number <= day.number else { return nil }
        let hadBirthday = day.number % 10_000 >= birth.number % 10_000
        return day.year - birth.year - (hadBirthday ? 0 : 1)
    }
}

extension EncodedVisit {
    /// Ward as the facility wrote it (MAXA_CU_TRU).
    public var ward: TextPlace { entry.administrative[15] }
    /// HO_TEN.
    public var name: TextPlace { entry.administrative[4] }
    /// MA_LOAI_KCB; empty of what is no visit (``kindName``).
    public var kind: TextPlace { entry.insurance[25] }
    /// What stands in place of ``kind`` of what is no visit; nil of a visit.
    public var kindName: String? {
        entry.vaccination != nil ? VisitKind.vaccination : entry.healthCheck != nil ? VisitKind.healthCheck : nil
    }
    /// MA_DOITUONG_KCB.
    public var category: TextPlace { entry.insurance[6] }
    /// KET_QUA_DTRI.
    public var outcome: TextPlace { entry.clinical[13] }
    /// MA_LOAI_RV.
    public var dischargeKind: TextPlace { entry.clinical[14] }

    /// T_TONGCHI_BV, T_TONGCHI_BH, T_BHTT and T_BNCCT in dong; nil for what is no number.
    public func amounts(in bytes: Span<UInt8>) -> (total: Double?, covered: Double?, fund: Double?, patient: Double?) {
        (
            EncodedText.amount(entry.insurance[16], in: bytes), EncodedText.amount(entry.insurance[17], in: bytes),
            EncodedText.amount(entry.insurance[20], in: bytes), EncodedText.amount(entry.insurance[19], in: bytes)
        )
    }

    /// Category of the main diagnosis: its first three characters.
    public func mainCategory(in bytes: Span<UInt8>) -> TextPlace {
        let start = mainDisease.prefix(3).range
        if start.allSatisfy({ bytes[$0] < 0x80 }), mainDisease.count <= 3 || bytes[start.upperBound] < 0x80 {
            return mainDisease.prefix(3)
        }
        return mainDisease.prefix(mainDisease.string(in: bytes).prefix(3).utf8.count)
    }
}
