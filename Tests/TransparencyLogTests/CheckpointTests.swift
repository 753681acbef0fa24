import Testing

@testable import TransparencyLog

@Suite struct CheckpointTests {
    static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    @Test func theExampleOfTheSpecificationIsRead() throws {
        let note = try SignedNote(Array(PublishedNotes.sofa.utf8))
        let checkpoint = try Checkpoint(text: note.text)
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.root.base64 == Self.root)
        #expect(checkpoint.extensions == [])
        #expect(checkpoint.text == note.text)
        #expect(note.signatures[1].cosignatureTime == 1_679_315_147)
        #expect(note.signatures[1].identifier.description == "8d66cf3f")
        #expect(note.signatures[0].cosignatureTime == nil)
    }

    @Test(arguments: [
        "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "A log + more\n1\n\(root)\n",
        "a\n18446744073709551615\n\(root)\none\nline two\n",
    ])
    func checkpointsAreReadAndWritten(text: String) throws {
        #expect(try Checkpoint(text: ExactText(text)).text == ExactText(text))
    }

    @Test(
        arguments: [
            ("", .tooFewLines), ("a", .tooFewLines), ("a\n1\n", .tooFewLines), ("a\n1\n\(root)", .tooFewLines),
            ("\n1\n\(root)\n", .badOrigin), ("a\n\n\(root)\n", .badSize), ("a\n01\n\(root)\n", .badSize),
            ("a\n-1\n\(root)\n", .badSize), ("a\n+1\n\(root)\n", .badSize), ("a\nbananas\n\(root)\n", .badSize),
            ("a\n 1\n\(root)\n", .badSize), ("a\n3438945738945739845734895735\n\(root)\n", .badSize),
            ("a\n1\nYmFuYW5hcw==\n", .badRoot), ("a\n1\n\n", .badRoot), ("a\n1\nThisIsn'tBase64\n", .badRoot),
            ("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", .badRoot), ("a\n0\n\(root)\n", .badEmptyRoot),
            ("a\n1\n\(root) \n", .badRoot), ("a\n1\n\(root)\n\n", .badExtension(line: 1)),
            ("a\n1\n\(root)\nx\n\ny\n", .badExtension(line: 2)), ("a\r\n1\r\n\(root)\r\n", .badSize),
        ] as [(String, CheckpointError)])
    func otherTextsAreNone(text: String, error: CheckpointError) {
        #expect(throws: error) { try Checkpoint(text: ExactText(text)) }
    }

    @Test func partsWithLineBreaksMakeNoCheckpoint() {
        #expect(throws: CheckpointError.badOrigin) { try Checkpoint(origin: "a\n9", size: 0, root: .emptyTree) }
        #expect(throws: CheckpointError.badExtension(line: 1)) {
            try Checkpoint(origin: "a", size: 0, root: .emptyTree, extensions: ["b\n"])
        }
        #expect(throws: CheckpointError.badEmptyRoot) { try Checkpoint(origin: "a", size: 0, root: .leaf([])) }
    }
}
