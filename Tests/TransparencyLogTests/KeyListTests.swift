import Testing

@testable import TransparencyLog

@Suite struct KeyListTests {
    let old: SignerKey
    let new: SignerKey
    let list: KeyList

    init() throws {
        old = try SignerKey(name: "moh", kind: .ed25519, seed: Array(repeating: 1, count: 32))
        new = try SignerKey(name: "moh", kind: .ed25519, seed: Array(repeating: 2, count: 32))
        list = try KeyList(KeyList(first: old), retiring: old, for: new, from: 22, at: 2_000)
    }

    @Test func aListIsReadAsItIsWritten() throws {
        #expect(try KeyList(list.bytes) == list)
        #expect(try KeyList(KeyList(first: old).bytes) == KeyList(first: old))
        let first = try KeyList(first: old)
        #expect(list.continues(first) && !first.continues(list) && list.continues(list))
        #expect(list.logKeys.map(\.firstSize) == [0, 22] && list.logKeys.map(\.lastSize) == [21, nil])
        #expect(list.witnessKeys.map(\.firstTime) == [0, 2_000] && list.witnessKeys.map(\.lastTime) == [2_000, nil])
        #expect(list.witnessKeys.map(\.key.kind) == [.cosignature, .cosignature])
    }

    @Test func everyChangedByteIsNoticed() {
        let bytes = list.bytes
        for place in bytes.indices {
            var wrong = bytes
            wrong[place] ^= 1
            #expect(throws: KeyListError.self, "byte \(place)") { try KeyList(wrong) }
        }
    }

    @Test func aKeyThatTheOneBeforeDidNotSignIsRefused() throws {
        let stranger = try SignerKey(name: "moh", kind: .ed25519, seed: Array(repeating: 3, count: 32))
        let text = list.note.text
        for signers in [[new], [old], [new, stranger]] {
            let note = try SignedNote(text: text, signatures: try signers.map { try $0.signature(over: text) })
            #expect(throws: KeyListError.self) { try KeyList(note.bytes) }
        }
        let three = try SignedNote(
            text: text, signatures: try [new, old, stranger].map { try $0.signature(over: text) })
        #expect(throws: KeyListError.malformed) { try KeyList(three.bytes) }
    }

    @Test func thePairCosignsUnderTheSameName() throws {
        let cosigner = try old.cosigner
        let verifier = try old.verifier.cosigner
        #expect(cosigner.verifier == verifier)
        #expect(cosigner.verifier.name == old.verifier.name && cosigner.verifier.identifier != old.verifier.identifier)
        let checkpoint = try Checkpoint(origin: "moh", size: 0, root: .emptyTree)
        let signature = try cosigner.cosignature(over: checkpoint, at: 5)
        #expect(cosigner.verifier.verifies(signature, over: checkpoint.text))
        #expect(!old.verifier.verifies(signature, over: checkpoint.text))
    }

    @Test func aNoticeOfTwoHistoriesIsReadAsItIsWritten() throws {
        let (one, two) = (
            try Checkpoint(origin: "moh", size: 1, root: .leaf([1])).signed(by: [old]),
            try Checkpoint(origin: "moh", size: 1, root: .leaf([2])).signed(by: [old])
        )
        let view = SplitView(origin: "moh", seen: one, shown: two)
        #expect(SplitView(view.bytes) == view)
        for count in 0..<view.bytes.count { #expect(SplitView(Array(view.bytes.prefix(count))) == nil) }
        #expect(SplitView(view.bytes + [0x0A]) == nil)
        #expect(SplitView(Array("seen 99999999999999999999\n".utf8)) == nil)
    }
}
