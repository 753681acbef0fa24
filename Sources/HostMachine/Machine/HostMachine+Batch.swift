import ExchangeSchema
import Journal
public import PartyCore

extension HostMachine {
    /// Records were read, or none, and commands came, or none: the core handles them and acts by itself.
    /// - Parameters:
    ///   - state: The party's state, whose changes are part of the commit.
    ///   - now: The clock reading of the batch; Unix milliseconds.
    /// - Returns: A commit first, when there is anything to commit; then what follows from it.
    /// - Throws: What the state throws; `BrokenLaw` when the ledger does not add up. Then nothing is to be kept, and the
    ///   machine not to be used any more.
    public mutating func batch<Batch: MessageBatch, State: PartyState>(
        _ batch: inout Batch, commands: [HostCommand] = [], in state: inout State, now: Int64
    ) throws -> [HostAction] where State.Record == Core.Record {
        let firstLeaf = engine.nextSequence
        let books = engine.books
        engine.begin()
        var letters: [DeadLetter] = []
        var remarks: [HostAction] = []
        var moved = MovedOffsets()
        var ended: [StrayDesk.Gathered] = []
        // A question changes nothing, and is no work that one waits for.
        var hasInput = commands.contains { !$0.command.kind.isQuestion }
        if engine.hasWaitingSignatures { lookUpKeys() }
        for index in 0..<batch.count {
            let place = batch.place(at: index)
            guard Int(place.topic) < plan.reads.count else {
                witness.receive(batch.checkpoint(at: index), offset: place.offset, now: now)
                continue
            }
            let head: MessageHead
            do throws(UnreadableHead) {
                head = try headOfParty(&batch, index, place)
            } catch {
                if let run = putAside(batch, index, place, error.description, now: now) { ended.append(run) }
                continue
            }
            if !strays.isEmpty, let run = strays.close(place) { ended.append(run) }
            hasInput = true
            write(&ended, &letters, &remarks, &moved, now: now)
            moved.note(place)
            if place.topic == signatureTopic { lookUpKeys() }
            switch try handle(&batch, index, head, place, in: &state, now: now) {
            case .taken: break
            case .handedOn(let copy):
                letters.append(
                    DeadLetter(
                        topic: plan.reads[Int(place.topic)].name, key: copy.key, value: copy.value,
                        headers: copy.headers))
            case .unreadable(let reason):
                letters.append(Self.letter(batch.copy(at: index), place, reason, plan))
                remarks.append(.say(remark(place, reason)))
            }
        }
        ended += strays.takeDue(now: now)
        hasInput = hasInput || !ended.isEmpty
        write(&ended, &letters, &remarks, &moved, now: now)
        for refused in try settleSignatures(in: &state, now: now) {
            let (copy, place) = (refused.signature.record, refused.signature.place)
            letters.append(
                Self.letter(
                    RecordCopy(key: copy.key, value: copy.value, headers: copy.headers), place, refused.reason, plan))
            remarks.append(.say(remark(place, refused.reason)))
        }
        var actions = try obey(commands, in: &state, now: now)
        mayAdvance = try engine.advance(state: &state, now: now, budget: plan.budget)
        if engine.hasQuestions {
            try engine.answerQuestions { try state.answer($0, after: $1) }
            fill(&actions, commands)
        }
        try engine.seal(state: &state, now: now)
        try engine.checkLaw()
        status.hadNoInput = !hasInput && strays.isEmpty
        let sent = outbox.takeConfirmed()
        let seen = witness.takeCommit()
        let isQuiet = !hasInput && engine.leaves.isEmpty && books == engine.books
        guard !isQuiet || !sent.isEmpty || seen != nil else { return actions }
        if !isQuiet { status.lastChangeAt = now }
        var commit = HostCommit(books: engine.books, firstLeaf: firstLeaf)
        commit.leaves = engine.leaves
        commit.offsets = moved.offsets(plan)
        commit.chunk = chunk(letters, now: now)
        commit.sentChunks = sent
        commit.witness = seen
        commit.readModel = engine.effects.readModelChanges
        journal.append(engine.leaves)
        try journal.seal(now: now)
        commit.rows = journal.takeRows()
        status.note(read: commit.offsets.filter { !plan.readByEveryShard.contains($0.topic) })
        actions.insert(.commit(commit), at: 0)
        actions += remarks
        if let chunk = commit.chunk { actions.append(.publish(.chunk(chunk))) }
        return actions + (try witness.outgoing(&journal, now: now))
    }

    /// What became of a record.
    private enum Handled {
        case taken
        case handedOn(RecordCopy)
        case unreadable(String)
    }

    /// Hands one record to the core, or does not.
    private mutating func handle<Batch: MessageBatch, State: PartyState>(
        _ batch: inout Batch, _ index: Int, _ head: MessageHead, _ place: MessagePlace, in state: inout State,
        now: Int64
    ) throws -> Handled where State.Record == Core.Record {
        do throws(UnreadableHead) {
            if let copy = try batch.handedOn(at: index, head) {
                batch.withPayload(at: index) { engine.receiveElsewhere(head, $0, from: place, now: now) }
                return .handedOn(copy)
            }
        } catch {
            batch.withPayload(at: index) { engine.receiveHeadless($0, from: place, now: now) }
            return .unreadable(error.description)
        }
        let verdict = try batch.withPayload(at: index) { payload throws -> Verdict in
            try engine.receive(head, payload, from: place, state: &state, now: now)
        }
        switch verdict.decision {
        case .unreadable: return .unreadable(engine.deadLetterReason)
        case .held where place.topic == signatureTopic:
            let copy = batch.copy(at: index)
            engine.keep(
                WaitingSignature(head, from: place, key: copy.key, value: copy.value, headers: copy.headers))
            return .taken
        default: return .taken
        }
    }

    /// Looks for keys before a signature is judged: what a log has published counts from then on.
    private mutating func lookUpKeys() {
        witness.lookUpKeys()
        if let lists = witness.takeBelievedKeys() { engine.believe(lists) }
    }

    /// Hands in again what waits for keys, once there are new ones.
    /// - Returns: What turns out to be forged.
    private mutating func settleSignatures<State: PartyState>(
        in state: inout State, now: Int64
    ) throws -> [(signature: WaitingSignature, reason: String)] where State.Record == Core.Record {
        if let lists = witness.takeBelievedKeys() { engine.believe(lists) }
        return engine.hasWaitingSignatures ? try engine.settleSignatures(state: &state, now: now) : []
    }

    /// Hands commands to the core.
    private mutating func obey<State: PartyState>(
        _ commands: [HostCommand], in state: inout State, now: Int64
    ) throws -> [HostAction] where State.Record == Core.Record {
        var actions: [HostAction] = []
        for entry in commands {
            let answer = try engine.obey(entry.command, number: engine.figures.commands, state: &state, now: now)
            if entry.command.kind == .stop, answer.verdict.decision == .obeyed { isAskedToStop = true }
            actions.append(.answer(CommandReply(ticket: entry.ticket, answer: answer)))
        }
        return actions
    }

    /// Puts what the read model says into the answers that wait for it. Each command has one action, in its place.
    private func fill(_ actions: inout [HostAction], _ commands: [HostCommand]) {
        for filled in engine.filledAnswers {
            for (place, entry) in commands.enumerated() where entry.command.identity == filled.command {
                guard case .answer(var reply) = actions[place] else { continue }
                reply.answer.bytes = filled.bytes
                actions[place] = .answer(reply)
            }
        }
    }

    /// What the batch sends; nil for nothing.
    private mutating func chunk(_ letters: [DeadLetter], now: Int64) -> OutboxChunk? {
        let effects = engine.effects
        guard !effects.messages.isEmpty || !letters.isEmpty else { return nil }
        let chunk = OutboxChunk(
            number: nextChunk, time: now, firstSequence: engine.firstSentSequence, messages: effects.messages,
            arena: effects.arena, deadLetters: letters)
        nextChunk += 1
        outbox.add(chunk.number, records: chunk.count)
        return chunk
    }

    private func remark(_ place: MessagePlace, _ reason: String) -> HostRemark {
        let topic = plan.reads[Int(place.topic)].name
        return HostRemark(.warning, "\(topic)/\(place.partition)/\(place.offset) to the dead letters: \(reason)")
    }

    /// Writes runs of strays down that have come to their end.
    private mutating func write(
        _ ended: inout [StrayDesk.Gathered], _ letters: inout [DeadLetter], _ remarks: inout [HostAction],
        _ moved: inout MovedOffsets, now: Int64
    ) {
        guard !ended.isEmpty else { return }
        for gathered in ended {
            engine.receive(gathered.run, now: now)
            var last = gathered.run.place
            last.offset = gathered.run.last
            moved.note(last)
            letters += self.letters(gathered)
            remarks.append(.say(remark(gathered)))
        }
        ended.removeAll()
    }

    static func letter(
        _ copy: RecordCopy, _ place: MessagePlace, _ reason: String, _ plan: HostPlan
    ) -> DeadLetter {
        let topic = plan.reads[Int(place.topic)]
        var headers = copy.headers
        for (name, text) in [
            ("dlt_reason", reason), ("dlt_reader", plan.party), ("dlt_topic", topic.name),
            ("dlt_partition", String(place.partition)), ("dlt_offset", String(place.offset)),
        ] { headers.append(DeadLetterHeader(name, Array(text.utf8))) }
        return DeadLetter(topic: topic.deadLetters, key: copy.key, value: copy.value, headers: headers)
    }
}

/// Offsets that a batch moves: records of one partition come in their order, and mostly together.
private struct MovedOffsets {
    private var places: [MessagePlace] = []

    mutating func note(_ place: MessagePlace) {
        if let last = places.last, last.topic == place.topic, last.partition == place.partition {
            places[places.count - 1].offset = place.offset
            return
        }
        let known = places.firstIndex { $0.topic == place.topic && $0.partition == place.partition }
        if let known { places[known].offset = place.offset } else { places.append(place) }
    }

    func offsets(_ plan: HostPlan) -> [PartitionOffset] {
        places.map {
            PartitionOffset(topic: plan.reads[Int($0.topic)].name, partition: $0.partition, next: $0.offset + 1)
        }
    }
}

extension HostStatus {
    mutating func note(read offsets: [PartitionOffset]) {
        for offset in offsets {
            readUpTo.removeAll { $0.topic == offset.topic && $0.partition == offset.partition }
            readUpTo.append(offset)
        }
    }
}
