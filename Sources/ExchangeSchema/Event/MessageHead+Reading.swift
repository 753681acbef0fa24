public import Vocabulary

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Records whose headers can be looked up: a consumed batch, or one recorded record.
public protocol EventHeaderTable {
    /// Hands over the bytes of an attribute of a record.
    /// - Returns: nil when the record has no such header.
    func withAttribute<Result>(
        _ attribute: EventAttribute, ofRecord index: Int, _ body: (RawSpan) -> Result
    ) -> Result?
}

/// Why the attributes of a record do not say which message it is; it goes to the dead letters.
public struct UnreadableHead: Error, Equatable, CustomStringConvertible {
    /// For people.
    public var description: String

    /// Takes the text.
    public init(_ description: String) { self.description = description }
}

extension EventHeaderTable {
    /// An identifier in a header; nil when it is missing or none.
    @inlinable
    public func identifier(_ attribute: EventAttribute, ofRecord index: Int) -> RecordIdentifier? {
        withAttribute(attribute, ofRecord: index) { RecordIdentifier(utf8: $0) } ?? nil
    }

    /// A header as text; nil when it is missing or not UTF-8.
    @inlinable
    public func text(_ attribute: EventAttribute, ofRecord index: Int) -> String? {
        withAttribute(attribute, ofRecord: index) { bytes in
            bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        } ?? nil
    }
}

extension MessageHead {
    /// Reads the attributes of a record. Everybody who reads messages reads them here: what one takes for a message is one
    /// to all.
    /// - Parameter type: What the topic carries.
    /// - Throws: ``UnreadableHead`` with the header that is missing or wrong.
    @inlinable
    public init(
        _ headers: borrowing some EventHeaderTable, record index: Int, carrying type: MessageType
    ) throws(UnreadableHead) {
        guard let message = headers.identifier(.identifier, ofRecord: index) else {
            throw Self.unreadable(headers, index, .identifier, "is not a UUID")
        }
        guard headers.withAttribute(.type, ofRecord: index, { $0.matches(type.eventType) }) == true else {
            throw Self.unreadableType(headers, index, type)
        }
        var subject = RecordIdentifier(high: 0, low: 0)
        if type.isAboutRecord {
            guard let record = headers.identifier(.subject, ofRecord: index) else {
                throw Self.unreadable(headers, index, .subject, "is not a record id")
            }
            subject = record
        }
        // A message without a salt is one of a sender that does not salt.
        guard let salt = headers.withAttribute(.salt, ofRecord: index, { PayloadSalt(utf8: $0) }) ?? PayloadSalt.none
        else { throw Self.unreadable(headers, index, .salt, "is not 32 hexadecimal digits") }
        self.init(
            type: type, message: MessageIdentifier(message), record: subject,
            source: headers.text(.source, ofRecord: index) ?? "", salt: salt)
    }

    @usableFromInline
    static func unreadable(
        _ headers: borrowing some EventHeaderTable, _ index: Int, _ attribute: EventAttribute, _ wrong: String
    ) -> UnreadableHead {
        let isThere = headers.withAttribute(attribute, ofRecord: index) { _ in true } == true
        return UnreadableHead("header \(attribute.header) " + (isThere ? wrong : "is missing"))
    }

    @usableFromInline
    static func unreadableType(
        _ headers: borrowing some EventHeaderTable, _ index: Int, _ type: MessageType
    ) -> UnreadableHead {
        let found = headers.text(.type, ofRecord: index).map(UnreadablePayload.quoted) ?? "not UTF-8"
        return unreadable(headers, index, .type, "is \(found); this topic carries \(type.eventType)")
    }
}

extension RawSpan {
    /// Whether the bytes are the UTF-8 of this text.
    @usableFromInline
    func matches(_ text: String) -> Bool {
        guard byteCount == text.utf8.count else { return false }
        return withUnsafeBytes { own in
            // Byte by byte only where the text does not lie in one piece; what is compared here does.
            text.utf8.withContiguousStorageIfAvailable { other in
                // No address means no bytes, of both.
                guard let own = own.baseAddress, let other = other.baseAddress else { return true }
                return memcmp(own, other, byteCount) == 0
            } ?? text.utf8.elementsEqual(own)
        }
    }
}
