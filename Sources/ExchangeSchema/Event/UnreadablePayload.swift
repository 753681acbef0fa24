public import Vocabulary

/// Why the payload of a message is not what its attributes say: which rule it breaks, and the value that breaks it. The
/// message goes to the dead letters with this text.
public struct UnreadablePayload: Error, Equatable, CustomStringConvertible {
    /// What it claims to be.
    public var type: MessageType
    /// The rule in words, with the value.
    public var rule: String
    /// The reason that the journal says, where the party counts the message as a refused record.
    public var reason: ReasonCode?

    /// A payload that breaks a rule.
    public init(_ type: MessageType, _ rule: String, reason: ReasonCode? = nil) {
        self.type = type
        self.rule = rule
        self.reason = reason
    }

    /// For people.
    public var description: String { "the payload is not a readable \(type.eventType): \(rule)" }

    /// A value as it stands in a rule: in quotation marks, without control characters, and not too long.
    public static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars.prefix(40) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + (value.unicodeScalars.count > 40 ? "…\"" : "\"")
    }
}

/// A message about one revision of one record.
public protocol RecordMessage: ExchangeMessage {
    /// The record, as its text.
    var recordID: String { get }
    /// The revision, from 1.
    var revision: UInt32 { get }
}

extension RecordMessage {
    /// Reads a message that must be about this record.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    public init(decoding payload: RawSpan, about record: RecordIdentifier) throws(UnreadablePayload) {
        do {
            try self.init(decoding: payload)
        } catch {
            throw UnreadablePayload(
                Self.messageType, "its \(payload.byteCount) bytes are no encoded message of this type")
        }
        guard RecordIdentifier(recordID) == record else {
            throw UnreadablePayload(
                Self.messageType, "record_id is \(UnreadablePayload.quoted(recordID)), and ce_subject is \(record)")
        }
        guard revision > 0 else { throw UnreadablePayload(Self.messageType, "revision is 0; the first one is 1") }
    }
}

extension AgreementSignature {
    /// Reads a signature.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    public init(reading payload: RawSpan) throws(UnreadablePayload) {
        do {
            try self.init(decoding: payload)
        } catch {
            throw UnreadablePayload(
                .agreementSignature, "its \(payload.byteCount) bytes are no encoded message of this type")
        }
    }
}

extension CivilStatusChange {
    /// Reads a change of civil status.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    public init(reading payload: RawSpan) throws(UnreadablePayload) {
        do {
            try self.init(decoding: payload)
        } catch {
            throw UnreadablePayload(.civilStatus, "its \(payload.byteCount) bytes are no encoded message of this type")
        }
    }
}

/// A request, or the answer to one.
public protocol RequestMessage: ExchangeMessage {
    /// The request, as its text.
    var requestID: String { get }
}

extension RequestMessage {
    /// Reads a message that must be about this request.
    /// - Throws: ``UnreadablePayload`` with the rule that it breaks.
    public init(decoding payload: RawSpan, about request: RecordIdentifier) throws(UnreadablePayload) {
        do {
            try self.init(decoding: payload)
        } catch {
            throw UnreadablePayload(
                Self.messageType, "its \(payload.byteCount) bytes are no encoded message of this type")
        }
        guard RecordIdentifier(requestID) == request else {
            throw UnreadablePayload(
                Self.messageType, "request_id is \(UnreadablePayload.quoted(requestID)), and ce_subject is \(request)")
        }
    }
}

extension HistoryRequest: RequestMessage {}
extension SharedHistory: RequestMessage {}
extension FacilityRecord: RecordMessage {}
extension AcceptedRecord: RecordMessage {}
extension AssessedRecord: RecordMessage {}
extension Assessment: RecordMessage {}
extension IdentityCheck: RecordMessage {}
extension IdentityResult: RecordMessage {}
extension BookEntry: RecordMessage {}
extension Correction: RecordMessage {}
extension SharingNotice: RecordMessage {}
extension BookHandover: RecordMessage {}
extension AssessmentFeedback: RecordMessage {}
extension InsuranceNotice: RecordMessage {}
