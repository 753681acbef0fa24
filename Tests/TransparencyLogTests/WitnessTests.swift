import Testing

@testable import TransparencyLog

@Suite struct WitnessTests {
    var moh: SampleLog
    let signer: SignerKey
    let policy: KeyPolicy

    init() throws {
        moh = try SampleLog("moh", seed: 1)
        signer = try SampleLog.witness("vss", seed: 2)
        policy = KeyPolicy(
            logs: [moh.trusted], witnesses: [TrustedWitnessKey(key: signer.verifier)], witnessesNeeded: 1)
    }

    @Test mutating func checkpointsThatContinueEachOtherAreCosigned() throws {
        var state = WitnessState()
        var old: UInt64 = 0
        for size in [0, 1, 1, 5, 256, 300] as [UInt64] {
            try moh.grow(to: size)
            var note = try moh.note()
            try note.add(state.cosign(moh.request(from: old), policy: policy, signer: signer, at: 7))
            #expect(try policy.verify(note).cosignatures == [Cosignature(witness: signer.verifier, time: 7)])
            #expect(state.seen["moh"] == .init(size: size, root: moh.builder.root, note: try moh.note()))
            old = size
        }
    }

    @Test mutating func twoHistoriesOfOneSizeConvictTheLogByName() throws {
        var other = moh
        other.history = 2
        try moh.grow(to: 9)
        try other.grow(to: 9)
        var state = WitnessState()
        _ = try state.cosign(moh.request(from: 0), policy: policy, signer: signer, at: 1)
        let before = state
        let view = SplitView(origin: "moh", seen: try moh.note(), shown: try other.note())
        for old in [0, 5, 9] as [UInt64] {
            #expect(throws: WitnessRefusal.splitView(view)) {
                try state.cosign(other.request(from: old), policy: policy, signer: signer, at: 2)
            }
        }
        #expect(state == before)
        #expect(view.isProven(under: policy))
        #expect("\(view)".contains("moh shows two histories"))
        #expect("\(view)".contains("\(moh.builder.root)") && "\(view)".contains("\(other.builder.root)"))
        // Nobody can be framed: the evidence needs both signatures of the log, over two roots of one size.
        var stranger = try SampleLog("moh", seed: 9)
        try stranger.grow(to: 9)
        var later = moh
        try later.grow(to: 10)
        for shown in [try moh.note(), try stranger.note(), try later.note()] {
            #expect(!SplitView(origin: "moh", seen: try moh.note(), shown: shown).isProven(under: policy))
        }
    }

    @Test mutating func aHistoryThatForkedEarlierIsRefusedWithBothHistories() throws {
        try moh.grow(to: 6)
        var other = moh
        try moh.grow(to: 9)
        other.history = 2
        try other.grow(to: 20)
        var state = WitnessState()
        _ = try state.cosign(moh.request(from: 0), policy: policy, signer: signer, at: 1)
        let request = try other.request(from: 9)
        #expect(
            throws: WitnessRefusal.splitView(
                SplitView(
                    origin: "moh", seen: try moh.note(), shown: try other.note(),
                    proof: ConsistencyProof(old: 9, new: 20, path: request.path)))
        ) { try state.cosign(request, policy: policy, signer: signer, at: 2) }
        #expect(state.seen["moh"]?.size == 9)
    }

    @Test mutating func whatIsNotInOrderIsRefusedAndChangesNothing() throws {
        try moh.grow(to: 9)
        var state = WitnessState()
        let first = try moh.request(from: 0)
        _ = try state.cosign(first, policy: policy, signer: signer, at: 1)
        let early = moh
        try moh.grow(to: 12)
        var cases: [(WitnessRequest, WitnessRefusal)] = [
            (try moh.request(from: 5), .otherOldSize(origin: "moh", old: 5, known: 9)),
            (try moh.request(from: 0), .otherOldSize(origin: "moh", old: 0, known: 9)),
            (
                WitnessRequest(oldSize: 12, path: [], note: try early.note()),
                .oldSizeBeyondCheckpoint(origin: "moh", old: 12, size: 9)
            ),
            (
                WitnessRequest(oldSize: 9, path: [], note: try moh.note()),
                .wrongProof(origin: "moh", ConsistencyProof(old: 9, new: 12, path: []))
            ),
        ]
        var vss = try SampleLog("vss", seed: 5)
        try vss.grow(to: 3)
        cases.append((try vss.request(from: 0), .policy(.unknownOrigin("vss"))))
        let before = state
        for (request, refusal) in cases {
            #expect(throws: refusal) { try state.cosign(request, policy: policy, signer: signer, at: 2) }
        }
        let request = try moh.request(from: 9)
        #expect(throws: WitnessRefusal.key(.wrongKind(name: "moh"))) {
            try state.cosign(request, policy: policy, signer: moh.signer, at: 2)
        }
        #expect(state == before)
        #expect(throws: WitnessRefusal.wrongProof(origin: "moh", ConsistencyProof(old: 0, new: 12, path: [.emptyTree])))
        {
            var fresh = WitnessState()
            let request = WitnessRequest(oldSize: 0, path: [.emptyTree], note: try moh.note())
            _ = try fresh.cosign(request, policy: policy, signer: signer, at: 2)
        }
    }

    @Test func theRequestOfTheSpecificationIsReadAndWritten() throws {
        let request = try WitnessRequest(Array(PublishedNotes.request.utf8))
        #expect(request.oldSize == 20_852_014)
        #expect(request.path.count == 4)
        #expect(request.note.signatures.count == 2)
        #expect(request.bytes == Array(PublishedNotes.request.utf8))
    }

    @Test(arguments: [
        "", "old", "old \n", "old 01\n\n", "new 1\n\n", "old 1", "old 1\nAAAA\n\n", "old 1\n\n", "old -1\n\n",
        "old 1\n" + String(repeating: PublishedNotes.request.split(separator: "\n")[1] + "\n", count: 64) + "\n",
    ])
    func otherRequestsAreRefused(text: String) {
        #expect(throws: WitnessRefusal.self) { try WitnessRequest(Array(text.utf8)) }
    }

    @Test mutating func everyChangedByteOfARequestIsNoticed() throws {
        try moh.grow(to: 9)
        var state = WitnessState()
        _ = try state.cosign(moh.request(from: 0), policy: policy, signer: signer, at: 1)
        try moh.grow(to: 30)
        let bytes = try moh.request(from: 9).bytes
        for place in bytes.indices {
            var wrong = bytes
            // A bit of the value, or the case of a letter.
            wrong[place] ^= place % 2 == 0 ? 1 : 0x20
            #expect(throws: WitnessRefusal.self, "byte \(place)") {
                _ = try state.check(WitnessRequest(wrong), policy: policy)
            }
        }
        #expect(try state.check(WitnessRequest(bytes), policy: policy).size == 30)
    }
}
