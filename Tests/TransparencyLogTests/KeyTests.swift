import Testing

@testable import TransparencyLog

@Suite struct KeyTests {
    @Test(arguments: [
        PublishedNotes.peter, PublishedNotes.enoch, PublishedNotes.exampleKey, PublishedNotes.archeKey,
        PublishedNotes.remoraKey,
        // transparency-dev/formats, note/note_cosigv1_test.go
        "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    ])
    func publishedKeysAreReadAndWritten(text: String) throws {
        #expect(try VerifierKey(text).text == text)
    }

    @Test func thePublishedSecretBelongsToThePublishedKey() throws {
        let signer = try SignerKey(PublishedNotes.peterSecret)
        #expect(signer.verifier.text == PublishedNotes.peter)
        #expect(signer.secretText == PublishedNotes.peterSecret)
    }

    /// As golang.org/x/mod/sumdb/note, note_test.go does.
    @Test(arguments: [PublishedNotes.peter, PublishedNotes.peterSecret])
    func partsAndChangesOfAKeyAreNone(text: String) {
        let bytes = Array(text.utf8)
        func accepted(_ bytes: some Sequence<UInt8>) -> Bool {
            let text = String(decoding: Array(bytes), as: UTF8.self)
            return (try? VerifierKey(text)) != nil || (try? SignerKey(text)) != nil
        }
        for start in bytes.indices {
            for end in start...bytes.count where end - start < bytes.count {
                #expect(!accepted(bytes[start..<end]), "\(start)..<\(end)")
            }
            for change in [1, 0x20, 0x80] as [UInt8] {
                var wrong = bytes
                wrong[start] ^= change
                #expect(!accepted(wrong), "byte \(start)")
            }
        }
    }

    @Test(
        arguments: [
            ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", .malformed),
            ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .unknownType(0x65)),
            (
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                .wrongIdentifier(name: "PeterNeumann")
            ),
            ("bananas.sigstore.dev+12344556", .malformed),
            ("rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!", .malformed),
            ("rekor.sigstore.dev+12345678+AwEB", .unknownType(3)), ("name+12345678+AQEB", .wrongLength(2)),
            ("+12345678+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName("")),
            ("a b+12345678+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName("a b")),
            ("a\u{2003}b+12345678+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName("a\u{2003}b")),
            ("", .malformed),
        ] as [(String, KeyError)])
    func badKeysSayWhatIsWrong(text: String, error: KeyError) {
        #expect(throws: error) { try VerifierKey(text) }
    }

    @Test func aKeyOfOneKindNeverDoesTheOthersWork() throws {
        let seed = [UInt8](repeating: 5, count: 32)
        let log = try SignerKey(name: "a", kind: .ed25519, seed: seed)
        let witness = try SignerKey(name: "a", kind: .cosignature, seed: seed)
        let checkpoint = try Checkpoint(origin: "a", size: 0, root: .emptyTree)
        #expect(log.verifier.identifier != witness.verifier.identifier)
        #expect(throws: KeyError.wrongKind(name: "a")) { try log.cosignature(over: checkpoint, at: 1) }
        #expect(throws: KeyError.wrongKind(name: "a")) { try witness.signature(over: checkpoint.text) }
        #expect(throws: KeyError.timeOutOfRange(1 << 63)) { try witness.cosignature(over: checkpoint, at: 1 << 63) }
        var signature = try log.signature(over: checkpoint.text)
        signature.identifier = witness.verifier.identifier
        #expect(!witness.verifier.verifies(signature, over: checkpoint.text))
        signature.bytes = [UInt8](repeating: 0, count: 8) + signature.bytes
        #expect(!witness.verifier.verifies(signature, over: checkpoint.text))
    }

    @Test func aSeededGeneratorMakesTheSameKeyEachTime() throws {
        var (one, other, third) = (SeededGenerator(state: 3), SeededGenerator(state: 3), SeededGenerator(state: 4))
        let key = try SignerKey(name: "moh", kind: .ed25519, using: &one).secretText
        #expect(try SignerKey(name: "moh", kind: .ed25519, using: &other).secretText == key)
        #expect(try SignerKey(name: "moh", kind: .ed25519, using: &third).secretText != key)
        #expect(throws: KeyError.wrongLength(31)) {
            try SignerKey(name: "moh", kind: .ed25519, seed: Array(repeating: 0, count: 31))
        }
    }
}
