public import ExchangeSchema

/// Writes leaves so that they are chains, and sealed: each names the leaf before it about its subject, and the last one of a
/// batch about a subject has the seal of what is stored about it then.
public enum LeafChain {
    /// Appends a leaf about a subject.
    /// - Parameters:
    ///   - subject: The record, or whatever else it is about; the zero identifier for nothing.
    ///   - number: The leaf's number.
    /// - Throws: What the state throws.
    public static func append<State: PartyState>(
        _ leaf: JournalLeaf, about subject: RecordIdentifier, number: Int64, in state: inout State,
        to leaves: inout [UInt8]
    ) throws {
        var leaf = leaf
        if subject != .none { leaf.previous = try state.chain(subject, to: number) }
        leaf.append(to: &leaves)
    }

    /// Ends a batch: seals its leaves, and writes one for each record that has changed and of which the batch has none.
    /// - Parameters:
    ///   - first: Number of the batch's first leaf.
    ///   - leaves: Those of the batch, end to end.
    ///   - key: The party's own secret.
    /// - Throws: What the state throws, above all where what is stored is not what the journal says.
    public static func seal<State: PartyState>(
        _ leaves: inout [UInt8], first: Int64, in state: inout State, key: SaltKey, now: Int64
    ) throws {
        let rows = try state.changedSubjects()
        // Nearly all have a leaf; the others get theirs in an order that hangs on nothing else.
        let late = rows.filter { $0.link.last < first }.sorted { $0.subject < $1.subject }
        for row in rows where row.link.last >= first { write(row.seal(key), at: row.link.last - first, in: &leaves) }
        for var row in late {
            row.link.last = first + Int64(leaves.count / JournalLeaf.width)
            try append(
                JournalLeaf(
                    decision: .changed, type: 0, reason: 0, topic: 255, partition: -1, offset: -1,
                    message: MessageIdentifier(row.subject), cause: .none, time: now,
                    digest: PayloadDigest(words: (0, 0, 0, 0))),
                about: row.subject, number: row.link.last, in: &state, to: &leaves)
            write(row.seal(key), at: row.link.last - first, in: &leaves)
        }
        state.sealed()
    }

    private static func write(_ seal: ShortDigest, at place: Int64, in leaves: inout [UInt8]) {
        let offset = Int(place) * JournalLeaf.width + StoredLeaf.Layout.state
        leaves.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: seal.high.bigEndian, toByteOffset: offset, as: UInt64.self)
            bytes.storeBytes(of: seal.low.bigEndian, toByteOffset: offset + 8, as: UInt64.self)
        }
    }
}

extension RecordIdentifier {
    /// No record.
    static let none = RecordIdentifier(high: 0, low: 0)
}
