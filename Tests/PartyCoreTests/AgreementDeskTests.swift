import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Testing
import TransparencyLog
import VSSParty

/// Each row of the table at ``AgreementDesk``, at a party that signs and hears.
@Suite struct AgreementDeskTests {
    private let gate = AgreementGate(
        agreement: "regulation", signatories: ["moh", "vss", "c06"], signedAtStart: ["c06"])

    private func rig(_ party: String = "vss", unknown: Set<String> = []) -> Rig<VSSCore<SampleRegister>> {
        let desk = AgreementDesk(party: party, agreements: [gate])
        return Rig(
            VSSCore(registry: SampleRegister(), duties: .vss2024, agreements: desk),
            keys: SampleKeys.keys(of: party, unknown: unknown))
    }

    private func message(_ signature: AgreementSignature) -> SentMessage {
        SentMessage(signature, RecordIdentifier(high: 0, low: 0))
    }

    @Test func aSignatureIsNotedWithItsProof() throws {
        var rig = rig()
        #expect(try rig.receive(message(SampleKeys.signature("moh"))).decision == .accepted)
        #expect(try rig.receive(message(SampleKeys.signature("moh"))).decision == .duplicate)
        #expect(rig.figures.signatures == ["regulation": ["moh"]])
        let note = try #require(rig.figures.signing.notes["regulation"]?["moh"])
        #expect(try AgreementNote(Array(note.utf8)).time == 1_000)
    }

    @Test func aSignatureWithoutANoteIsRefusedByName() throws {
        var rig = rig()
        var unsigned = SampleKeys.signature("moh")
        unsigned.note = .init()
        #expect(try rig.receive(message(unsigned)) == Verdict(.unreadable, .agreementUnsigned))
        #expect(rig.deadLetters.first?.contains("it has no signed note") == true)
        #expect(rig.figures.signatures.isEmpty)
    }

    /// Another's key under the right name, another party's own signature, another agreement's, another time's, and every
    /// changed byte.
    @Test func aForgedSignatureIsRefusedByName() throws {
        var rig = rig()
        let genuine = SampleKeys.signature("moh")
        var forged = [
            SampleKeys.signature("moh", by: SampleKeys.key("moh", number: 2)),
            SampleKeys.signature("moh", by: SampleKeys.key("facility")),
        ]
        func change(_ body: (inout AgreementSignature) -> Void) {
            var signature = genuine
            body(&signature)
            forged.append(signature)
        }
        change { $0.note = SampleKeys.signature("moh", "another").note }
        change { $0.signedAt += 1 }
        for place in genuine.note.indices { change { $0.note[place] ^= 1 } }
        for signature in forged {
            #expect(try rig.receive(message(signature)) == Verdict(.unreadable, .agreementForged))
        }
        #expect(rig.figures.signatures.isEmpty && rig.figures.signing == SigningFigures())
        #expect(rig.ledger.deadLetters == Int64(forged.count))
        #expect(try rig.receive(message(genuine)).decision == .accepted)
    }

    /// The right one is noted once its key is known; the forged one is refused by name although it had been received
    /// before anybody could tell.
    @Test func aSignatureWaitsForTheKeysOfItsLog() throws {
        let genuine = message(SampleKeys.signature("moh"))
        let forged = message(SampleKeys.signature("moh", time: 5, by: SampleKeys.key("moh", number: 2)))
        var engine = PartyEngine(
            core: VSSCore(
                registry: SampleRegister(), duties: .vss2024,
                agreements: AgreementDesk(party: "vss", agreements: [gate])),
            nextSequence: 0, salts: SaltKey(simulated: "vss"), keys: SampleKeys.keys(of: "vss", unknown: ["moh"]))
        var state = MemoryState<VSSRecord>()
        engine.begin()
        for (offset, signature) in [forged, genuine].enumerated() {
            let place = MessagePlace(topic: 1, partition: 0, offset: Int64(offset))
            let verdict = try engine.receive(
                signature.head, signature.payload.span.bytes, from: place, state: &state, now: 1)
            #expect(verdict.decision == .held)
            engine.keep(
                WaitingSignature(
                    signature.head, from: place, key: [1], value: signature.payload,
                    headers: [DeadLetterHeader("ce_id", [2])]))
        }
        #expect(try engine.settleSignatures(state: &state, now: 2).isEmpty)
        #expect(engine.figures.signing.waiting.count == 2 && engine.figures.signatures.isEmpty)
        // What waits outlives a restart.
        let figures = try JSONDecoder().decode(OwnFigures.self, from: JSONEncoder().encode(engine.figures))
        #expect(figures == engine.figures)
        engine.believe([SampleKeys.list("moh")])
        let refused = try engine.settleSignatures(state: &state, now: 3)
        #expect(refused.map(\.signature.place.offset) == [0] && refused.first?.signature.payload == forged.payload)
        #expect(refused.first?.reason.contains("the signature of \"moh\" is not believed") == true)
        #expect(refused.first?.signature.record.headers == [DeadLetterHeader("ce_id", [2])])
        #expect(!engine.hasWaitingSignatures && engine.ledger.deadLetters == 1)
        #expect(engine.figures.signatures == ["regulation": ["moh"]] && engine.leafCount == 2)
    }

    @Test func aPartySignsWithItsOwnKeyOnce() throws {
        var rig = rig()
        rig.now = 77
        var request = SignAgreement()
        request.agreement = "regulation"
        let first = try rig.obey(.signAgreement, request.encoded)
        #expect(first.verdict.decision == .obeyed)
        let answer = try AgreementSigned(decoding: first.bytes)
        #expect(answer.signedAt == 77 && answer.party == "vss" && !answer.stoodBefore)
        #expect(answer.key == SampleKeys.key("vss").verifier.description)
        let sent = rig.takeSent()
        #expect(sent.count == 1 && sent[0].key == "regulation")
        // Who hears it believes it, and the signer knows its own.
        var other = self.rig("moh")
        #expect(try other.receive(sent[0]).decision == .accepted)
        #expect(try rig.receive(sent[0]).decision == .duplicate)
        let second = try rig.obey(.signAgreement, request.encoded)
        #expect(second.verdict.decision == .duplicate && rig.takeSent().isEmpty)
        #expect(try AgreementSigned(decoding: second.bytes).signedAt == 77)
    }

    @Test func whatCannotBeSignedIsSaidAndChangesNothing() throws {
        var request = SignAgreement()
        request.agreement = "another"
        var vss = rig()
        #expect(try vss.obey(.signAgreement, request.encoded).verdict.decision == .notAddressed)
        request.agreement = "regulation"
        var stranger = rig("facility")
        let answer = try stranger.obey(.signAgreement, request.encoded)
        #expect(String(decoding: answer.bytes, as: UTF8.self).contains("facility is no signatory of regulation"))
        var early = rig("c06")
        let former = try early.obey(.signAgreement, request.encoded)
        #expect(former.verdict.decision == .duplicate)
        #expect(try AgreementSigned(decoding: former.bytes).stoodBefore)
        #expect(vss.takeSent().isEmpty && stranger.takeSent().isEmpty && early.takeSent().isEmpty)
        #expect(vss.figures == OwnFigures() && stranger.figures == OwnFigures())
    }
}
