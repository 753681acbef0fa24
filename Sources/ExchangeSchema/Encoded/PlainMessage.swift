/// A small message about a record as it lies in its payload: texts and numbers alone, found in place.
///
/// Only of messages that have no other fields than those asked for, each once and in order, as nearly all have. Of any other
/// the library says what it is.
public struct PlainMessage: Sendable {
    /// Which fields a message may have, by their numbers from 1 to 15: a bit for each.
    public struct Shape: Sendable {
        fileprivate let texts: UInt64
        fileprivate let numbers: UInt64

        /// - Parameters:
        ///   - texts: Fields that are texts. 1 is the record.
        ///   - numbers: Fields that are whole numbers, truths and cases of enumerations. 2 is the revision.
        public init(texts: [Int], numbers: [Int]) {
            self.texts = texts.reduce(0) { $0 | 1 << UInt64($1) }
            self.numbers = numbers.reduce(0) { $0 | 1 << UInt64($1) }
        }
    }

    private var places: InlineArray<16, TextPlace> = .init(repeating: TextPlace())
    private var values: InlineArray<16, UInt64> = .init(repeating: 0)

    /// Nil where the library is to say what it is.
    /// - Parameter record: What the message must be about.
    public init?(_ shape: Shape, _ bytes: Span<UInt8>, about record: RecordIdentifier) {
        self.init(shape, bytes, within: bytes.indices)
        guard revision > 0, RecordIdentifier(utf8: bytes.extracting(places[1].range).bytes) == record else {
            return nil
        }
    }

    /// One within a message about a record, which does not say again what that is. Nil where the library is to say what it is.
    /// - Parameter range: Where it lies.
    public init?(_ shape: Shape, _ bytes: Span<UInt8>, within range: Range<Int>) {
        var fields = EncodedFields(range)
        var last = 0
        while fields.next(in: bytes) {
            guard fields.number > last, fields.number < 16 else { return nil }
            last = fields.number
            switch fields.kind {
            case .bytes where shape.texts >> UInt64(last) & 1 == 1:
                guard EncodedText.isBlank(bytes, fields.content) != nil else { return nil }
                places[last] = TextPlace(fields.content)
            case .number where shape.numbers >> UInt64(last) & 1 == 1: values[last] = fields.value
            default: return nil
            }
        }
        guard !fields.isMalformed else { return nil }
    }

    /// The revision, from 1.
    public var revision: UInt32 { UInt32(truncatingIfNeeded: values[2]) }

    /// Where the text of a field lies; empty where it is not there.
    public func text(_ number: Int) -> TextPlace { places[number] }

    /// The number that a field holds, as it is written; 0 where it is not there.
    public func number(_ number: Int) -> UInt64 { values[number] }
}

extension RawSpan {
    /// Lends the bytes as a span of bytes.
    @inline(__always)
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(Failure) in
            try body(bytes.bindMemory(to: UInt8.self).span)
        }
    }
}
