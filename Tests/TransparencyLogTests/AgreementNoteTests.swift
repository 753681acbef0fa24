import Testing

@testable import TransparencyLog

@Suite struct AgreementNoteTests {
    let old: SignerKey
    let new: SignerKey
    let list: KeyList

    init() throws {
        old = try SignerKey(name: "closed-cycle/x/vss", kind: .ed25519, seed: Array(repeating: 1, count: 32))
        new = try SignerKey(name: "closed-cycle/x/vss", kind: .ed25519, seed: Array(repeating: 2, count: 32))
        list = try KeyList(KeyList(first: old), retiring: old, for: new, from: 22, at: 2_000)
    }

    @Test func aSignatureIsReadAsItIsWritten() throws {
        let note = try AgreementNote(agreement: "coordination-regulation", time: 2_500_000, signedBy: new)
        let read = try AgreementNote(note.bytes)
        #expect(read == note && read.agreement == "coordination-regulation" && read.time == 2_500_000)
        #expect(try read.signer(under: list) == new.verifier)
        #expect(
            read.note.text
                == "closed-cycle/agreement\ncoordination-regulation\nclosed-cycle/x/vss\n2500000\n")
    }

    @Test func noChangedByteIsBelieved() throws {
        let bytes = try AgreementNote(agreement: "regulation", time: 2_500_000, signedBy: new).bytes
        for place in bytes.indices {
            var wrong = bytes
            wrong[place] ^= 1
            #expect(throws: AgreementNoteError.self, "byte \(place)") {
                try AgreementNote(wrong).signer(under: list)
            }
        }
    }

    /// Each key signs for its own time, the second of the change included.
    @Test(arguments: [
        (1_999_000, true, false), (2_000_000, true, true), (2_000_999, true, true), (2_001_000, false, true),
    ])
    func aKeySignsOnlyInItsTime(time: Int, oldMay: Bool, newMay: Bool) throws {
        for (key, may) in [(old, oldMay), (new, newMay)] {
            let note = try AgreementNote(agreement: "regulation", time: UInt64(time), signedBy: key)
            #expect((try? note.signer(under: list)) == (may ? key.verifier : nil))
        }
    }

    @Test func strangersAndOtherNotesAreRefused() throws {
        let stranger = try SignerKey(name: "closed-cycle/x/vss", kind: .ed25519, seed: Array(repeating: 3, count: 32))
        let forged = try AgreementNote(agreement: "regulation", time: 2_500_000, signedBy: stranger)
        #expect(throws: AgreementNoteError.self) { try forged.signer(under: list) }
        let other = try SignerKey(name: "closed-cycle/x/moh", kind: .ed25519, seed: Array(repeating: 4, count: 32))
        let foreign = try AgreementNote(agreement: "regulation", time: 2_500_000, signedBy: other)
        #expect(throws: AgreementNoteError.otherLog("closed-cycle/x/moh", expected: "closed-cycle/x/vss")) {
            try foreign.signer(under: list)
        }
        let checkpoint = try Checkpoint(origin: "closed-cycle/agreement", size: 0, root: .emptyTree).signed(by: [new])
        #expect(throws: AgreementNoteError.malformed) { try AgreementNote(checkpoint.bytes) }
        #expect(throws: AgreementNoteError.malformed) { try AgreementNote(list.bytes) }
        #expect(throws: AgreementNoteError.malformed) {
            try AgreementNote(agreement: "two\nlines", time: 1, signedBy: new)
        }
    }
}
