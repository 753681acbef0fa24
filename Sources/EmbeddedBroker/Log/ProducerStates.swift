/// What one partition remembers of its idempotent producers, so that a repeated batch is stored once and a gap is
/// refused. Rules: KIP-98, "Idempotent Producer Guarantees", and KIP-360.
struct ProducerStates: Equatable {
    struct Batch: Equatable {
        var firstSequence: Int32
        var lastSequence: Int32
        var baseOffset: Int64
    }

    struct State: Equatable {
        var epoch: Int16
        /// The newest last. At most ``remembered``: a client has at most five requests under way.
        var batches: [Batch]
        /// The largest timestamp seen, for forgetting whoever has been silent longest.
        var lastTimestamp: Int64
    }

    enum Verdict: Equatable {
        case new
        /// Stored before, at this offset: to be acknowledged again without a second effect.
        case duplicate(baseOffset: Int64)
        case refused(ErrorCode)
    }

    static let remembered = 5
    /// Beyond this many producers a partition forgets the one silent longest.
    static let maximumProducers = 10_000

    private(set) var states: [Int64: State] = [:]

    func verdict(on header: BatchHeader) -> Verdict {
        guard header.hasProducer else { return .new }
        guard header.producerEpoch >= 0, header.baseSequence >= 0 else { return .refused(.invalidRecord) }
        guard let state = states[header.producerId], header.producerEpoch <= state.epoch else {
            // A producer not seen here, or one that has begun anew: it must begin at the beginning, or a batch of
            // its own that failed would be lost between.
            return header.baseSequence == 0 ? .new : .refused(.outOfOrderSequenceNumber)
        }
        guard header.producerEpoch == state.epoch else { return .refused(.invalidProducerEpoch) }
        guard let newest = state.batches.last else { return .new }
        let last = header.lastSequence
        for batch in state.batches where batch.firstSequence == header.baseSequence && batch.lastSequence == last {
            return .duplicate(baseOffset: batch.baseOffset)
        }
        if header.baseSequence == Self.sequence(newest.lastSequence, advancedBy: 1) { return .new }
        let isOld = header.baseSequence <= last && last <= newest.lastSequence
        return .refused(isOld ? .duplicateSequenceNumber : .outOfOrderSequenceNumber)
    }

    /// Notes a batch that is in the log now, at `baseOffset`.
    mutating func note(_ header: BatchHeader, baseOffset: Int64) {
        guard header.hasProducer else { return }
        var state = states[header.producerId] ?? State(epoch: header.producerEpoch, batches: [], lastTimestamp: 0)
        if state.epoch != header.producerEpoch {
            state.epoch = header.producerEpoch
            state.batches.removeAll(keepingCapacity: true)
        }
        if state.batches.count == Self.remembered { state.batches.removeFirst() }
        state.batches.append(
            Batch(
                firstSequence: header.baseSequence, lastSequence: header.lastSequence, baseOffset: baseOffset))
        state.lastTimestamp = max(state.lastTimestamp, header.maxTimestamp)
        states[header.producerId] = state
        if states.count > Self.maximumProducers { forgetOldest() }
    }

    /// Takes over a state read from a snapshot.
    mutating func restore(_ state: State, of producerId: Int64) { states[producerId] = state }

    /// Sequence numbers count up to 2^31 - 1 and then begin at 0 again.
    static func sequence(_ sequence: Int32, advancedBy count: Int32) -> Int32 {
        let sum = Int64(sequence) + Int64(count)
        return Int32(truncatingIfNeeded: sum % (Int64(Int32.max) + 1))
    }

    /// A tenth at once, so that the search is paid once in a thousand new producers.
    private mutating func forgetOldest() {
        let oldest = states.sorted { $0.value.lastTimestamp < $1.value.lastTimestamp }
        for (producer, _) in oldest.prefix(Self.maximumProducers / 10) { states[producer] = nil }
    }
}

extension BatchHeader {
    var lastSequence: Int32 { ProducerStates.sequence(baseSequence, advancedBy: lastOffsetDelta) }
}
