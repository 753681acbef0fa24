import ExchangeSchema
import PartyCore
import TransparencyLog

/// One leaf on its way into resources.
struct ExportedLeaf {
    var party: String
    var number: Int64
    var leaf: JournalLeaf
    var topic: String?
    /// Known when it was asked for.
    var record: RecordIdentifier?
    /// What a person did; nil of a leaf that is about no act.
    var act: ExportedAct?
    /// Nil for a leaf that no checkpoint covers yet.
    var proof: ProofReference?

    /// An id of FHIR: letters, digits, `-` and `.`, at most 64 of them.
    var id: String {
        let name = party.unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? Character(scalar) : "-"
        }
        return "\(String(name.prefix(40)))-\(number)"
    }
}

/// What a reader needs to ask a log for proof of a leaf, and the proof itself where it was made.
struct ProofReference {
    var checkpoint: Checkpoint
    var index: UInt64
    /// The whole file (C2SP tlog-proof).
    var text: String?

    var `extension`: Extension {
        var parts = [
            Extension("origin", checkpoint.origin.string), Extension("treeSize", "\(checkpoint.size)"),
            Extension("root", checkpoint.root.base64), Extension("leafIndex", "\(index)"),
        ]
        if let text { parts.append(Extension("tlog-proof", text)) }
        return Extension(FHIRCode.proof, parts)
    }
}
