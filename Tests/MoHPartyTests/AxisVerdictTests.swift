import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH writes down of the verdicts of its axis: each row of the table at `MoHCore.noteVerdicts`.
@Suite struct AxisVerdictTests {
    private let salts = SaltKey(simulated: "axis")
    private let first = RecordIdentifier(facilityCode: "01999", episodeCode: "A")
    private let second = RecordIdentifier(facilityCode: "01999", episodeCode: "B")

    private struct Ministry {
        var engine: PartyEngine<MoHCore>
        var state = MemoryState<MoHRecord>()
        var commands: Int64 = 0
        var leaves: [JournalLeaf] = []

        init(_ salts: SaltKey) { engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 7, salts: salts) }

        mutating func note(_ payload: [UInt8]) throws -> CommandAnswer {
            engine.begin()
            commands += 1
            let identity = MessageIdentifier(RecordIdentifier(high: 1, low: UInt64(commands)))
            let answer = try engine.obey(
                PartyCommand(.noteVerdicts, identity: identity, caller: 1_000, payload: payload), number: commands,
                state: &state, now: 5)
            try engine.seal(state: &state, now: 5)
            try engine.checkLaw()
            leaves += try stride(from: 0, to: engine.leaves.count, by: JournalLeaf.width).map {
                try #require(JournalLeaf(stored: engine.leaves[$0..<$0 + JournalLeaf.width]))
            }
            return answer
        }

        mutating func note(_ verdicts: [AxisVerdict]) throws -> [Int64] {
            var request = NoteVerdicts()
            request.verdicts = verdicts
            return try VerdictsNoted(decoding: try note(request.encoded).bytes).leaves
        }

        /// What is kept of the verdicts on a record.
        mutating func kept(_ record: RecordIdentifier) throws -> [(leaf: Int64, verdict: AxisVerdict)] {
            let count = state.note(VerdictNote.subject(record, 0))?.first ?? 0
            return try (0..<count).map { number in
                let note = VerdictNote(try #require(state.note(VerdictNote.subject(record, number + 1))))
                return (note.leaf, try AxisVerdict(decoding: try #require(state.kept(at: note.position))))
            }
        }
    }

    private func verdict(_ change: (inout AxisVerdict) -> Void = { _ in }) -> AxisVerdict {
        var verdict = AxisVerdict()
        verdict.check = .messageSignature
        verdict.outcome = .held
        verdict.resultCode = "CM_SUCCESS"
        verdict.reading = "checksum=hex hash=string blanks=removed"
        verdict.senderID = "G12/VSS"
        verdict.messageIDDigest = Data(repeating: 1, count: 32)
        verdict.messageDigest = Data(repeating: 2, count: 32)
        verdict.recordIds = [first.description, second.description]
        change(&verdict)
        return verdict
    }

    @Test func eachVerdictOfACommandHasALeafOverWhatItSays() throws {
        var moh = Ministry(salts)
        let verdicts = [
            verdict(),
            verdict {
                $0.check = .organisationSignature
                $0.outcome = .failed
                $0.resultCode = "PS_DS_CA_SIGNATURE_INVALID"
            },
        ]
        #expect(try moh.note(verdicts) == [7, 8])
        #expect(moh.leaves.count == 2 && moh.engine.nextSequence == 9)
        for (leaf, verdict) in zip(moh.leaves, verdicts) {
            #expect(leaf.topic == PartyCommand.leafTopic && leaf.type == PartyCommand.Kind.noteVerdicts.rawValue)
            #expect(leaf.decision == .obeyed && leaf.offset == 1 && leaf.message == MessageIdentifier(of: verdict))
            #expect(leaf.digest == PayloadDigest(of: verdict.encoded.span.bytes, salt: salts.salt(of: leaf.message)))
        }
        #expect(moh.leaves.map(\.reason) == [0, ReasonCode.mohOrganisationSignatureInvalid.rawValue])
        for record in [first, second] {
            let kept = try moh.kept(record)
            #expect(kept.map(\.leaf) == [7, 8] && kept.map(\.verdict) == verdicts)
        }
        #expect(moh.engine.ledger == Ledger(), "a verdict moves no record")
    }

    @Test func theSameVerdictAgainHasNoSecondLeaf() throws {
        var moh = Ministry(salts)
        let other = verdict { $0.messageDigest = Data(repeating: 3, count: 32) }
        #expect(try moh.note([verdict(), verdict()]) == [7, 7])
        #expect(try moh.note([other, verdict()]) == [8, 7])
        #expect(moh.leaves.count == 2)
        // A command that brings nothing new has its own leaf, as any.
        #expect(try moh.note([verdict()]) == [7])
        #expect(moh.leaves.map(\.decision) == [.obeyed, .obeyed, .duplicate])
        #expect(try moh.note([verdict { $0.reading = "" }]) == [10])
        #expect(try moh.kept(first).map(\.leaf) == [7, 8, 10])
    }

    static let failures: [(AxisCheck, String, ReasonCode)] = [
        (.messageSignature, "PS_DS_RSA_SIGNATURE_MISSING", .mohMessageUnsigned),
        (.messageSignature, "PS_DS_RSA_SIGNATURE_INVALID", .mohMessageSignatureInvalid),
        (.organisationSignature, "PS_DS_CA_SIGNATURE_MISSING", .mohOrganisationUnsigned),
        (.organisationSignature, "PS_DS_CA_SIGNATURE_INVALID", .mohOrganisationSignatureInvalid),
    ]

    @Test(arguments: failures) func aLeafSaysWhyAMessageIsRefused(
        check: AxisCheck, code: String, reason: ReasonCode
    ) throws {
        var moh = Ministry(salts)
        _ = try moh.note([
            verdict {
                ($0.check, $0.outcome, $0.resultCode, $0.recordIds) = (check, .failed, code, [])
            }
        ])
        #expect(moh.leaves.map(\.reason) == [reason.rawValue])
    }

    static let faults: [@Sendable (inout AxisVerdict) -> Void] = [
        { $0.check = .unspecified }, { $0.outcome = .unspecified }, { $0.senderID = "" },
        { $0.senderID = String(repeating: "x", count: 101) }, { $0.messageDigest = Data() },
        { $0.messageIDDigest = Data(repeating: 0, count: 31) }, { $0.recordIds = ["001099000001"] },
        { $0.reading = String(repeating: "x", count: 501) },
    ]

    @Test(arguments: 0..<faults.count) func whereOneCannotBeReadNoneIsWrittenDown(fault: Int) throws {
        var moh = Ministry(salts)
        var request = NoteVerdicts()
        request.verdicts = [verdict(), verdict(Self.faults[fault])]
        #expect(try moh.note(request.encoded).verdict == Verdict(.notAddressed))
        #expect(moh.leaves.map(\.decision) == [.notAddressed])
        #expect(try moh.kept(first).isEmpty)
        #expect(try moh.note(NoteVerdicts().encoded).verdict == Verdict(.notAddressed))
    }
}
