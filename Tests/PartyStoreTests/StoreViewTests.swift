import Foundation
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// A store is read beside its party, and where nothing may be written, and each view is one state.
@Suite struct StoreViewTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(_ path: String? = nil) throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: path ?? directory.path, identity: .sample, durability: .process)
    }

    /// Names, sizes and times of all files.
    private func files(_ path: String) throws -> [String: FileState?] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return Dictionary(uniqueKeysWithValues: names.map { ($0, FileState(path: "\(path)/\($0)")) })
    }

    @Test func aRunningPartyIsReadAsOfOneCommit() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        try store.batch { try batch.fill(&$0) }
        let early = try StoreInspection(directory: directory.path)
        #expect(early.isLive && early.progress.nextSequence == 20)
        for _ in 0..<40 { try store.batch { try batch.fill(&$0) } }
        #expect(try early.journal().leaves == 20)
        #expect(try early.countByPhase() == [.pending: 20])
        let late = try StoreInspection(directory: directory.path)
        #expect(try late.journal().leaves == 820 && late.takenAt >= early.takenAt)
        try store.close()
        #expect(try early.journal().leaves == 20)
    }

    @Test func aPartyThatHasJustBegunSaysSo() throws {
        let lock = try DirectoryLock(directory: directory.path)
        try Data().write(to: URL(fileURLWithPath: directory.path + "/party.sqlite"))
        #expect(throws: StoreError(.notBegun, "")) { try StoreInspection(directory: directory.path) }
        withExtendedLifetime(lock) {}
    }

    @Test func whatThereIsInADirectoryIsTold() throws {
        func opening(_ name: String) throws -> StoreOpening {
            try StoreInspection.open(directory: directory.path + "/" + name)
        }
        guard case .absent = try opening("nobody") else { throw StoreError(.database, "there is nothing") }
        for name in ["empty", "interrupted"] {
            try FileManager.default.createDirectory(
                atPath: directory.path + "/" + name, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: directory.path + "/\(name)/party.sqlite"))
        }
        guard case .unwritten(isLive: false) = try opening("empty") else { throw StoreError(.database, "it is empty") }
        do {
            let lock = try DirectoryLock(directory: directory.path + "/empty")
            guard case .unwritten(isLive: true) = try opening("empty") else { throw StoreError(.database, "it runs") }
            withExtendedLifetime(lock) {}
        }
        try Data([1]).write(to: URL(fileURLWithPath: directory.path + "/interrupted/party.sqlite-journal"))
        guard case .interrupted(let error) = try opening("interrupted") else {
            throw StoreError(.database, "it ends within a transaction")
        }
        #expect(error.description.contains("start its party once"))
        try open(directory.path + "/store").close()
        #expect(try opening("store").store?.party == StoreIdentity.sample.party)
        for name in ["empty", "nobody"] {
            #expect(throws: StoreError(.database, "")) {
                try StoreInspection(directory: directory.path + "/" + name)
            }
        }
    }

    @Test func lookingAtAStoreAtRestChangesNothing() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
        // As a process that was killed leaves it, with what it had not written back, and as a backup may have it: without
        // the memory that the processes shared.
        let copy = directory.path + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in ["party.sqlite", "party.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: "\(directory.path)/\(name)", toPath: "\(copy)/\(name)")
        }
        try store.close()
        for path in [directory.path, copy] {
            let before = try files(path)
            for _ in 0..<2 {
                let inspection = try StoreInspection(directory: path)
                #expect(!inspection.isLive)
                #expect(try inspection.journal().leaves == 60)
                #expect(try inspection.countByPhase() == [.pending: 40, .shared: 20])
            }
            #expect(try files(path) == before)
        }
        #expect(try open(copy).progress.nextSequence == 60, "the party goes on from there")
    }

    @Test func whatIsStartedWhileItIsReadIsNotReadOn() throws {
        try open().close()
        let inspection = try StoreInspection(directory: directory.path)
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        try store.batch { try batch.fill(&$0) }
        let error = try #require(throws: StoreError.self) { try inspection.journal() }
        #expect(error.code == .inUse && error.description.contains("was started"))
    }

    @Test func aPathTooLongForSQLiteIsNamed() throws {
        let long = directory.path + "/" + String(repeating: "x", count: 250) + "/" + String(repeating: "y", count: 250)
        for attempt in [{ _ = try open(long) }, { _ = try StoreInspection(directory: long) }] {
            let error = try #require(throws: StoreError.self) { try attempt() }
            #expect(error.description.contains("bytes, and a database's may have 504: give a shorter --data"))
        }
        let most = StorePath.mostBytes - StorePath.database(directory.path + "/").utf8.count
        let name = "/" + String(repeating: "z", count: 200)
        let fitting = directory.path + name + "/" + String(repeating: "z", count: most - name.utf8.count - 1)
        #expect(StorePath.database(fitting).utf8.count == StorePath.mostBytes - 1)
        try open(fitting).close()
        #expect(try StoreInspection(directory: fitting).progress.nextSequence == 0)
    }
}
