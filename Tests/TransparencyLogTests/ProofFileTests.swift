import Testing

@testable import TransparencyLog

@Suite struct ProofFileTests {
    let log: SampleLog
    let policy: KeyPolicy
    let file: ProofFile

    init() throws {
        var log = try SampleLog("example.com/fancylog", seed: 1)
        try log.grow(to: 700)
        let witnesses = try [SampleLog.witness("w1", seed: 2), SampleLog.witness("w2", seed: 3)]
        var note = try log.note()
        for witness in witnesses { try note.add(witness.cosignature(over: log.checkpoint(), at: 1_700_000_000)) }
        self.log = log
        policy = KeyPolicy(
            logs: [log.trusted], witnesses: witnesses.map { TrustedWitnessKey(key: $0.verifier) }, witnessesNeeded: 2)
        let (_, proof) = try log.tree.inclusionProof(of: 300, under: log.checkpoint())
        file = ProofFile(index: 300, path: proof.path, note: note)
    }

    /// The shape of tlog-proof, "Format", line by line.
    @Test func theFileHasTheLinesOfTheSpecification() throws {
        var file = file
        var lines = ["c2sp.org/tlog-proof@v1", "index 300"] + file.path.map(\.base64) + [""]
        let checkpoint = String(decoding: file.note.bytes, as: UTF8.self)
        #expect(String(decoding: file.bytes, as: UTF8.self) == lines.joined(separator: "\n") + "\n" + checkpoint)
        file.extra = Array("extra information".utf8)
        lines.insert("extra ZXh0cmEgaW5mb3JtYXRpb24=", at: 1)
        #expect(String(decoding: file.bytes, as: UTF8.self) == lines.joined(separator: "\n") + "\n" + checkpoint)
        #expect(try ProofFile(file.bytes) == file)
    }

    @Test func aFileVerifiesWithPublicKeysAlone() throws {
        let read = try ProofFile(file.bytes)
        let verified = try read.verify(leaf: log.leaf(300), policy: policy, origin: log.origin)
        #expect(verified.checkpoint.size == 700)
        #expect(verified.cosignatures.count == 2)
        #expect(throws: ProofFileError.self) { try read.verify(leaf: log.leaf(301), policy: policy) }
        #expect(throws: ProofFileError.policy(.otherOrigin("example.com/fancylog", expected: "other"))) {
            try read.verify(leaf: log.leaf(300), policy: policy, origin: "other")
        }
    }

    @Test func aTreeOfOneLeafNeedsNoPath() throws {
        var log = try SampleLog("one", seed: 8)
        try log.grow(to: 1)
        let file = try ProofFile(ProofFile(index: 0, path: [], note: log.note()).bytes)
        #expect(try file.verify(leaf: log.leaf(0), policy: KeyPolicy(logs: [log.trusted])).checkpoint.size == 1)
    }

    @Test func everyChangedByteIsNoticed() throws {
        let (bytes, leaf) = (file.bytes, log.leaf(300))
        for place in bytes.indices {
            var wrong = bytes
            // A bit of the value, or the case of a letter.
            wrong[place] ^= place % 2 == 0 ? 1 : 0x20
            #expect(throws: ProofFileError.self, "byte \(place)") {
                _ = try ProofFile(wrong).verify(leaf: leaf, policy: policy)
            }
        }
        for count in bytes.indices {
            #expect(throws: ProofFileError.self) {
                _ = try ProofFile(Array(bytes.prefix(count))).verify(leaf: leaf, policy: policy)
            }
        }
    }

    /// The list of transparency-dev/formats, proof/tlog_proof_test.go, and more of its kind.
    @Test(
        arguments: [
            ("wrong-header\nindex 0\n\n", .badHeader), ("", .badHeader), ("c2sp.org/tlog-proof@v1", .badHeader),
            ("c2sp.org/tlog-proof@v1\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\n", .badExtra),
            ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", .badExtra), ("c2sp.org/tlog-proof@v1\n\n\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 0\n\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nindex notanumber\n\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nindex -5\n\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nindex 00\n\n", .badIndex), ("c2sp.org/tlog-proof@v1\nindex\n\n", .badIndex),
            ("c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\n", .badHash(line: 1)),
            ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", .badHash(line: 1)),
            ("c2sp.org/tlog-proof@v1\nindex 0\n", .noCheckpoint),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\n", .note(.noSignatures)),
            (
                "c2sp.org/tlog-proof@v1\nindex 0\n"
                    + String(repeating: CheckpointTests.root + "\n", count: 65) + "\n", .pathTooLong
            ),
        ] as [(String, ProofFileError)])
    func otherFilesSayWhatIsWrong(text: String, error: ProofFileError) {
        #expect(throws: error) { try ProofFile(Array(text.utf8)) }
    }
}
