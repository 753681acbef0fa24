import Foundation
import Journal
import PartyStore
import Testing
import TransparencyLog

@testable import PartyRuntime

/// Parties publish and cosign checkpoints over a topic in memory, each with a real store.
@Suite struct CheckpointExchangeTests {
    let folder = TestFolder()
    let topic = CheckpointTopic()

    private func party(_ name: String, evidence: Bool = true, clock: Int64 = 1_000_000) throws -> WitnessedParty {
        try WitnessedParty(
            name, in: folder.path, topic, evidence: evidence ? folder.path + "/evidence" : nil, clock: clock)
    }

    private func note(_ party: WitnessedParty) throws -> SignedNote {
        try #require(try party.store.cosignedCheckpoint())
    }

    /// A note is cosigned by all others, under their published keys.
    private func expectCosigned(_ party: WitnessedParty, by others: [WitnessedParty]) throws {
        let policy = KeyPolicy(
            logs: party.key.list.logKeys, witnesses: others.flatMap(\.key.list.witnessKeys),
            witnessesNeeded: others.count)
        let verified = try policy.verify(try note(party))
        #expect(verified.checkpoint.size == party.store.tree.size && verified.checkpoint.root == party.store.tree.root)
        #expect(party.exchange.cosigners == others.map(\.name).sorted())
    }

    @Test(arguments: [true, false])
    func everyCheckpointIsCosignedByAllOthersAndThenItIsQuiet(evidence: Bool) throws {
        let all = try WitnessedParty.names.map { try party($0, evidence: evidence) }
        for _ in 0..<5 {
            for party in all { try party.grow() }
            #expect(try settle(all) < 5)
        }
        for party in all {
            try expectCosigned(party, by: all.filter { $0.name != party.name })
            #expect(party.errors == [])
            #expect(party.exchange.splitViews == [])
        }
        // Keys, checkpoints, and an answer of each other party: nothing is said twice.
        #expect(topic.messages.count == 3 + 15 + 30)
        #expect(Set(topic.messages.map(\.identifier)).count == topic.messages.count)
        for size in topic.messages.filter({ $0.kind == .checkpoint && $0.sender == "moh" }) {
            #expect(throws: Never.self) { try WitnessRequest(size.body) }
        }
    }

    @Test func aPartyWithTwoHistoriesIsCaughtByNameByEveryOther() throws {
        let all = try WitnessedParty.names.map { try party($0) }
        for party in all { try party.grow() }
        _ = try settle(all)
        try all[1].forge()
        _ = try settle(all)
        try all[1].grow()
        _ = try settle(all)
        for party in all {
            #expect(Set(party.exchange.splitViews.map(\.finder)) == ["moh", "c06"])
            #expect(Set(party.exchange.splitViews.map(\.view.bytes)).count == 1)
            let view = try #require(party.exchange.splitViews.first?.view)
            #expect(view.origin == all[1].origin && view.isProven(under: KeyPolicy(logs: all[1].key.list.logKeys)))
        }
        #expect(all[0].errors.contains { $0.hasPrefix("vss is caught: ") && $0.contains("shows two histories") })
        #expect(all[1].errors.contains { $0.contains("has caught vss") })
        // The history that was seen first goes on to be cosigned; the other never was.
        try expectCosigned(all[1], by: [all[0], all[2]])
        let stored = try all[0].store.witness()
        #expect(stored.splitViews.count == 2 && stored.witnessed.count == 2)
    }

    @Test func whoStartsLateSeesTheWholeChain() throws {
        let early = try ["moh", "vss"].map { try party($0, evidence: false) }
        for _ in 0..<4 {
            for party in early { try party.grow() }
            _ = try settle(early)
        }
        let late = try party("c06", evidence: false)
        try late.grow()
        let all = early + [late]
        _ = try settle(all)
        for party in all { try expectCosigned(party, by: all.filter { $0.name != party.name }) }
        #expect(late.errors == [] && late.remarks.contains { $0.text.contains("trusted on first use") })
    }

    /// What a killed witness had read and not committed, it reads again; what it had committed and not sent, it sends.
    @Test(arguments: [true, false])
    func aKilledWitnessGoesOn(afterCommit: Bool) throws {
        let moh = try party("moh")
        let vss = try party("vss")
        try moh.grow()
        _ = try settle([moh, vss])
        try moh.grow()
        do {
            let c06 = try party("c06")
            let spoken = topic.messages.count
            try c06.read(commit: afterCommit)
            // The answers are lost with the process.
            topic.messages.removeLast(topic.messages.count - spoken)
            try c06.store.close()
        }
        let c06 = try party("c06", clock: 2_000_000)
        _ = try settle([moh, vss, c06])
        try expectCosigned(moh, by: [vss, c06])
        #expect(c06.errors == [])
        #expect(try c06.store.witness().witnessed.first { $0.origin == moh.origin }?.seen.size == 40)
    }

    /// A request that was written down and did not go out is sent at the next start, so that no link of the chain is
    /// missing; one that did go out is sent again and has no second effect.
    @Test(arguments: [true, false])
    func aKilledPublisherGoesOn(wasSent: Bool) throws {
        let vss = try party("vss")
        let first = try party("moh")
        try first.grow()
        _ = try settle([first, vss])
        let spoken = topic.messages.count
        try first.grow()
        if !wasSent { topic.messages.removeLast(topic.messages.count - spoken) }
        try first.store.close()
        let moh = try party("moh", clock: 2_000_000)
        try moh.send()
        try moh.grow()
        _ = try settle([moh, vss])
        try expectCosigned(moh, by: [vss])
        #expect(vss.errors == [])
        let answers = topic.messages.filter { $0.kind == .cosignature && $0.sender == "vss" && $0.size == 40 }
        #expect(answers.count == 1)
    }

    @Test func whatIsForgedDamagedOrOfStrangersHasNoEffect() throws {
        let all = try WitnessedParty.names.map { try party($0) }
        for party in all { try party.grow() }
        _ = try settle(all)
        let genuine = try #require(topic.messages.last { $0.kind == .checkpoint && $0.sender == "vss" })
        let answer = try #require(topic.messages.last { $0.kind == .cosignature && $0.sender == "vss" })
        let before = try all[0].store.witness()
        func put(_ message: CheckpointMessage, _ change: (inout CheckpointMessage) -> Void) {
            var message = message
            change(&message)
            topic.messages.append(message)
        }
        for place in stride(from: 0, to: genuine.body.count, by: 3) { put(genuine) { $0.body[place] ^= 1 } }
        for place in stride(from: 0, to: answer.body.count, by: 7) { put(answer) { $0.body[place] ^= 1 } }
        put(genuine) { $0.kind = .splitView }
        put(genuine) { $0.kind = .keys }
        put(genuine) { $0.body = [] }
        put(answer) { $0.body = [] }
        var generator = SystemRandomNumberGenerator()
        let stranger = try SignerKey(name: all[1].origin, kind: .ed25519, using: &generator)
        put(genuine) {
            $0.kind = .keys; $0.body = (try? KeyList(first: stranger).bytes) ?? []
        }
        let size = try #require(try? Checkpoint(text: WitnessRequest(genuine.body).note.text)).size
        let forged = try Checkpoint(origin: all[1].origin, size: size, root: .emptyTree).signed(by: [stranger])
        put(genuine) { $0.body = WitnessRequest(oldSize: 0, path: [], note: forged).bytes }
        let seen = try WitnessRequest(genuine.body).note
        put(genuine) {
            $0.kind = .splitView
            $0.body = SplitView(origin: all[1].origin, seen: seen, shown: forged).bytes
        }
        _ = try settle(all)
        let after = try all[0].store.witness()
        #expect(after.witnessed == before.witnessed && after.keys == before.keys && after.splitViews.isEmpty)
        #expect(!all[0].errors.isEmpty)
        for party in all { try expectCosigned(party, by: all.filter { $0.name != party.name }) }
    }

    @Test func anOlderCopyOfALogIsNotCosigned() throws {
        let vss = try party("vss")
        let moh = try party("moh")
        try moh.grow()
        _ = try settle([moh, vss])
        let saved = folder.path + "/saved"
        try moh.store.close()
        try FileManager.default.copyItem(atPath: moh.directory, toPath: saved)
        let again = try party("moh", clock: 2_000_000)
        for _ in 0..<3 { try again.grow() }
        _ = try settle([again, vss])
        try again.store.close()
        try FileManager.default.removeItem(atPath: moh.directory)
        try FileManager.default.moveItem(atPath: saved, toPath: moh.directory)
        let old = try party("moh", clock: 3_000_000)
        try old.send()
        try old.grow()
        _ = try settle([old, vss])
        #expect(old.exchange.cosigners == [])
        #expect(vss.errors.contains { $0.contains("an older copy was put in its place") })
    }

    /// The shards of one party speak on the same topic: their keys, checkpoints and cosignatures are no errors.
    @Test func shardsOfOnePartyReadEachOtherWithoutAComplaint() throws {
        let names = ["vss", "c06"]
        let shards = try names.map { name in
            try WitnessedParty(
                name, in: folder.path, topic, evidence: folder.path + "/evidence", siblings: names.filter { $0 != name }
            )
        }
        let all = shards + [try party("moh")]
        for _ in 0..<3 {
            for party in all { try party.grow() }
            _ = try settle(all)
        }
        for party in all { #expect(party.errors == []) }
        for shard in shards { #expect(shard.exchange.cosigners == ["moh"]) }
        #expect(all[2].exchange.cosigners == ["c06", "vss"])
    }

    /// An old number is easily written: only what the log itself signed accuses it of an older copy.
    @Test func anUnsignedOldCheckpointIsNoOlderCopy() throws {
        let (moh, vss) = (try party("moh"), try party("vss"))
        for _ in 0..<2 {
            try moh.grow()
            _ = try settle([moh, vss])
        }
        var message = try #require(topic.messages.first { $0.kind == .checkpoint && $0.sender == "moh" })
        var generator = SystemRandomNumberGenerator()
        let stranger = try SignerKey(name: moh.origin, kind: .ed25519, using: &generator)
        let forged = try Checkpoint(origin: moh.origin, size: 5, root: .leaf([1])).signed(by: [stranger])
        message.body = WitnessRequest(oldSize: 0, path: [], note: forged).bytes
        topic.messages.append(message)
        _ = try settle([moh, vss])
        #expect(vss.errors.count == 1 && vss.errors[0].hasPrefix("a checkpoint of moh is not cosigned: "))
        #expect(!vss.errors[0].contains("older copy"))
        try expectCosigned(moh, by: [vss])
    }
}
