import ExchangeSchema
import Foundation
import Vocabulary

/// How the parts of a payload make up the digest in a leaf (``PayloadParts``), in the form of a package's files. The one
/// place that knows.
enum PayloadBinding {
    /// The parts of a payload, those shown that are to be shown.
    static func parts(
        of payload: [UInt8], type: MessageType, salt: [UInt8]?, disclosing: Set<Disclosure>
    ) -> [PackagedPart] {
        let salt = salt.flatMap { PayloadSalt(utf8: $0.span.bytes) } ?? .none
        let open = Set(disclosing.flatMap(\.parts))
        return PayloadParts(of: payload, type: type, salt: salt).showing(only: open).parts.map { part in
            if let bytes = part.bytes, let salt = part.salt {
                return PackagedPart(label: "\(part.part)", bytes: bytes, salt: salt.bytes)
            }
            return PackagedPart(label: "\(part.part)", digest: part.digest.description)
        }
    }

    /// The digest that a leaf must have, 64 hexadecimal digits; nil when the parts are not those of a payload.
    static func commitment(of parts: [PackagedPart], type: MessageType) -> String? {
        let found = parts.compactMap(part)
        let all = PayloadParts(parts: found)
        guard found.count == parts.count, all.areComplete(for: type) else { return nil }
        return all.commitment.description
    }

    private static func part(_ packaged: PackagedPart) -> PayloadParts.Part? {
        guard let part = PayloadPart.allCases.first(where: { "\($0)" == packaged.label }) else { return nil }
        switch (packaged.bytes, packaged.salt, packaged.digest) {
        case (let bytes?, let salt?, nil):
            return PayloadSalt(bytes: Array(salt)).map { .init(part, bytes: Array(bytes), salt: $0) }
        case (nil, nil, let text?):
            return PayloadDigest(text).map { .init(part, digest: $0) }
        default: return nil
        }
    }
}

extension Disclosure {
    /// The parts it shows.
    fileprivate var parts: [PayloadPart] {
        switch self {
        case .administrative: [.administrative]
        case .insurance: [.insurance]
        case .clinical: [.clinical, .clinicalDetails]
        case .all: PayloadPart.allCases.filter { $0 != .xml6 && $0 != .xml15 }
        }
    }
}
