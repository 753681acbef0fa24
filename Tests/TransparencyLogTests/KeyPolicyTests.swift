import Testing

@testable import TransparencyLog

@Suite struct KeyPolicyTests {
    let log: SampleLog
    let note: SignedNote

    init() throws {
        var log = try SampleLog("moh", seed: 1)
        try log.grow(to: 10)
        self.log = log
        note = try log.note()
    }

    @Test func anActiveKeyIsBelieved() throws {
        let verified = try KeyPolicy(logs: [log.trusted]).verify(note, origin: "moh")
        #expect(verified.checkpoint == (try log.checkpoint()))
        #expect(verified.signers == [log.signer.verifier])
    }

    @Test func anUnknownLogIsRefusedByName() throws {
        let vss = try SampleLog("vss", seed: 2)
        #expect(throws: PolicyError.unknownOrigin("moh")) { try KeyPolicy(logs: [vss.trusted]).verify(note) }
        #expect(throws: PolicyError.otherOrigin("moh", expected: "vss")) {
            try KeyPolicy(logs: [log.trusted, vss.trusted]).verify(note, origin: "vss")
        }
    }

    @Test func anUnknownKeyIsRefusedByName() throws {
        let swapped = try SampleLog("moh", seed: 3)
        #expect(
            throws: PolicyError.unknownKey(origin: "moh", signers: [log.signer.verifier.description])
        ) { try KeyPolicy(logs: [swapped.trusted]).verify(note) }
    }

    /// A log cannot speak for another one, nor a witness for a log.
    @Test func theKeyOfAnotherLogIsRefusedByName() throws {
        let vss = try SampleLog("vss", seed: 2)
        let forged = try log.checkpoint().signed(by: [vss.signer])
        #expect(throws: PolicyError.unknownKey(origin: "moh", signers: [vss.signer.verifier.description])) {
            try KeyPolicy(logs: [log.trusted, vss.trusted]).verify(forged)
        }
        let witness = try SampleLog.witness("moh", seed: 1)
        let cosigned = try SignedNote(
            text: note.text, signatures: [witness.cosignature(over: log.checkpoint(), at: 5)])
        let policy = KeyPolicy(logs: [log.trusted], witnesses: [TrustedWitnessKey(key: witness.verifier)])
        #expect(throws: PolicyError.unknownKey(origin: "moh", signers: [witness.verifier.description])) {
            try policy.verify(cosigned)
        }
        // Nor does it help to be listed as the key of a log.
        #expect(throws: PolicyError.self) {
            try KeyPolicy(logs: [TrustedLogKey(origin: "moh", key: witness.verifier)]).verify(cosigned)
        }
    }

    @Test func aRetiredKeyIsRefusedByNameAboveItsLastSize() throws {
        var retired = log.trusted
        retired.lastSize = 9
        let key = log.signer.verifier.description
        #expect(throws: PolicyError.retiredKey(key, size: 10, firstSize: 0, lastSize: 9)) {
            try KeyPolicy(logs: [retired]).verify(note)
        }
        retired.lastSize = 10
        #expect(try KeyPolicy(logs: [retired]).verify(note).signers.count == 1)
        retired.firstSize = 11
        retired.lastSize = nil
        #expect(throws: PolicyError.retiredKey(key, size: 10, firstSize: 11, lastSize: nil)) {
            try KeyPolicy(logs: [retired]).verify(note)
        }
    }

    @Test func atARotationTheNewKeyCounts() throws {
        let next = try SampleLog("moh", seed: 4)
        var retired = log.trusted
        retired.lastSize = 9
        let both = try log.checkpoint().signed(by: [log.signer, next.signer])
        let policy = KeyPolicy(logs: [retired, next.trusted])
        #expect(try policy.verify(both).signers == [next.signer.verifier])
    }

    @Test func witnessesAreCountedByNameAndMissingOnesNamed() throws {
        let (one, two) = (try SampleLog.witness("vss", seed: 5), try SampleLog.witness("c06", seed: 6))
        var policy = KeyPolicy(
            logs: [log.trusted], witnesses: [one, two].map { TrustedWitnessKey(key: $0.verifier) }, witnessesNeeded: 2)
        var note = note
        try note.add(one.cosignature(over: log.checkpoint(), at: 100))
        try note.add(one.cosignature(over: log.checkpoint(), at: 101))
        #expect(throws: PolicyError.tooFewWitnesses(1, needed: 2, missing: ["c06"])) { try policy.verify(note) }
        try note.add(two.cosignature(over: log.checkpoint(), at: 102))
        #expect(try policy.verify(note).cosignatures.map(\.time) == [100, 102])
        policy.witnesses[1].lastTime = 101
        #expect(throws: PolicyError.tooFewWitnesses(1, needed: 2, missing: ["c06"])) { try policy.verify(note) }
        policy.witnesses[1].lastTime = 102
        policy.witnesses[1].firstTime = 103
        #expect(throws: PolicyError.self) { try policy.verify(note) }
    }

    @Test func whatIsNoCheckpointSaysSo() throws {
        let text: ExactText = "moh\n"
        let note = try SignedNote(text: text, signatures: [log.signer.signature(over: text)])
        #expect(throws: PolicyError.checkpoint(.tooFewLines)) { try KeyPolicy(logs: [log.trusted]).verify(note) }
        #expect(throws: PolicyError.note(.noSignatures)) { try KeyPolicy(logs: [log.trusted]).verify([]) }
    }
}
