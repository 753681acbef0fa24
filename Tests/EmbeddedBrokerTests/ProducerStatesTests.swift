import Testing

@testable import EmbeddedBroker

@Suite struct ProducerStatesTests {
    private func header(_ sequence: Int32, count: Int = 1, epoch: Int16 = 0) throws -> BatchHeader {
        try SampleBatch(
            values: Array(repeating: "v", count: count), producerId: 9, producerEpoch: epoch, baseSequence: sequence
        ).header
    }

    private func states(after sequences: Range<Int32>, epoch: Int16 = 0) throws -> ProducerStates {
        var states = ProducerStates()
        for sequence in sequences {
            let header = try header(sequence, epoch: epoch)
            #expect(states.verdict(on: header) == .new)
            states.note(header, baseOffset: Int64(sequence) + 100)
        }
        return states
    }

    @Test func theLastFiveBatchesAreKnownAsDuplicates() throws {
        let states = try states(after: 0..<8)
        for sequence in Int32(3)..<8 {
            #expect(states.verdict(on: try header(sequence)) == .duplicate(baseOffset: Int64(sequence) + 100))
        }
        #expect(states.verdict(on: try header(2)) == .refused(.duplicateSequenceNumber))
        #expect(states.verdict(on: try header(8)) == .new)
    }

    @Test func aGapIsRefused() throws {
        #expect(try states(after: 0..<3).verdict(on: header(4)) == .refused(.outOfOrderSequenceNumber))
        #expect(try states(after: 0..<3).verdict(on: header(2, count: 2)) == .refused(.outOfOrderSequenceNumber))
        #expect(try ProducerStates().verdict(on: header(1)) == .refused(.outOfOrderSequenceNumber))
    }

    @Test func aNewEpochBeginsAtZeroAndAnOldOneIsFenced() throws {
        let states = try states(after: 0..<3, epoch: 4)
        #expect(states.verdict(on: try header(0, epoch: 5)) == .new)
        #expect(states.verdict(on: try header(3, epoch: 5)) == .refused(.outOfOrderSequenceNumber))
        #expect(states.verdict(on: try header(3, epoch: 3)) == .refused(.invalidProducerEpoch))
    }

    @Test func sequenceNumbersWrapAround() throws {
        var states = ProducerStates()
        let last = try header(Int32.max - 1, count: 2)
        states.note(last, baseOffset: 0)
        #expect(states.verdict(on: try header(0)) == .new)
    }

    @Test func memoryIsBounded() throws {
        var states = ProducerStates()
        var header = try header(0)
        for producer in 0..<Int64(ProducerStates.maximumProducers + 10) {
            header.producerId = producer
            header.maxTimestamp = producer
            states.note(header, baseOffset: producer)
        }
        #expect(states.states.count <= ProducerStates.maximumProducers)
        #expect(states.states[0] == nil)
        #expect(states.states[Int64(ProducerStates.maximumProducers)] != nil)
    }
}
