import Foundation
import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct RecoveryTests {
    private func logFile(_ fixture: LogFixture, _ base: Int64 = 0, _ suffix: String = ".log") -> URL {
        URL(fileURLWithPath: fixture.directory.data + "/" + Segment.name(of: base) + suffix)
    }

    @Test(arguments: [true, false]) func aTailTornAtAnyByteIsCutOff(sameBoot: Bool) throws {
        var fixture = try LogFixture()
        fixture.sameBoot = sameBoot
        let log = try fixture.open()
        try log.add(SampleBatch(values: ["kept", "kept"]))
        let kept = log.size
        try log.add(SampleBatch(values: ["torn"]))
        let whole = try Data(contentsOf: logFile(fixture))
        for size in kept..<whole.count {
            try whole.prefix(size).write(to: logFile(fixture))
            let reopened = try fixture.open()
            #expect(reopened.endOffset == 2, "torn at byte \(size)")
            #expect(try Data(contentsOf: logFile(fixture)).count == kept)
            #expect(try reopened.add(SampleBatch(values: ["new"])) == 2)
            #expect(try reopened.readAll() == [0, 2])
        }
    }

    @Test func aTailOfZerosOrWithAWrongByteIsCutOff() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        try log.add(SampleBatch(values: ["kept"]))
        let kept = log.size
        try log.add(SampleBatch(values: ["damaged"]))
        var zeros = try Data(contentsOf: logFile(fixture))
        let whole = zeros
        zeros.replaceSubrange(kept..<zeros.count, with: Data(count: zeros.count - kept))
        try zeros.write(to: logFile(fixture))
        #expect(try fixture.open().endOffset == 1)
        for place in kept..<whole.count where !(kept + 12..<kept + 16).contains(place) {
            var flipped = whole
            flipped[place] ^= 0x10
            try flipped.write(to: logFile(fixture))
            #expect(try fixture.open().endOffset == 1, "byte \(place - kept) of the batch")
        }
    }

    @Test(arguments: ["missing", "short", "damaged"]) func aLostIndexIsRebuilt(how: String) throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 100_000
        let log = try fixture.open()
        let text = String(repeating: "x", count: 5_000)
        for _ in 0..<50 { try log.add(SampleBatch(values: [text])) }
        #expect(log.segments.count > 2)
        let index = logFile(fixture, 0, ".index")
        let whole = try Data(contentsOf: index)
        switch how {
        case "missing": try FileManager.default.removeItem(at: index)
        case "short": try whole.dropLast(16).write(to: index)
        default:
            var damaged = whole
            damaged[5] ^= 1
            try damaged.write(to: index)
        }
        #expect(try fixture.open().readAll(from: 5).prefix(3) == [5, 6, 7])
        #expect(try Data(contentsOf: index) == whole)
    }

    @Test(arguments: [true, false]) func producersAreKnownAgainAfterARestart(withSnapshot: Bool) throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 4_096
        let log = try fixture.open()
        for sequence in Int32(0)..<60 {
            try log.add(
                SampleBatch(
                    values: [String(repeating: "x", count: 200)], producerId: Int64(sequence % 3), producerEpoch: 0,
                    baseSequence: sequence / 3))
        }
        #expect(log.segments.count > 2)
        if !withSnapshot {
            try FileManager.default.removeItem(at: logFile(fixture, log.active.baseOffset, ".producers"))
        }
        #expect(try fixture.open().producers == log.producers)
    }
}
