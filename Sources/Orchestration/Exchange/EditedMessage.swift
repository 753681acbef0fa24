import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// A message of the exchange changed by hand, in ProtoJSON. Blocks that are not changed keep their bytes, and with them
/// their digests.
struct EditedMessage {
    private let type: MessageType

    init(_ type: MessageType) { self.type = type }

    /// Lays a patch over a message.
    /// - Throws: ``ProgramFailure`` when the message cannot be read, or the result is none.
    func merged(_ payload: [UInt8], with patch: JSONValue) throws(ProgramFailure) -> [UInt8] {
        guard let plain = plainJSON(payload), case .object(let members) = plain,
            case .object(var changes) = patch
        else {
            throw ProgramFailure(
                "the payload is no readable \(type.eventType) and cannot be merged with; replace it with json, base64, hex "
                    + "or file")
        }
        for name in blocks {
            guard case .object? = changes[name], case .string(let text)? = members[name] ?? .string("") else {
                continue
            }
            guard let bytes = Data(base64Encoded: text), let block = blockJSON(name, [UInt8](bytes)) else {
                throw ProgramFailure("\(name) cannot be read, and so not be changed inside")
            }
            changes[name] = block.merged(with: changes[name] ?? .null)
        }
        return try encoded(plain.merged(with: .object(changes)).replacing(changes, blocks))
    }

    /// The bytes of a message written in ProtoJSON; its blocks as objects, or as base64.
    /// - Throws: ``ProgramFailure`` with what is wrong.
    func encoded(_ json: JSONValue) throws(ProgramFailure) -> [UInt8] {
        guard case .object(var members) = json else { throw ProgramFailure("\(type.eventType) is an object") }
        do {
            for name in blocks {
                guard case .object? = members[name], let text = members[name]?.text else { continue }
                members[name] = .string(Data(try blockBytes(name, text)).base64EncodedString())
            }
            return try messageBytes(JSONValue.object(members).text)
        } catch {
            throw ProgramFailure(String(describing: error))
        }
    }

    /// Members that are blocks: encoded messages of their own.
    private var blocks: [String] {
        switch type {
        case .facilityRecord, .bookEntry: ["administrative", "insurance", "clinical", "clinicalDetails"]
        case .acceptedRecord: ["administrative", "insurance"]
        case .assessment, .identityCheck, .identityResult, .correction, .agreementSignature: []
        }
    }

    /// The message with its blocks as base64.
    private func plainJSON(_ bytes: [UInt8]) -> JSONValue? {
        let text: String? =
            switch type {
            case .facilityRecord: (try? FacilityRecord(decoding: bytes))?.protoJSON
            case .acceptedRecord: (try? AcceptedRecord(decoding: bytes))?.protoJSON
            case .assessment: (try? Assessment(decoding: bytes))?.protoJSON
            case .identityCheck: (try? IdentityCheck(decoding: bytes))?.protoJSON
            case .identityResult: (try? IdentityResult(decoding: bytes))?.protoJSON
            case .bookEntry: (try? BookEntry(decoding: bytes))?.protoJSON
            case .correction: (try? Correction(decoding: bytes))?.protoJSON
            case .agreementSignature: (try? AgreementSignature(decoding: bytes))?.protoJSON
            }
        return text.flatMap { try? JSONValue(text: $0) }
    }

    private func messageBytes(_ text: String) throws -> [UInt8] {
        switch type {
        case .facilityRecord: try FacilityRecord(protoJSON: text).encoded
        case .acceptedRecord: try AcceptedRecord(protoJSON: text).encoded
        case .assessment: try Assessment(protoJSON: text).encoded
        case .identityCheck: try IdentityCheck(protoJSON: text).encoded
        case .identityResult: try IdentityResult(protoJSON: text).encoded
        case .bookEntry: try BookEntry(protoJSON: text).encoded
        case .correction: try Correction(protoJSON: text).encoded
        case .agreementSignature: try AgreementSignature(protoJSON: text).encoded
        }
    }

    private func blockJSON(_ name: String, _ bytes: [UInt8]) -> JSONValue? {
        let text: String? =
            switch name {
            case "administrative": (try? AdministrativeBlock(decoding: bytes))?.protoJSON
            case "insurance": (try? InsuranceBlock(decoding: bytes))?.protoJSON
            case "clinical": (try? ClinicalBlock(decoding: bytes))?.protoJSON
            default: (try? ClinicalDetails(decoding: bytes))?.protoJSON
            }
        return text.flatMap { try? JSONValue(text: $0) }
    }

    private func blockBytes(_ name: String, _ text: String) throws -> [UInt8] {
        switch name {
        case "administrative": try AdministrativeBlock(protoJSON: text).encoded
        case "insurance": try InsuranceBlock(protoJSON: text).encoded
        case "clinical": try ClinicalBlock(protoJSON: text).encoded
        default: try ClinicalDetails(protoJSON: text).encoded
        }
    }
}

extension JSONValue {
    /// The object with some members taken whole from others: a block that was changed is not merged into its base64.
    fileprivate func replacing(_ others: [String: JSONValue], _ names: [String]) -> JSONValue {
        guard case .object(var members) = self else { return self }
        for name in names { if let other = others[name] { members[name] = other == .null ? nil : other } }
        return .object(members)
    }
}
