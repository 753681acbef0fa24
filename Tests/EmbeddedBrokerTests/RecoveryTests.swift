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

    @Test(arguments: [true, false]) func damageInFrontOfSoundBatchesStopsThePartitionAndCutsNothing(
        sameBoot: Bool
    ) throws {
        var fixture = try LogFixture()
        fixture.sameBoot = sameBoot
        let log = try fixture.open()
        try log.add(SampleBatch(values: ["kept"]))
        let first = log.size
        try log.add(SampleBatch(values: ["damaged", "damaged"]))
        let second = log.size
        try log.add(SampleBatch(values: ["sound"]))
        let whole = try Data(contentsOf: logFile(fixture))
        // The leader epoch is no part of the checksum, and nobody reads it.
        for place in first..<second where !(first + 12..<first + 16).contains(place) {
            for name in try FileManager.default.contentsOfDirectory(atPath: fixture.directory.data) {
                try FileManager.default.removeItem(atPath: fixture.directory.data + "/" + name)
            }
            var flipped = whole
            flipped[place] ^= 0x10
            try flipped.write(to: logFile(fixture))
            let stopped = try fixture.open()
            let damage = try #require(stopped.damage, "byte \(place - first) of the batch")
            #expect(damage.position == first && damage.offset == 1 && damage.soundOffset == 3)
            #expect("\(damage)".contains(logFile(fixture).path) && "\(damage)".contains("--set-aside-damage"))
            #expect(try stopped.readAll() == [0])
            #expect(!stopped.isDamaged(at: 0) && stopped.isDamaged(at: 1) && stopped.isDamaged(at: 3))
            #expect(throws: StorageError.self) { try stopped.add(SampleBatch(values: ["new"])) }
            #expect(try Data(contentsOf: logFile(fixture)) == flipped)

            let aside = DamageSetAside(directory: fixture.directory.data)
            #expect(try aside.run().count == 1)
            #expect(try aside.run() == [])
            #expect(try Data(contentsOf: logFile(fixture, 3, ".set-aside")) == flipped[first..<second])
            for _ in 0..<2 {
                let mended = try fixture.open()
                #expect(mended.damage == nil && mended.endOffset == 4)
                #expect(try mended.readAll() == [0, 3])
            }
            #expect(try fixture.open().add(SampleBatch(values: ["new"])) == 4)
        }
    }

    @Test func settingAsideGoesOnWhereACrashInterruptedIt() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        var sizes: [Int] = []
        for value in ["a", "b", "c", "d", "e"] {
            try log.add(SampleBatch(values: [value]))
            sizes.append(log.size)
        }
        var flipped = try Data(contentsOf: logFile(fixture))
        for place in [sizes[0] + 40, sizes[2] + 40] { flipped[place] ^= 1 }
        try flipped.write(to: logFile(fixture))
        let aside = DamageSetAside(directory: fixture.directory.data)
        #expect(try aside.run().count == 2)
        // The file with the sound rest was in place, and the damaged one not yet cut.
        try flipped.write(to: logFile(fixture))
        #expect(try fixture.open().damage != nil)
        #expect(try aside.run().count >= 1)
        #expect(try fixture.open().damage == nil)
        #expect(try fixture.open().readAll() == [0, 2, 4])
    }

    @Test(arguments: ["flipped", "short", "gone"]) func aDamagedClosedSegmentStopsThePartition(how: String) throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 20_000
        let log = try fixture.open()
        let text = String(repeating: "x", count: 5_000)
        for _ in 0..<20 { try log.add(SampleBatch(values: [text])) }
        let bases = log.segments.map(\.baseOffset)
        try #require(bases.count > 3)
        let file = logFile(fixture, bases[1])
        let whole = try Data(contentsOf: file)
        switch how {
        case "flipped":
            var flipped = whole
            flipped[40] ^= 1
            try flipped.write(to: file)
            try FileManager.default.removeItem(at: logFile(fixture, bases[1], ".index"))
        case "short": try whole.dropLast(7).write(to: file)
        default: try FileManager.default.removeItem(at: file)
        }
        let stopped = try fixture.open()
        let damage = try #require(stopped.damage)
        #expect((bases[1]..<bases[2]).contains(damage.offset) && damage.soundOffset > damage.offset)
        #expect(try stopped.readAll().last == damage.offset - 1)
        #expect(stopped.isDamaged(at: damage.offset) && !stopped.isDamaged(at: damage.offset - 1))
        #expect(throws: StorageError.self) { try stopped.add(SampleBatch(values: ["new"])) }

        #expect(try DamageSetAside(directory: fixture.directory.data).run().count == 1)
        let mended = try fixture.open()
        #expect(mended.damage == nil && mended.endOffset == 20)
        let lost = Set(damage.offset..<damage.soundOffset)
        #expect(try mended.readAll() == (0..<20).filter { !lost.contains($0) })
    }

    @Test func aDamagedPartitionSaysSoToClientsAndTheOthersGoOn() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("t", partitions: 2)
            for partition in Int32(0)..<2 {
                for value in ["a", "b", "c"] {
                    #expect(
                        try client.produce("t", SampleBatch(values: [value]).bytes, partition: partition).error == .none
                    )
                }
            }
        }
        let file = URL(fileURLWithPath: directory.data + "/topics/t-0/" + Segment.name(of: 0) + ".log")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let note = directory.data + "/damaged-partitions"
        #expect(!FileManager.default.fileExists(atPath: note))
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            // For whoever shows how the exchange stands.
            let said = try String(contentsOfFile: note, encoding: .utf8)
            #expect(said.hasPrefix("t/0 stands still at offset 1: ") && said.split(separator: "\n").count == 1)
            #expect(try client.produce("t", SampleBatch(values: ["d"]).bytes, partition: 0).error == .storageError)
            #expect(try client.fetch("t", [0: 0])[0]?.error == ErrorCode.none)
            for offset in Int64(1)...3 {
                #expect(try client.fetch("t", [0: offset])[0]?.error == .storageError, "offset \(offset)")
            }
            #expect(try client.produce("t", SampleBatch(values: ["d"]).bytes, partition: 1).offset == 3)
        }
        #expect(try Data(contentsOf: file) == bytes)
        #expect(try EmbeddedBroker.setAsideDamage(dataDirectory: directory.data).count == 1)
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            #expect(try client.produce("t", SampleBatch(values: ["d"]).bytes, partition: 0).offset == 3)
            #expect(try client.fetch("t", [0: 1])[0]?.error == ErrorCode.none)
            #expect(!FileManager.default.fileExists(atPath: note))
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
