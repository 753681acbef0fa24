import Audit
import Foundation
import Testing
import TransparencyLog

/// Keys from files, and for which part of a log's life each is believed.
@Suite struct KeyRingTests {
    private let origin: ExactText = "closed-cycle/exchange-1/moh"
    private let old: SignerKey
    private let new: SignerKey
    private let folder: String

    init() throws {
        old = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: 1, count: 32))
        new = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: 2, count: 32))
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ring-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    private func list() throws -> KeyList {
        try KeyList(KeyList(first: old), retiring: old, for: new, from: 22, at: 2_000)
    }

    private func note(_ size: UInt64, by key: SignerKey) throws -> [UInt8] {
        try Checkpoint(origin: origin, size: size, root: .leaf([1])).signed(by: [key]).bytes
    }

    @Test func aListedKeyIsBelievedForItsSizesOnly() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(list().bytes, "moh.keys")
        try write(Array("\(old.verifier.text)\n".utf8), "moh.pub")
        let ring = try KeyLines.read(at: folder)
        #expect(ring.keys.count == 2 && ring.lists.count == 1)
        let policy = ring.policy
        #expect(try policy.verify(note(21, by: old)).checkpoint.size == 21)
        #expect(try policy.verify(note(22, by: new)).checkpoint.size == 22)
        for (size, key) in [(22, old), (1_000, old), (21, new)] as [(UInt64, SignerKey)] {
            let forged = try note(size, by: key)
            #expect(throws: PolicyError.self, "\(size)") { try policy.verify(forged) }
        }
    }

    @Test func ofAKeyWithoutAListNoMoreIsKnown() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(Array("# from the party\n\(old.verifier.text)\n".utf8), "moh.pub")
        #expect(try KeyLines.read(at: folder).policy.verify(note(1_000, by: old)).checkpoint.size == 1_000)
    }

    @Test func aLongerListReplacesAShorterOneAndAContradictionIsNamed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(KeyList(first: old).bytes, "a.keys")
        try write(list().bytes, "b.keys")
        let ring = try KeyLines.read(at: folder)
        #expect(ring.lists.map(\.entries.count) == [2])
        try write(KeyList(KeyList(first: old), retiring: old, for: new, from: 30, at: 2_000).bytes, "c.keys")
        #expect {
            try KeyLines.read(at: folder)
        } throws: {
            "\($0)".contains("c.keys") && "\($0)".contains("do not continue each other")
        }
    }
}
