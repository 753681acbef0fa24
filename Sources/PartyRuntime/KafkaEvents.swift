public import ExchangeSchema
public import KafkaClient

/// A consumer of events is asked to find the headers of ``ExchangeSchema/EventAttribute/read``, in that order.
extension ConsumedBatch: EventHeaderTable {
    /// The headers that a consumer of events is asked to find.
    static let eventHeaders = EventAttribute.read.map(\.header)

    /// Hands over the bytes of an attribute; nil when the record has no such header.
    public func withAttribute<Result>(
        _ attribute: EventAttribute, ofRecord index: Int, _ body: (RawSpan) -> Result
    ) -> Result? {
        let range = header(attribute.readPlace, ofRecordAt: index)
        return range.isAbsent ? nil : withBytes(range, body)
    }
}

extension HeaderBlock: EventHeaderSink {
    /// Headers for events, all unset.
    public static var forEvents: HeaderBlock { HeaderBlock(names: EventHeaders.names) }
}
