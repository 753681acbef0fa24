import Foundation
public import TransparencyLog

/// Tells an older copy of a store, put in the place of the present one, from a store that goes on: what a log has once
/// signed and others hold cannot be taken back, and to sign again from before would be a second history.
///
/// Only a checkpoint counts whose signature was checked with the log's own keys.
public struct OlderCopy: Sendable {
    private let party: String
    private let directory: String
    private let evidence: String?
    private let list: KeyList

    /// - Parameters:
    ///   - list: The keys of the log, as its directory has them.
    ///   - evidence: Folder in which keys and latest checkpoints are published; nil for none.
    init(party: String, directory: String, evidence: String?, list: KeyList) {
        self.party = party
        self.directory = directory
        self.evidence = evidence
        var list = list
        // A copy from before a change of keys does not know the newer key; both have signed the list that does.
        if let evidence, let data = FileManager.default.contents(atPath: "\(evidence)/\(party).keys"),
            let published = try? KeyList(Array(data)), published.continues(list)
        {
            list = published
        }
        self.list = list
    }

    /// Refuses a store that does not reach as far as what its log has signed.
    /// - Parameters:
    ///   - tree: The store's tree.
    ///   - notes: Checkpoints of the log that others hold, beside the published one.
    /// - Throws: ``StoreError`` `olderCopy`, with who vouches for it and how to go on.
    func refuse(_ tree: TreeFrontier, notes: [(place: String, note: [UInt8])]) throws(StoreError) {
        var all = notes
        if let evidence {
            let path = "\(evidence)/\(party).checkpoint"
            if let data = FileManager.default.contents(atPath: path) { all.append((path, Array(data))) }
        }
        let policy = KeyPolicy(logs: list.logKeys, witnesses: witnesses)
        var latest: (place: String, verified: VerifiedCheckpoint)?
        for (place, note) in all {
            guard let verified = try? policy.verify(note, origin: list.origin) else { continue }
            if verified.checkpoint.size > latest?.verified.checkpoint.size ?? 0 { latest = (place, verified) }
        }
        guard let (place, verified) = latest else { return }
        let checkpoint = verified.checkpoint
        let isOther = checkpoint.size == tree.size && checkpoint.root != tree.root
        guard checkpoint.size > tree.size || isOther else { return }
        let names = Set(verified.cosignatures.map { String($0.witness.name.string.split(separator: "/").last ?? "") })
        let who = names.isEmpty ? "" : ", cosigned by \(names.sorted().joined(separator: ", "))"
        let state = isOther ? "has another history of \(tree.size) leaves" : "has \(tree.size) leaves"
        throw StoreError(
            .olderCopy,
            "\(directory) \(state) and is older than the checkpoint of \(checkpoint.size) leaves that \(party) has signed "
                + "(\(place)\(who)): an older copy was put in its place. Put the latest copy back and start again; where "
                + "there is none, begin a new exchange with another --data. Nothing was signed")
    }

    private var witnesses: [TrustedWitnessKey] {
        guard let evidence else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: evidence)) ?? []
        return names.filter { $0.hasSuffix(".keys") }.flatMap { name -> [TrustedWitnessKey] in
            let data = FileManager.default.contents(atPath: "\(evidence)/\(name)")
            return data.flatMap { try? KeyList(Array($0)) }?.witnessKeys ?? []
        }
    }
}

extension JournalKey {
    /// Refuses to go on with a store that is older than what its log has signed; to be called before anything is signed.
    /// - Parameters:
    ///   - tree: The store's tree.
    ///   - evidence: Folder in which latest checkpoints are published; nil for none.
    ///   - notes: Checkpoints of this log that others hold, and where.
    /// - Throws: ``StoreError`` `olderCopy`.
    public func requireLatest(
        _ tree: TreeFrontier, evidence: String?, notes: [(place: String, note: [UInt8])] = []
    ) throws(StoreError) {
        try OlderCopy(party: party, directory: directory, evidence: evidence, list: list).refuse(tree, notes: notes)
    }
}

extension StoreInspection {
    /// The same for a store that is only looked at. One without keys has signed nothing.
    /// - Parameter directory: That of the store.
    /// - Throws: ``StoreError`` `olderCopy`, or what is wrong with the store.
    public func requireLatest(
        directory: String, evidence: String?, notes: [(place: String, note: [UInt8])] = []
    ) throws {
        guard let data = FileManager.default.contents(atPath: JournalKey.listPath(directory)),
            let list = try? KeyList(Array(data))
        else { return }
        try OlderCopy(party: party, directory: directory, evidence: evidence, list: list)
            .refuse(try frontier() ?? TreeFrontier(), notes: notes)
    }
}
