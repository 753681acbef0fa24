import SwiftProtobuf
public import Vocabulary

/// How messages of one type, or blocks of one name, turn into ProtoJSON and back: the one table from the type's value to
/// the generated type.
public struct MessageCodec: Sendable {
    /// Members that are encoded messages of their own, by their names in ProtoJSON.
    public let blocks: [String]
    private let write: @Sendable ([UInt8]) throws -> String
    private let read: @Sendable (String) throws -> [UInt8]

    private init<Content: Message>(_ type: Content.Type, blocks: [String] = []) {
        self.blocks = blocks
        write = { try Content(decoding: $0).protoJSON }
        read = { try Content(protoJSON: $0).encoded }
    }

    /// The codec of a message; its blocks are base64 in its ProtoJSON.
    public static func of(_ type: MessageType) -> MessageCodec {
        let identity = ["administrative", "insurance"]
        let visit = identity + ["clinical", "clinicalDetails"]
        return switch type {
        case .facilityRecord: MessageCodec(FacilityRecord.self, blocks: visit)
        case .acceptedRecord: MessageCodec(AcceptedRecord.self, blocks: identity)
        case .assessedRecord: MessageCodec(AssessedRecord.self, blocks: visit)
        case .assessment: MessageCodec(Assessment.self)
        case .identityCheck: MessageCodec(IdentityCheck.self)
        case .identityResult: MessageCodec(IdentityResult.self)
        case .bookEntry: MessageCodec(BookEntry.self, blocks: visit)
        case .correction: MessageCodec(Correction.self)
        case .agreementSignature: MessageCodec(AgreementSignature.self)
        case .sharingNotice: MessageCodec(SharingNotice.self)
        case .civilStatus: MessageCodec(CivilStatusChange.self)
        case .bookHandover: MessageCodec(BookHandover.self)
        case .assessmentFeedback: MessageCodec(AssessmentFeedback.self)
        case .insuranceNotice: MessageCodec(InsuranceNotice.self)
        case .historyRequest: MessageCodec(HistoryRequest.self)
        case .sharedHistory: MessageCodec(SharedHistory.self)
        case .provinceCoverage: MessageCodec(ProvinceCoverageNotice.self)
        }
    }

    /// The codec of a block, by its name in ProtoJSON; nil for any other name.
    public static func block(_ name: String) -> MessageCodec? {
        switch name {
        case "administrative": MessageCodec(AdministrativeBlock.self)
        case "insurance": MessageCodec(InsuranceBlock.self)
        case "clinical": MessageCodec(ClinicalBlock.self)
        case "clinicalDetails": MessageCodec(ClinicalDetails.self)
        default: nil
        }
    }

    /// ProtoJSON of encoded bytes, one line.
    /// - Throws: ``UndecodableMessage``.
    public func json(_ bytes: [UInt8]) throws -> String { try write(bytes) }

    /// Encoded bytes of ProtoJSON.
    /// - Throws: what the codec says of the text.
    public func bytes(json: String) throws -> [UInt8] { try read(json) }
}
