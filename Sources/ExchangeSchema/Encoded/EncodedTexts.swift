/// The texts of an encoded block, or of a row of one, by the numbers of their fields. Read in place: a visit has some
/// hundred and fifty texts, of which a warehouse keeps sixty, and rules look at fifteen.
public struct EncodedTexts: Sendable {
    /// The messages that have texts and nothing else: all blocks but the details, and their rows.
    public enum Message: Sendable {
        case administrative, insurance, clinical, drug, service, result, course, vaccination, healthCheck

        /// Number of the last text; they begin with 1.
        var last: Int {
            switch self {
            case .administrative: 16
            case .insurance, .healthCheck: 28
            case .clinical: 22
            case .drug: 39
            case .service: 47
            case .result: 12
            case .course: 9
            case .vaccination: 13
            }
        }

        /// Number of the field in which a clinical block keeps it; nil of what is no content of one.
        var clinicalField: Int? {
            switch self {
            case .vaccination: 101
            case .healthCheck: 102
            default: nil
            }
        }
    }

    /// Number of the field in which each of these messages keeps what the annex does not know.
    private static let otherFields = 100
    /// Number of the field in which a health check keeps the rest of its tables.
    private static let healthCheckTables = 30

    /// Whether a clinical block is about a vaccination or a health check, and not about a visit.
    public private(set) var hasContent = false
    private var places: InlineArray<48, TextPlace> = .init(repeating: TextPlace())
    /// A bit for each field that is not blank, by its number.
    public private(set) var filled: UInt64 = 0

    /// A block in which nothing stands.
    public init() {}

    /// Nil where the bytes are no such message.
    public init?(_ message: Message, _ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard read(message, bytes, range) else { return nil }
    }

    /// - Returns: False where the bytes are no such message.
    private mutating func read(_ message: Message, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let last = message.last
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            guard fields.kind == .bytes else { continue }
            if fields.number <= last {
                guard let isBlank = EncodedText.isBlank(bytes, fields.content) else { return false }
                places[fields.number] = TextPlace(fields.content)
                // Of a field that stands twice the last one counts.
                if isBlank {
                    filled &= ~(1 << UInt64(fields.number))
                } else {
                    filled |= 1 << UInt64(fields.number)
                }
            } else if fields.number == Self.otherFields, message.clinicalField == nil {
                guard Self.isOtherField(bytes, fields.content) else { return false }
            } else if message == .clinical {
                for content in [Message.vaccination, .healthCheck] where content.clinicalField == fields.number {
                    guard EncodedTexts(content, bytes, fields.content) != nil else { return false }
                    hasContent = true
                }
            } else if fields.number == Self.healthCheckTables, message == .healthCheck {
                guard Self.isTable(bytes, fields.content) else { return false }
            }
        }
        return !fields.isMalformed
    }

    /// The vaccination or health check that a clinical block is about; nil of any other. A field that stands more than once is
    /// one message (Protocol Buffers, "Encoding", last one wins).
    public static func content(_ message: Message, _ bytes: Span<UInt8>, clinical range: Range<Int>) -> EncodedTexts? {
        var texts = EncodedTexts()
        var isThere = false
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            guard fields.kind == .bytes, fields.number == message.clinicalField else { continue }
            guard texts.read(message, bytes, fields.content) else { return nil }
            isThere = true
        }
        return isThere && !fields.isMalformed ? texts : nil
    }

    /// Where the text of a field lies.
    public subscript(number: Int) -> TextPlace { places[number] }

    /// The name of a table, and fields with name and value.
    private static func isTable(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            guard fields.kind == .bytes else { continue }
            switch fields.number {
            case 1: if EncodedText.isBlank(bytes, fields.content) == nil { return false }
            case 2: if !isOtherField(bytes, fields.content) { return false }
            default: continue
            }
        }
        return !fields.isMalformed
    }

    /// A name and a value.
    private static func isOtherField(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var fields = EncodedFields(range)
        while fields.next(in: bytes) {
            if fields.kind == .bytes, fields.number <= 2, EncodedText.isBlank(bytes, fields.content) == nil {
                return false
            }
        }
        return !fields.isMalformed
    }
}
