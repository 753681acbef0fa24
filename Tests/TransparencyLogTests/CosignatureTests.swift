import Testing

@testable import TransparencyLog

@Suite struct CosignatureTests {
    /// The signed message printed in tlog-cosignature, "Ed25519 signed message".
    @Test func theSignedMessageIsThatOfTheSpecification() throws {
        let note = try SignedNote(Array(PublishedNotes.sofa.utf8))
        let message = """
            cosignature/v1
            time 1679315147
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            """
        #expect(Cosignature.message(over: note.text, at: 1_679_315_147) == Array(message.utf8))
    }

    @Test func aPublicCheckpointVerifiesUnderTheKeysOfItsLogAndWitness() throws {
        let log = try VerifierKey(PublishedNotes.archeKey)
        let witness = try VerifierKey(PublishedNotes.remoraKey)
        let policy = KeyPolicy(
            logs: [TrustedLogKey(origin: log.name, key: log)], witnesses: [TrustedWitnessKey(key: witness)],
            witnessesNeeded: 1)
        let verified = try policy.verify(Array(PublishedNotes.arche.utf8))
        #expect(verified.checkpoint.size == 1_432_088_532)
        #expect(verified.signers == [log])
        #expect(verified.cosignatures == [Cosignature(witness: witness, time: 1_779_573_024)])
        var changed = try SignedNote(Array(PublishedNotes.arche.utf8))
        let text = ExactText(changed.text.string.replacing("1432088532", with: "42"))
        changed = try SignedNote(text: text, signatures: changed.signatures)
        #expect(throws: PolicyError.note(.badSignature(key: "arche2025h1.staging.ct.transparency.dev+ba2f06c0"))) {
            try policy.verify(changed)
        }
    }

    @Test func aCosignatureVerifiesAndItsTimeIsSigned() throws {
        let signer = try SignerKey(name: "w", kind: .cosignature, seed: Array(repeating: 9, count: 32))
        let checkpoint = try Checkpoint(
            origin: "log", size: 3, root: .leaf([3]), extensions: ["extension 1", "extension 2"])
        var signature = try signer.cosignature(over: checkpoint, at: 1_700_000_000)
        #expect(signature.cosignatureTime == 1_700_000_000)
        #expect(signer.verifier.verifies(signature, over: checkpoint.text))
        #expect(!signer.verifier.verifies(signature, over: ExactText(checkpoint.text.string + "extension 3\n")))
        for place in signature.bytes.indices {
            signature.bytes[place] ^= 1
            #expect(!signer.verifier.verifies(signature, over: checkpoint.text))
            signature.bytes[place] ^= 1
        }
        signature.bytes[0] = 0x80
        #expect(signature.cosignatureTime == nil)
    }
}
