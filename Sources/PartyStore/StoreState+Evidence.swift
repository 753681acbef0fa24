public import ExchangeSchema
import Foundation
public import PartyCore

/// What binds a party's rows to its journal.
extension StoreState {
    /// Notes that a leaf is about a subject.
    /// - Throws: ``StoreError``, above all `damaged` for a row that is not what the journal says.
    public mutating func chain(_ subject: RecordIdentifier, to leaf: Int64) throws -> PreviousLeaf {
        var last: Int64 = -1
        try relink(subject) { link in
            last = link.last
            link.last = leaf
        }
        return last < 0 ? .first : .leaf(last)
    }

    /// What has changed in the batch, as it will be stored.
    /// - Throws: ``StoreError`` `damaged` where what was taken out of the queue is not what was put in.
    public mutating func changedSubjects() throws -> [SubjectRow] {
        try followQueue()
        var rows = cache.changed
        for case (let subject, .some(let link)) in loose { rows.append(SubjectRow(subject, link: link)) }
        return rows
    }

    /// The changes are written with the batch, whatever was sealed of them.
    public mutating func sealed() {}

    /// What was kept of the message as it came has the digest of its leaf, and needs none of its own.
    public mutating func noteReceived(_ payload: RawSpan, _ origin: KeptOrigin, _ digest: PayloadDigest) {
        while digests.count < added.count {
            let place = digests.count
            guard payload.isEqual(to: added[place].bytes) else {
                digests.append(nil)
                continue
            }
            added[place].origin = origin
            digests.append(ShortDigest(high: digest.words.0, low: digest.words.1))
        }
    }

    /// Puts into the rows what came into the queue and what left it. What leaves it was sent or done away with, and must be
    /// what was put in.
    private mutating func followQueue() throws {
        let firstAdded = added.first?.position ?? nextPosition
        var left: [(record: RecordIdentifier, position: Int64, digest: ShortDigest)] = []
        left.reserveCapacity(dropped.count)
        for position in dropped where position < firstAdded {
            if let known = recent.digest(at: position) {
                left.append((known.record, position, known.digest))
            } else if let entry = try taken[position] ?? keptTable.entry(at: position) {
                left.append((entry.record, position, entry.digest))
            }
        }
        // In one order, whatever the set had them in; what left one record is together.
        left.sort { ($0.record, $0.position) < ($1.record, $1.position) }
        let table = keptTable
        var rest = left[...]
        while let record = rest.first?.record {
            let entries = rest.prefix { $0.record == record }
            rest = rest.dropFirst(entries.count)
            var digest = ShortDigest.none
            for entry in entries { digest.toggle(entry.digest) }
            try relink(record) { link in
                if link.kept != digest {
                    let whole = ShortDigest(of: try table.entries(of: record))
                    guard link.kept == whole else { throw Self.altered(record, entries.map(\.position)) }
                }
                link.kept.toggle(digest)
            }
        }
        while digests.count < added.count { digests.append(nil) }
        for (place, entry) in added.enumerated() where !dropped.contains(entry.position) {
            let digest = digests[place] ?? entry.digest
            digests[place] = digest
            try relink(entry.record) { $0.kept.toggle(digest) }
        }
    }

    private static func altered(_ record: RecordIdentifier, _ positions: [Int64]) -> StoreError {
        let positions = positions.map { String($0) }.joined(separator: ", ")
        return StoreError(
            .damaged,
            "what is kept for \(record) (kept, position \(positions)) is not what was put there: somebody has changed the "
                + "database. Nothing was sent of it; see cycle audit verify, and restore the data directory from a copy"
        )
    }

    /// Changes what binds a subject to the journal: in its own row where it is a record, else beside.
    private mutating func relink(
        _ subject: RecordIdentifier, _ change: (inout EvidenceLink) throws -> Void
    ) throws {
        if let place = try cache.place(subject, orFrom: records, proof: proof.check) {
            var link = cache.link(at: place)
            // What was no record when the first leaves about it were written.
            if link.last < 0, let before = try looseLink(of: subject) {
                link.last = before.last
                link.kept.toggle(before.kept)
                loose.updateValue(nil, forKey: subject)
            }
            try change(&link)
            cache.setLink(link, at: place)
        } else {
            var link = try looseLink(of: subject) ?? EvidenceLink()
            try change(&link)
            loose.updateValue(link, forKey: subject)
        }
    }

    private func looseLink(of subject: RecordIdentifier) throws -> EvidenceLink? {
        if let known = loose[subject] { return known }
        guard let row = try chains.row(subject) else { return nil }
        try proof.check(row)
        return row.link
    }
}

extension ShortDigest {
    /// The digests of some entries, put together.
    fileprivate init(of entries: [KeptEntry]) {
        self = .none
        for entry in entries { toggle(entry.digest) }
    }
}

extension RawSpan {
    /// Whether these are the bytes.
    fileprivate func isEqual(to bytes: [UInt8]) -> Bool {
        guard byteCount == bytes.count else { return false }
        return unsafe withUnsafeBytes { span in
            guard let start = span.baseAddress else { return true }
            return unsafe memcmp(start, bytes, bytes.count) == 0
        }
    }
}
