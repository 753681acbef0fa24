public import ExchangeSchema
import FoundationEssentials
public import PartyCore
public import TransparencyLog

/// Keys of parties, the same in every test.
public enum SampleKeys {
    private static let parties = ["facility", "moh", "vss", "c06", "locality"]

    /// The key of a party.
    public static func key(_ party: String, number: UInt8 = 1) -> SignerKey {
        let seed = Array(party.utf8.prefix(31)) + [number]
        let name = ExactText("closed-cycle/test/\(party)")
        return made {
            try SignerKey(name: name, kind: .ed25519, seed: seed + Array(repeating: 0, count: 32 - seed.count))
        }
    }

    /// The list of a party's keys.
    public static func list(_ party: String) -> KeyList { made { try KeyList(first: key(party)) } }

    /// The keys as one party knows them.
    /// - Parameter unknown: Parties of whose log no key is known yet.
    public static func keys(of own: String, unknown: Set<String> = []) -> SignatoryKeys {
        SignatoryKeys(
            signer: key(own),
            parties: Dictionary(uniqueKeysWithValues: parties.map { (key($0).verifier.name, $0) }),
            lists: parties.filter { !unknown.contains($0) }.map(list))
    }

    /// A signature as the party makes it, or with another key in its name.
    public static func signature(
        _ party: String, _ agreement: String = "regulation", time: Int64 = 1_000, by key: SignerKey? = nil
    ) -> AgreementSignature {
        var signature = AgreementSignature()
        signature.agreement = agreement
        signature.party = party
        signature.signedAt = time
        let note = made {
            try AgreementNote(
                agreement: ExactText(agreement), time: UInt64(time), signedBy: key ?? self.key(party))
        }
        signature.note = .init(note.bytes)
        return signature
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do {
            return try make()
        } catch {
            preconditionFailure("the sample is none: \(error)")
        }
    }
}
