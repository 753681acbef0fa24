public import ExchangeSchema
import Vocabulary

/// A signature under an agreement by a log whose keys are not known yet, with all that makes it a dead letter should it
/// turn out to be forged.
public struct WaitingSignature: Sendable, Equatable, Codable {
    private let topic: UInt8
    private let partition: Int32
    private let offset: Int64
    private let message: [UInt64]
    private let source: String
    /// The record as it was read.
    private let key: [UInt8]?
    private let value: [UInt8]?
    private let headerNames: [String]
    private let headerValues: [[UInt8]]

    /// A signature as it was read.
    /// - Parameters:
    ///   - key: Key of the record.
    ///   - value: Its value.
    ///   - headers: Its headers.
    public init(
        _ head: MessageHead, from place: MessagePlace, key: [UInt8]?, value: [UInt8]?, headers: [DeadLetterHeader]
    ) {
        topic = place.topic
        partition = place.partition
        offset = place.offset
        message = [head.message.uuid.high, head.message.uuid.low]
        source = head.source
        self.key = key
        self.value = value
        headerNames = headers.map(\.name)
        headerValues = headers.map(\.value)
    }

    /// Where it was read.
    public var place: MessagePlace { MessagePlace(topic: topic, partition: partition, offset: offset) }

    /// Its attributes; a signature is about no record.
    public var head: MessageHead {
        let uuid = RecordIdentifier(high: message.first ?? 0, low: message.last ?? 0)
        return MessageHead(
            type: .agreementSignature, message: MessageIdentifier(uuid), record: RecordIdentifier(high: 0, low: 0),
            source: source)
    }

    /// The encoded signature.
    public var payload: [UInt8] { value ?? [] }

    /// The record as it was read.
    public var record: (key: [UInt8]?, value: [UInt8]?, headers: [DeadLetterHeader]) {
        (key, value, zip(headerNames, headerValues).map { DeadLetterHeader($0, $1) })
    }
}
