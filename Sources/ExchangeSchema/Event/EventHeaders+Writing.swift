public import Vocabulary

/// Where the attributes of a record to be sent are written, by their place in ``EventHeaders/names``.
public protocol EventHeaderSink {
    /// Unsets all.
    mutating func clear()
    /// Sets an attribute to a text.
    mutating func set(_ place: Int, to text: String)
    /// Sets an attribute to the bytes that the body appends.
    mutating func write(_ place: Int, _ body: (inout [UInt8]) -> Void)
}

extension EventHeaders {
    /// Writes the attributes of a message about a record, without a text or an array made for it.
    /// - Parameters:
    ///   - source: What `ce_source` begins with.
    ///   - addition: What is added to it; of a facility its code.
    ///   - time: When it is sent; Unix milliseconds.
    ///   - sequence: The sender's journal number.
    @inlinable
    public static func write(
        _ type: MessageType, _ message: MessageIdentifier, about record: RecordIdentifier, source: String,
        addition: ArraySlice<UInt8>, time: Int64, sequence: Int64, salt: PayloadSalt,
        to sink: inout some EventHeaderSink
    ) {
        sink.clear()
        sink.set(EventAttribute.specificationVersion.rawValue, to: specificationVersion)
        sink.write(EventAttribute.identifier.rawValue) { message.uuid.appendText(to: &$0) }
        sink.write(EventAttribute.source.rawValue) { bytes in
            bytes.append(contentsOf: source.utf8)
            bytes.append(contentsOf: addition)
        }
        sink.set(EventAttribute.type.rawValue, to: type.eventType)
        sink.write(EventAttribute.time.rawValue) { appendTime(time, to: &$0) }
        sink.write(EventAttribute.subject.rawValue) { record.appendText(to: &$0) }
        sink.write(EventAttribute.sequence.rawValue) { appendSequence(sequence, to: &$0) }
        sink.write(EventAttribute.traceParent.rawValue) {
            appendTraceParent(record: record, message: message, to: &$0)
        }
        sink.set(EventAttribute.contentType.rawValue, to: contentType)
        sink.write(EventAttribute.salt.rawValue) { salt.appendText(to: &$0) }
    }

    /// Writes the attributes of an event about no record: a signature, a checkpoint, an act of a person.
    /// - Parameters:
    ///   - subject: What it is about; nil for nothing.
    ///   - contentType: How its payload is encoded.
    public static func write(
        event type: String, identifier: String, source: String, time: Int64, subject: String?,
        contentType: String = EventHeaders.contentType, to sink: inout some EventHeaderSink
    ) {
        sink.clear()
        sink.set(EventAttribute.specificationVersion.rawValue, to: specificationVersion)
        sink.set(EventAttribute.identifier.rawValue, to: identifier)
        sink.set(EventAttribute.source.rawValue, to: source)
        sink.set(EventAttribute.type.rawValue, to: type)
        sink.write(EventAttribute.time.rawValue) { appendTime(time, to: &$0) }
        if let subject { sink.set(EventAttribute.subject.rawValue, to: subject) }
        sink.set(EventAttribute.contentType.rawValue, to: contentType)
    }
}
