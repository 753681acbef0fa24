public import TransparencyLog

/// One party's part in publishing and cosigning checkpoints: messages of others go in, and come out what is to be
/// committed and what is to be sent after that. It knows neither broker nor database.
///
/// All read one topic of one partition from its beginning, and each log proves every checkpoint from the one it
/// published before: so whoever starts late, or is ended and started again, sees the whole chain. Repeated messages have
/// no second effect.
public struct CheckpointExchange: Sendable {
    /// Two histories of one log that are kept from one finder, at most.
    static let mostSplitViews = 16
    /// Checkpoints of its own for which cosignatures are taken in.
    private static let ownRemembered = 64

    /// Something a person should read in the log.
    public struct Remark: Sendable, Equatable {
        /// Whether it is an error; otherwise it is said for information.
        public var isError: Bool
        /// What it is.
        public var text: String
    }

    /// Who takes part.
    public struct Parties: Sendable {
        /// This party.
        public var own: String
        /// All others, by the names of their logs.
        public var others: [ExactText: String]
        /// Other shards of this party, by the names of their logs: they are not its witnesses, nor it theirs.
        public var siblings: [ExactText: String]

        /// The parties of an exchange.
        /// - Parameters:
        ///   - exchange: The cluster identifier of its broker.
        ///   - others: Names of all others, the auditor among them where there is one.
        ///   - siblings: Names of the other shards of this party.
        public init(own: String, exchange: String, others: [String], siblings: [String] = []) {
            func byOrigin(_ names: [String]) -> [ExactText: String] {
                let origins = names.filter { $0 != own }.map { (LogKey.origin(party: $0, exchange: exchange), $0) }
                return Dictionary(origins) { first, _ in first }
            }
            self.own = own
            self.others = byOrigin(others)
            self.siblings = byOrigin(siblings)
        }

        /// All whose keys are believed: the siblings too, for they sign in the name of the same party.
        var byOrigin: [ExactText: String] { others.merging(siblings) { first, _ in first } }
    }

    private struct OwnCheckpoint: Sendable {
        var size: UInt64
        var text: ExactText
        var cosigners: Set<String>
    }

    private let parties: Parties
    private let list: KeyList
    /// The key with which this party signs.
    public let signer: SignerKey
    private let cosigner: SignerKey
    private var keys: WitnessKeys
    private var state: WitnessState
    private var own: [OwnCheckpoint] = []
    private var waiting: [CheckpointMessage] = []
    private var pending: WitnessCommit?
    private var remarks: [Remark] = []
    private var said: Set<String> = []
    private var hasNewKeys = true
    /// Cosignatures of the checkpoint that was published last when the store was opened.
    private let storedCosigners: Set<String>
    /// Logs with two histories, and who noticed.
    public private(set) var splitViews: [FoundSplitView]

    /// Goes on where the store had come. What is to be sent first, ``takeOutgoing()`` has: the party's keys, and its
    /// last cosignature of each log, which may not have gone out before it was ended.
    /// - Parameter published: Keys that are believed before any announcement; nil to trust a log's first announcement.
    /// - Throws: `KeyError` when the key cannot cosign.
    public init(parties: Parties, key: LogKey, stored: StoredWitness, published: (any PublishedKeys)?) throws {
        self.parties = parties
        list = key.list
        signer = key.signer
        cosigner = try key.signer.cosigner
        keys = WitnessKeys(believed: stored.keys, published: published, parties: parties.byOrigin)
        state = WitnessState(seen: Dictionary(stored.witnessed.map { ($0.origin, $0.seen) }) { $1 })
        splitViews = stored.splitViews
        storedCosigners = Set(stored.cosigned.compactMap { parties.others[$0.name] })
        waiting = [message(.keys, about: list.origin, body: list.bytes)]
        waiting += stored.witnessed.map { answer($0.origin, $0.seen.size, $0.cosignature) }
    }

    /// Remembers a checkpoint of this party that goes out, so that its cosignatures are known when they come.
    /// - Returns: The message to send.
    public mutating func publish(_ request: [UInt8]) throws -> CheckpointMessage {
        let text = try WitnessRequest(request).note.text
        let size = try Checkpoint(text: text).size
        if own.last?.size != size {
            own.append(OwnCheckpoint(size: size, text: text, cosigners: own.isEmpty ? storedCosigners : []))
        }
        if own.count > Self.ownRemembered { own.removeFirst() }
        return message(.checkpoint, about: list.origin, body: request)
    }

    /// Names of all logs by their origins, this party's own among them.
    public var logs: [ExactText: String] { parties.byOrigin.merging([list.origin: parties.own]) { first, _ in first } }

    /// Lists of keys that are believed, with this party's own: all at first, and then nil unless there is a new one.
    public mutating func takeBelievedKeys() -> [KeyList]? {
        defer { hasNewKeys = false }
        return hasNewKeys ? keys.believed + [list] : nil
    }

    /// Looks whether logs have published keys that are not believed yet.
    public mutating func lookUpKeys() {
        for origin in parties.byOrigin.keys {
            if case .believed(let why) = keys.lookUpLatest(origin) { settle(.believed(why), origin) }
        }
    }

    /// Parties that cosigned the checkpoint published last.
    public var cosigners: [String] { own.last.map { $0.cosigners.sorted() } ?? [] }

    /// Takes one message in; nil for a record that is none.
    /// - Parameters:
    ///   - offset: Its place in the topic.
    ///   - now: Clock reading; Unix milliseconds.
    public mutating func receive(_ message: CheckpointMessage?, offset: Int64, now: Int64) {
        if pending == nil { pending = WitnessCommit(next: offset + 1) }
        pending?.next = offset + 1
        guard let message else { return remark("a record at \(offset) is no checkpoint message", isError: false) }
        guard message.sender != parties.own else { return }
        // What siblings prove to others is not this shard's business; their keys are.
        if message.kind != .keys, parties.siblings.values.contains(message.sender) { return }
        switch message.kind {
        case .keys: takeKeys(message)
        case .checkpoint: takeCheckpoint(message, now)
        case .cosignature: takeCosignature(message)
        case .splitView: takeSplitView(message)
        }
    }

    /// What is to be committed with the batch; nil when nothing was read.
    public mutating func takeCommit() -> WitnessCommit? {
        defer { pending = nil }
        return pending
    }

    /// What is to be sent once the batch is committed.
    public mutating func takeOutgoing() -> [CheckpointMessage] {
        defer { waiting.removeAll() }
        return waiting
    }

    /// What a person should read.
    public mutating func takeRemarks() -> [Remark] {
        defer { remarks.removeAll() }
        return remarks
    }

    private mutating func takeKeys(_ message: CheckpointMessage) {
        let list: KeyList
        do { list = try KeyList(message.body) } catch {
            return remark("\(message.sender) announces keys that cannot be read: \(error)")
        }
        guard parties.byOrigin[list.origin] == message.sender else {
            return remark("\(message.sender) announces keys of \(list.origin), which is not its log")
        }
        settle(keys.take(list), list.origin)
    }

    private mutating func settle(_ outcome: WitnessKeys.Outcome, _ origin: ExactText) {
        switch outcome {
        case .known: break
        case .believed(let why):
            remark("believing the key \(why)", isError: false)
            hasNewKeys = true
            if let list = keys[origin] { pending?.keys.append(list) }
        case .refused(let why): remark(why)
        }
    }

    private mutating func takeCheckpoint(_ message: CheckpointMessage, _ now: Int64) {
        let (request, checkpoint): (WitnessRequest, Checkpoint)
        do {
            request = try WitnessRequest(message.body)
            checkpoint = try Checkpoint(text: request.note.text)
        } catch {
            return remark("\(message.sender) sent a checkpoint that cannot be read: \(error)")
        }
        let origin = checkpoint.origin
        guard parties.others[origin] != nil else { return remark("\(origin) is no log of this exchange") }
        if keys[origin] == nil { settle(keys.lookUp(origin), origin) }
        guard let list = keys[origin] else { return }
        if let seen = state.seen[origin] {
            // Sent again after a start.
            if checkpoint.size == seen.size, checkpoint.root == seen.root { return }
            guard checkpoint.size >= seen.size else {
                // Whoever may write the topic can put an old number into it: only the log's own signature accuses it.
                do throws(PolicyError) {
                    _ = try KeyPolicy(logs: list.logKeys).verify(request.note, origin: origin)
                } catch {
                    return remark("a checkpoint of \(parties.others[origin] ?? "") is not cosigned: \(error)")
                }
                return remark(
                    "\(origin) shows a checkpoint of \(checkpoint.size) leaves after one of \(seen.size): an older "
                        + "copy was put in its place, or the message is old; not cosigned")
            }
        }
        do throws(WitnessRefusal) {
            let signature = try state.cosign(
                request, policy: KeyPolicy(logs: list.logKeys), signer: cosigner, at: UInt64(max(0, now) / 1_000))
            guard let seen = state.seen[origin] else { return }
            pending?.witnessed.removeAll { $0.origin == origin }
            pending?.witnessed.append(WitnessedLog(origin: origin, seen: seen, cosignature: signature))
            waiting.append(answer(origin, seen.size, signature))
        } catch {
            refuse(error, origin)
        }
    }

    private mutating func refuse(_ refusal: WitnessRefusal, _ origin: ExactText) {
        let party = parties.others[origin] ?? origin.string
        guard case .splitView(let view) = refusal else {
            return remark("a checkpoint of \(party) is not cosigned: \(refusal)")
        }
        guard note(FoundSplitView(view: view, finder: parties.own)) else { return }
        remark("\(party) is caught: \(view)", isRepeatable: true)
        waiting.append(message(.splitView, about: origin, body: view.bytes))
    }

    /// Keeps what is new.
    /// - Returns: Whether it was.
    private mutating func note(_ found: FoundSplitView) -> Bool {
        let same = splitViews.filter { $0.finder == found.finder && $0.view.origin == found.view.origin }
        guard same.count < Self.mostSplitViews, !same.contains(where: { $0.view.bytes == found.view.bytes }) else {
            return false
        }
        splitViews.append(found)
        pending?.splitViews.append(found)
        return true
    }

    private mutating func takeCosignature(_ message: CheckpointMessage) {
        guard message.origin == list.origin.string, let size = message.size,
            let place = own.firstIndex(where: { $0.size == size })
        else { return }
        guard let signature = NoteSignature(line: message.body.dropLast()), let party = parties.others[signature.name]
        else { return remark("\(message.sender) sent a cosignature that cannot be read, or of nobody here") }
        if keys[signature.name] == nil { settle(keys.lookUp(signature.name), signature.name) }
        let isRight =
            keys[signature.name]?.witnessKeys.contains { $0.key.verifies(signature, over: own[place].text) } == true
        guard isRight else { return remark("a cosignature of \(party) over \(size) leaves is wrong") }
        own[place].cosigners.insert(party)
        pending?.cosigned.append(CollectedCosignature(size: size, signature: signature))
    }

    /// Two notes speak for themselves, or are not believed.
    private mutating func takeSplitView(_ message: CheckpointMessage) {
        guard let view = SplitView(message.body) else {
            return remark("\(message.sender) sent two histories that cannot be read")
        }
        let party = view.origin == list.origin ? parties.own : parties.others[view.origin]
        let keys = view.origin == list.origin ? list : keys[view.origin]
        guard let party, let keys, view.isProven(under: KeyPolicy(logs: keys.logKeys)) else {
            return remark("\(message.sender) says that \(view.origin) shows two histories, and does not prove it")
        }
        guard parties.others.values.contains(message.sender),
            note(FoundSplitView(view: view, finder: message.sender))
        else { return }
        remark("\(message.sender) has caught \(party): \(view)", isRepeatable: true)
    }

    private func message(_ kind: CheckpointMessage.Kind, about origin: ExactText, body: [UInt8]) -> CheckpointMessage {
        CheckpointMessage(kind, from: parties.own, origin: origin.string, body: body)
    }

    private func answer(_ origin: ExactText, _ size: UInt64, _ signature: NoteSignature) -> CheckpointMessage {
        CheckpointMessage(
            .cosignature, from: parties.own, origin: origin.string, size: size, body: Array(signature.line.utf8))
    }

    /// Says a thing once, so that a broken neighbour does not fill the log.
    private mutating func remark(_ text: String, isError: Bool = true, isRepeatable: Bool = false) {
        guard isRepeatable || (said.count < 1_000 && said.insert(text).inserted) else { return }
        remarks.append(Remark(isError: isError, text: text))
    }
}
