public import SwiftProtobuf
public import Vocabulary

/// A message of the exchange: a generated type that knows which kind it is. Keeps the codec's library inside this
/// target: parties see encode and decode, and nothing else of it.
public protocol ExchangeMessage: Message {
    /// Which message of the exchange this type is.
    static var messageType: MessageType { get }
}

/// Why bytes are not the message they claim to be.
public struct UndecodableMessage: Error, Equatable, CustomStringConvertible {
    /// The message that was expected.
    public let expected: String

    /// Names the expected message.
    public init(expected: String) { self.expected = expected }

    /// For people.
    public var description: String { "the payload is not an encoded \(expected); check the sender's schema version" }
}

extension Message {
    /// Reads an encoded message or block.
    /// - Throws: ``UndecodableMessage`` when the bytes are something else.
    public init(decoding bytes: RawSpan) throws(UndecodableMessage) {
        do {
            try self.init(serializedBytes: bytes)
        } catch {
            throw UndecodableMessage(expected: Self.protoMessageName)
        }
    }

    /// Reads an encoded message or block.
    /// - Throws: ``UndecodableMessage`` when the bytes are something else.
    public init(decoding bytes: some SwiftProtobufContiguousBytes) throws(UndecodableMessage) {
        do {
            try self.init(serializedBytes: bytes)
        } catch {
            throw UndecodableMessage(expected: Self.protoMessageName)
        }
    }

    /// The encoded bytes. None of the exchange's messages has a required field, so encoding cannot fail.
    public var encoded: [UInt8] {
        (try? serializedBytes(partial: true) as [UInt8]) ?? []
    }

    /// Canonical ProtoJSON, one line (Protocol Buffers language guide, "ProtoJSON format").
    public var protoJSON: String {
        (try? jsonString()) ?? "{}"
    }
}

extension FacilityRecord: ExchangeMessage {
    /// Facility to whom the topology has read it: MoH or VSS.
    public static var messageType: MessageType { .facilityRecord }
}

extension AcceptedRecord: ExchangeMessage {
    /// MoH to VSS.
    public static var messageType: MessageType { .acceptedRecord }
}

extension AssessedRecord: ExchangeMessage {
    /// VSS to MoH.
    public static var messageType: MessageType { .assessedRecord }
}

extension Assessment: ExchangeMessage {
    /// VSS to MoH.
    public static var messageType: MessageType { .assessment }
}

extension IdentityCheck: ExchangeMessage {
    /// VSS or MoH to C06.
    public static var messageType: MessageType { .identityCheck }
}

extension IdentityResult: ExchangeMessage {
    /// C06 to MoH.
    public static var messageType: MessageType { .identityResult }
}

extension BookEntry: ExchangeMessage {
    /// MoH to the locality that serves the resident's province.
    public static var messageType: MessageType { .bookEntry }
}

extension Correction: ExchangeMessage {
    /// MoH or VSS to the facility.
    public static var messageType: MessageType { .correction }
}

extension SharingNotice: ExchangeMessage {
    /// MoH to the facility.
    public static var messageType: MessageType { .sharingNotice }
}

extension CivilStatusChange: ExchangeMessage {
    /// C06 to MoH.
    public static var messageType: MessageType { .civilStatus }
}

extension BookHandover: ExchangeMessage {
    /// MoH to localities.
    public static var messageType: MessageType { .bookHandover }
}

extension ProvinceCoverageNotice: ExchangeMessage {
    /// MoH to the locality that serves the province.
    public static var messageType: MessageType { .provinceCoverage }
}

extension AgreementSignature: ExchangeMessage {
    /// Any party to every party.
    public static var messageType: MessageType { .agreementSignature }
}

extension AssessmentFeedback: ExchangeMessage {
    /// VSS to MoH, after the assessment.
    public static var messageType: MessageType { .assessmentFeedback }
}

extension InsuranceNotice: ExchangeMessage {
    /// MoH to the facility, after the book entry.
    public static var messageType: MessageType { .insuranceNotice }
}

extension HistoryRequest: ExchangeMessage {
    /// Facility to MoH.
    public static var messageType: MessageType { .historyRequest }
}

extension SharedHistory: ExchangeMessage {
    /// MoH to the facility.
    public static var messageType: MessageType { .sharedHistory }
}
