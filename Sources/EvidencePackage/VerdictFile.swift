import Audit
import ExchangeSchema
import Foundation
import PartyCore

/// `verdicts/PARTY/N.json`: what leaf N says, a verdict of MoH's axis on a signature, with the salt of its digest. Without it
/// nobody could see that the leaf is about the record. It holds no personal data; other records of the same message are
/// named in it.
struct VerdictFile: Codable, Equatable {
    /// For people.
    var text: String
    /// The records that came with the message.
    var records: [String]
    /// The encoded verdict. Base 64 in the file.
    var statement: Data
    /// 16 bytes. Base 64 in the file.
    var salt: Data

    init(_ leaf: VerdictLeaf, salt: PayloadSalt) {
        text = leaf.text
        records = leaf.verdict.recordIds
        statement = Data(leaf.statement)
        self.salt = Data(salt.bytes)
    }

    /// The leaf with what this file says of it; nil when the leaf's digest is not over it, or the file says something else than
    /// the statement in it.
    func leaf(_ leaf: JournalLeaf, number: Int64, party: String) -> VerdictLeaf? {
        guard let salt = PayloadSalt(bytes: Array(salt)),
            let found = VerdictLeaf(party: party, number: number, leaf: leaf, statement: Array(statement)),
            PayloadDigest(of: found.statement.span.bytes, salt: salt) == leaf.digest,
            self == VerdictFile(found, salt: salt)
        else { return nil }
        return found
    }
}
