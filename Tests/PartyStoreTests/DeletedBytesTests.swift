import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// What a party keeps for a while, of people, is nowhere in its files once it was deleted.
@Suite struct DeletedBytesTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    /// What stands all over the bytes that are kept of a visit: a name that is nobody else's.
    private static func name(_ visit: Int64) -> [UInt8] { Array("NGUYỄN VĂN \(1_000_000 + visit)|".utf8) }

    private static func content(_ visit: Int64, _ count: Int) -> [UInt8] {
        let name = name(visit)
        return Array((0...count / name.count).flatMap { _ in name }.prefix(count))
    }

    /// The files that hold a visit's name.
    private func files(with visit: Int64) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter {
            FileManager.default.contents(atPath: directory.path + "/" + $0)?.range(of: Data(Self.name(visit))) != nil
        }.sorted()
    }

    /// Keeps and sends visits of all sizes, and decides them in any order: rows move about in their pages, and pages come
    /// and go. Returns the visits that are still kept.
    private func work(_ store: PartyStore<SampleRecord>, seed: UInt64, last: Bool) throws -> Set<Int64> {
        var generator = SeededGenerator(seed: seed)
        var kept: [(visit: Int64, position: Int64)] = []
        var visit = Int64(seed) * 10_000
        let firstChunk = store.progress.nextChunk
        for number in 0..<40 {
            try store.batch { state throws in
                var effects = Effects()
                for _ in 0..<Int.random(in: 1...30, using: &generator) {
                    visit += 1
                    let most = [300, 3_000, 40_000][Int.random(in: 0..<3, using: &generator)]
                    let size = Int.random(in: 40...most, using: &generator)
                    let content = Self.content(visit, size)
                    kept.append((visit, state.keep(content, for: .stored(visit), since: 1)))
                    var message = Correction()
                    message.value = String(decoding: content, as: UTF8.self)
                    effects.send(message, record: .stored(visit), revision: 1, key: "01013", source: "/01013")
                }
                while kept.count > 100 || (number == 39 && last && !kept.isEmpty) {
                    state.drop(kept.remove(at: .random(in: kept.indices, using: &generator)).position)
                }
                let chunk = firstChunk + Int64(number)
                var commit = BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: [],
                    chunk: OutboxChunk(
                        number: chunk, time: 1, firstSequence: 0, messages: effects.messages, arena: effects.arena,
                        deadLetters: []),
                    sentChunks: number > 1 ? [chunk - 2] : [])
                if number == 39 {
                    commit.chunk = nil
                    commit.sentChunks = [chunk - 2, chunk - 1]
                }
                return commit
            }
        }
        return Set(kept.map(\.visit))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func nothingIsLeftOfWhatWasDecided(seed: UInt64) throws {
        let store = try open()
        let kept = try work(store, seed: seed, last: true)
        #expect(kept.isEmpty)
        try store.close()
        for visit in Int64(seed) * 10_000 + 1...Int64(seed) * 10_000 + 200 {
            #expect(try files(with: visit) == [], "visit \(visit)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func whatIsStillPendingStaysAloneAndReadable(seed: UInt64) throws {
        let store = try open()
        let kept = try work(store, seed: seed, last: false)
        #expect(kept.count == 100)
        try store.close()
        for visit in Int64(seed) * 10_000 + 1...Int64(seed) * 10_000 + 400 {
            #expect(try files(with: visit) == (kept.contains(visit) ? ["party.sqlite"] : []), "visit \(visit)")
        }
        let reopened = try open()
        try reopened.batch { state throws in
            let entries = try state.oldestKept(limit: 1_000)
            #expect(entries.count == 100)
            for entry in entries {
                let name = Self.name(Int64(entry.record.low & 0xFFFF_FFFF))
                #expect(entry.bytes.starts(with: name.prefix(entry.bytes.count)))
            }
            return nil
        }
    }

    @Test func aStoreThatRunsHasNothingLeftEither() throws {
        let store = try open()
        _ = try work(store, seed: 7, last: true)
        #expect(try files(with: 70_001).contains("party.sqlite-wal"), "the log has what was written last")
        // As a host does that has been quiet for a second.
        try store.sweepDeleted()
        for visit in Int64(70_001)...70_200 { #expect(try files(with: visit) == [], "visit \(visit)") }
        // It goes on as before.
        let kept = try work(store, seed: 8, last: false)
        #expect(kept.count == 100)
        try store.close()
    }

    @Test func aStoreThatWasKilledHasNothingLeftAfterItsNextEnd() throws {
        let copy = try TemporaryDirectory()
        let store = try open()
        _ = try work(store, seed: 9, last: true)
        // What a killed process leaves: the files as they lie there.
        for name in ["party.sqlite", "party.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: directory.path + "/" + name, toPath: copy.path + "/" + name)
        }
        let again = try PartyStore<SampleRecord>(directory: copy.path, identity: .sample, durability: .process)
        try again.close()
        for visit in Int64(90_001)...90_200 {
            let found = try FileManager.default.contentsOfDirectory(atPath: copy.path).filter {
                FileManager.default.contents(atPath: copy.path + "/" + $0)?.range(of: Data(Self.name(visit))) != nil
            }
            #expect(found == [], "visit \(visit)")
        }
        try store.close()
    }

    @Test func itSweepsWhenItIsQuietAndOtherwiseAtASteadyPace() {
        let begin = ContinuousClock.now
        var clock = SweepClock()
        #expect(!clock.isDue(begin + .seconds(100)), "nothing was written")
        clock.note(begin)
        #expect(!clock.isDue(begin + .milliseconds(999)))
        #expect(clock.isDue(begin + .seconds(1)))
        for half in 1...59 {
            let now = begin + .milliseconds(half * 500)
            clock.note(now)
            #expect(!clock.isDue(now), "it is busy")
        }
        clock.note(begin + .seconds(30))
        #expect(clock.isDue(begin + .seconds(30)), "however busy it is")
        clock.swept(wholly: true, begin + .seconds(30))
        #expect(!clock.isDue(begin + .seconds(90)))
        clock.note(begin + .seconds(90))
        clock.swept(wholly: false, begin + .seconds(91))
        #expect(!clock.isDue(begin + .seconds(92)), "what is left waits")
        #expect(clock.isDue(begin + .seconds(121)))
    }
}
