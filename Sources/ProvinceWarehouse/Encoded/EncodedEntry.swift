public import ExchangeSchema

/// An entry of the book as it lies among the bytes of a batch: where each of its texts is. To be read again and again, so
/// that rows take no memory of their own.
public struct EncodedEntry: Sendable {
    /// Which revision of the record this is.
    public private(set) var revision: UInt32 = 0
    /// MA_CSKCB of the sender, province of residence, what VSS said of the card.
    public private(set) var (facilityCode, residentProvince, cardCheckCode) = (TextPlace(), TextPlace(), TextPlace())
    /// Share that the fund pays.
    public private(set) var benefitPercent: UInt32 = 0
    /// When MoH authenticated it; Unix milliseconds.
    public private(set) var authenticatedAt: Int64 = 0
    /// XML1 in its three blocks. One that cannot be read is empty.
    public private(set) var (administrative, insurance, clinical) = (EncodedTexts(), EncodedTexts(), EncodedTexts())
    /// The vaccination that the record is; nil of a visit.
    public private(set) var vaccination: EncodedTexts?
    /// The health check that the record is; nil of a visit.
    public private(set) var healthCheck: EncodedTexts?
    /// Rows of XML2.
    public private(set) var drugs: [EncodedTexts] = []
    /// Rows of XML3.
    public private(set) var services: [EncodedTexts] = []
    /// Rows of XML4.
    public private(set) var results: [EncodedTexts] = []

    /// Whether it is a visit and neither a vaccination nor a health check.
    var isVisit: Bool { vaccination == nil && healthCheck == nil }

    /// Nothing.
    public init() {}

    /// Reads an encoded `BookEntry`.
    /// - Parameter range: Where it lies.
    /// - Returns: False where the bytes are no message; what was read is then of no use.
    public mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        clear()
        var details = 0..<0
        var blocks = (0..<0, 0..<0, 0..<0)
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            switch (fields.number, fields.kind) {
            case (2, .number): revision = UInt32(truncatingIfNeeded: fields.value)
            case (1, .bytes), (3, .bytes), (4, .bytes), (5, .bytes), (6, .bytes):
                guard EncodedText.isBlank(bytes, fields.content) != nil else { return false }
                switch fields.number {
                case 3: facilityCode = TextPlace(fields.content)
                case 5: residentProvince = TextPlace(fields.content)
                case 6: cardCheckCode = TextPlace(fields.content)
                default: continue
                }
            case (7, .number): benefitPercent = UInt32(truncatingIfNeeded: fields.value)
            case (8, .number): authenticatedAt = Int64(bitPattern: fields.value)
            case (9, .bytes): blocks.0 = fields.content
            case (10, .bytes): blocks.1 = fields.content
            case (11, .bytes): blocks.2 = fields.content
            case (12, .bytes): details = fields.content
            default: continue
            }
        }
        guard !fields.isMalformed else { return false }
        administrative = EncodedTexts(.administrative, bytes, blocks.0) ?? EncodedTexts()
        insurance = EncodedTexts(.insurance, bytes, blocks.1) ?? EncodedTexts()
        let clinical = EncodedTexts(.clinical, bytes, blocks.2)
        self.clinical = clinical ?? EncodedTexts()
        // Nothing but a visit has an insurance block, and nearly every visit has one.
        (vaccination, healthCheck) = (nil, nil)
        if blocks.1.isEmpty, clinical != nil {
            vaccination = EncodedTexts.content(.vaccination, bytes, clinical: blocks.2)
            if vaccination == nil { healthCheck = EncodedTexts.content(.healthCheck, bytes, clinical: blocks.2) }
        }
        if !readDetails(bytes, details) { clearLines() }
        return true
    }

    private mutating func readDetails(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            guard fields.kind == .bytes else { continue }
            switch fields.number {
            case 1:
                guard let line = EncodedTexts(.drug, bytes, fields.content) else { return false }
                drugs.append(line)
            case 2:
                guard let line = EncodedTexts(.service, bytes, fields.content) else { return false }
                services.append(line)
            case 3:
                guard let line = EncodedTexts(.result, bytes, fields.content) else { return false }
                results.append(line)
            case 4: guard EncodedTexts(.course, bytes, fields.content) != nil else { return false }
            default: continue
            }
        }
        return !fields.isMalformed
    }

    private mutating func clear() {
        (revision, benefitPercent, authenticatedAt) = (0, 0, 0)
        (facilityCode, residentProvince, cardCheckCode) = (TextPlace(), TextPlace(), TextPlace())
        clearLines()
    }

    private mutating func clearLines() {
        drugs.removeAll(keepingCapacity: true)
        services.removeAll(keepingCapacity: true)
        results.removeAll(keepingCapacity: true)
    }
}
