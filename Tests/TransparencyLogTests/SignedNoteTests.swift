import Testing

@testable import TransparencyLog

@Suite struct SignedNoteTests {
    let peter: VerifierKey
    let enoch: VerifierKey
    let both = Array((PublishedNotes.text + "\n" + PublishedNotes.peterLine + PublishedNotes.enochLine).utf8)

    init() throws {
        peter = try VerifierKey(PublishedNotes.peter)
        enoch = try VerifierKey(PublishedNotes.enoch)
    }

    func note(_ parts: String...) throws -> SignedNote { try SignedNote(Array(parts.joined().utf8)) }

    @Test func theExampleOfTheSpecificationVerifies() throws {
        let example = try note(PublishedNotes.exampleNote)
        let key = try VerifierKey(PublishedNotes.exampleKey)
        #expect(try example.verified(by: [key]).known.map(\.key) == [key])
        #expect(example.text == "This is an example message.\n")
    }

    @Test(arguments: [
        PublishedNotes.exampleNote, PublishedNotes.poem, PublishedNotes.sofa, PublishedNotes.arche,
    ])
    func publishedNotesAreReadAndWritten(text: String) throws {
        #expect(try SignedNote(Array(text.utf8)).bytes == Array(text.utf8))
    }

    @Test func theTextEndsAtTheLastBlankLine() throws {
        let poem = try note(PublishedNotes.poem)
        #expect(poem.text.string.hasSuffix("raggio di sole:\n\ned è subito sera.\n"))
        #expect(poem.signatures.map(\.name) == ["quasimodo.example/salvatore"])
    }

    /// Ed25519 is deterministic (RFC 8032), so that the same key makes the published bytes.
    @Test func signingMakesThePublishedNote() throws {
        let signer = try SignerKey(PublishedNotes.peterSecret)
        let text = ExactText(PublishedNotes.text)
        let made = try SignedNote(text: text, signatures: [signer.signature(over: text)])
        #expect(made.bytes == Array((PublishedNotes.text + "\n" + PublishedNotes.peterLine).utf8))
    }

    @Test func unknownSignersAreIgnoredAndKnownOnesListedOnce() throws {
        let note = try SignedNote(both)
        let one = try note.verified(by: [peter])
        #expect(one.known.map(\.key) == [peter] && one.unknown.map(\.name) == ["EnochRoot"])
        #expect(try note.verified(by: [enoch, peter]).known.map(\.key) == [peter, enoch])
        #expect(throws: NoteError.noKnownKey(signers: ["PeterNeumann+c74f20a3", "EnochRoot+af0cfe78"])) {
            try note.verified(by: [])
        }
        let twice = try self.note(PublishedNotes.text, "\n", PublishedNotes.peterLine, PublishedNotes.peterLine)
        #expect(try twice.verified(by: [peter, peter]).known.count == 1)
    }

    @Test func aWrongSignatureOfAKnownKeyRefusesTheNote() throws {
        let changed = try note(
            PublishedNotes.text.replacing("cryptography", with: "cryptographY"), "\n", PublishedNotes.peterLine,
            PublishedNotes.enochLine)
        #expect(throws: NoteError.badSignature(key: "PeterNeumann+c74f20a3")) {
            try changed.verified(by: [enoch, peter])
        }
        var line = try #require(NoteSignature(line: PublishedNotes.peterLine.dropLast().utf8))
        line.bytes[3] ^= 1
        for wrong in [line.line, PublishedNotes.peterLine.prefix(60) + "ABCD" + PublishedNotes.peterLine.dropFirst(60)]
        {
            let note = try self.note(PublishedNotes.text, "\n", PublishedNotes.peterLine, wrong)
            #expect(throws: NoteError.badSignature(key: "PeterNeumann+c74f20a3")) { try note.verified(by: [peter]) }
        }
    }

    /// The name or the identifier alone does not make a key known (signed-note, "Signatures").
    @Test func aSharedNameOrIdentifierIsNotEnough() throws {
        let text = ExactText(PublishedNotes.text)
        let namesake = try SignerKey(name: "PeterNeumann", kind: .ed25519, seed: Array(repeating: 1, count: 32))
        var signature = try namesake.signature(over: text)
        let note = try SignedNote(text: text, signatures: [signature])
        #expect(throws: NoteError.self) { try note.verified(by: [peter]) }
        signature.name = "EnochRoot"
        signature.identifier = peter.identifier
        #expect(throws: NoteError.noKnownKey(signers: ["EnochRoot+c74f20a3"])) {
            try SignedNote(text: text, signatures: [signature]).verified(by: [peter, enoch])
        }
    }

    @Test func everyChangedByteIsNoticed() {
        for place in both.indices {
            var wrong = both
            // A bit of the value, or the case of a letter.
            wrong[place] ^= place % 2 == 0 ? 1 : 0x20
            let verified = try? SignedNote(wrong).verified(by: [peter, enoch])
            #expect(verified?.known.count ?? 0 < 2, "byte \(place)")
        }
        let one = Array((PublishedNotes.text + "\n" + PublishedNotes.peterLine).utf8)
        for count in 0..<one.count {
            #expect(throws: NoteError.self) { try SignedNote(Array(one.prefix(count))).verified(by: [peter]) }
        }
    }

    /// The list of golang.org/x/mod/sumdb/note, note_test.go, and more of its kind.
    @Test(arguments: [
        PublishedNotes.text, PublishedNotes.text + "\n", "", "\n", "\n\n", "\n\n\n", "a",
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.dropLast(),
        "\u{01}" + PublishedNotes.text + "\n" + PublishedNotes.peterLine,
        "\r" + PublishedNotes.text + "\n" + PublishedNotes.peterLine,
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.replacing("PeterNeumann", with: "Bad Name"),
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.replacing("PeterNeumann", with: "Bad+Name"),
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.replacing("PeterNeumann", with: ""),
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.replacing("PeterNeumann", with: "a\u{00A0}b"),
        PublishedNotes.text + "\n" + PublishedNotes.peterLine.replacing("\u{2014}", with: "\u{2013}"),
        PublishedNotes.text + "\n" + PublishedNotes.peterLine + "Unexpected line.\n",
        PublishedNotes.text + "\n" + PublishedNotes.peterLine + "\n", PublishedNotes.text + "\n\u{2014} a AAAAAA==\n",
        PublishedNotes.text + PublishedNotes.peterLine, PublishedNotes.text + "\n\u{2014} a\n",
        PublishedNotes.text + "\n\u{2014} a \n", PublishedNotes.peterLine,
    ])
    func malformedNotesAreRefused(text: String) {
        #expect(throws: NoteError.self) { try SignedNote(Array(text.utf8)) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: NoteError.notUTF8) { try SignedNote([0xFF] + both) }
        #expect(throws: NoteError.controlCharacter(at: 1)) { try SignedNote(Array("a\u{1F}b\n\n".utf8) + both) }
        var generator = SeededGenerator(state: 11)
        for _ in 0..<500 {
            var bytes = both
            for _ in 0..<Int.random(in: 1...9, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeSubrange(..<Int.random(in: bytes.indices, using: &generator))
            #expect((try? SignedNote(bytes).verified(by: [peter, enoch]).known.count) ?? 0 < 2)
        }
    }

    @Test func lengthAndNumberOfSignaturesAreLimited() throws {
        let line = PublishedNotes.peterLine
        #expect(try note(PublishedNotes.text, "\n", String(repeating: line, count: 100)).signatures.count == 100)
        #expect(throws: NoteError.tooManySignatures(101)) {
            try note(PublishedNotes.text, "\n", String(repeating: line, count: 101))
        }
        #expect(throws: NoteError.tooLong(SignedNote.greatestLength + 1)) {
            try SignedNote(Array(repeating: 0x41, count: SignedNote.greatestLength + 1))
        }
    }

    /// Swift takes both spellings of the letter for the same; a signature does not.
    @Test func textsThatOnlyLookTheSameAreNot() throws {
        let (one, other): (ExactText, ExactText) = ("\u{E9}\n", "e\u{301}\n")
        #expect(one.string == other.string && one != other)
        let signer = try SignerKey(PublishedNotes.peterSecret)
        let note = try SignedNote(text: other, signatures: [signer.signature(over: one)])
        #expect(throws: NoteError.self) { try note.verified(by: [peter]) }
    }
}
