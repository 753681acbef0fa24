import ExchangeSchema
import Foundation
import Vocabulary

/// A message of the exchange as one line of ProtoJSON, with its encoded blocks written out.
enum MessageText {
    /// The message; nil when the bytes are not one of this type.
    static func json(_ type: MessageType, _ bytes: [UInt8]) -> String? {
        switch type {
        case .facilityRecord: (try? FacilityRecord(decoding: bytes)).map(text)
        case .acceptedRecord: (try? AcceptedRecord(decoding: bytes)).map(text)
        case .bookEntry: (try? BookEntry(decoding: bytes)).map(text)
        case .assessment: (try? Assessment(decoding: bytes))?.protoJSON
        case .identityCheck: (try? IdentityCheck(decoding: bytes))?.protoJSON
        case .identityResult: (try? IdentityResult(decoding: bytes))?.protoJSON
        case .correction: (try? Correction(decoding: bytes))?.protoJSON
        case .agreementSignature: (try? AgreementSignature(decoding: bytes))?.protoJSON
        }
    }

    private static func text(_ message: FacilityRecord) -> String {
        var rest = message
        (rest.administrative, rest.insurance, rest.clinical, rest.clinicalDetails) = (Data(), Data(), Data(), Data())
        return joined(
            rest.protoJSON,
            identity(message.administrative, message.insurance) + visit(message.clinical, message.clinicalDetails))
    }

    private static func text(_ message: AcceptedRecord) -> String {
        var rest = message
        (rest.administrative, rest.insurance) = (Data(), Data())
        return joined(rest.protoJSON, identity(message.administrative, message.insurance))
    }

    private static func text(_ message: BookEntry) -> String {
        var rest = message
        (rest.administrative, rest.insurance, rest.clinical, rest.clinicalDetails) = (Data(), Data(), Data(), Data())
        return joined(
            rest.protoJSON,
            identity(message.administrative, message.insurance) + visit(message.clinical, message.clinicalDetails))
    }

    private static func identity(_ administrative: Data, _ insurance: Data) -> [(name: String, json: String?)] {
        [
            ("administrative", block(administrative) { try AdministrativeBlock(decoding: $0).protoJSON }),
            ("insurance", block(insurance) { try InsuranceBlock(decoding: $0).protoJSON }),
        ]
    }

    private static func visit(_ clinical: Data, _ details: Data) -> [(name: String, json: String?)] {
        [
            ("clinical", block(clinical) { try ClinicalBlock(decoding: $0).protoJSON }),
            ("clinicalDetails", block(details) { try ClinicalDetails(decoding: $0).protoJSON }),
        ]
    }

    /// A JSON string.
    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    /// A block's own ProtoJSON; its base64, when it cannot be decoded; nil for an empty one.
    private static func block(_ bytes: Data, _ json: ([UInt8]) throws -> String) -> String? {
        bytes.isEmpty ? nil : (try? json([UInt8](bytes))) ?? quoted(bytes.base64EncodedString())
    }

    /// An object with members added at its end.
    private static func joined(_ object: String, _ members: [(name: String, json: String?)]) -> String {
        let added = members.compactMap { member in member.json.map { "\"\(member.name)\":\($0)" } }
        guard !added.isEmpty, object.hasSuffix("}") else { return object }
        let head = object.dropLast()
        return head + (head == "{" ? "" : ",") + added.joined(separator: ",") + "}"
    }
}
