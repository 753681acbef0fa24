import Foundation
import Testing

@testable import EvidencePackage

/// What is left of a folder when writing into it fails.
@Suite struct MadeFolderTests {
    private func scratch() throws -> String {
        let path = NSTemporaryDirectory() + "made-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test func aFolderThatWasThereStaysAndIsEmptyAgain() throws {
        let base = try scratch()
        defer { try? FileManager.default.removeItem(atPath: base) }
        let made = MadeFolder(base)
        try made.make()
        try FileManager.default.createDirectory(atPath: base + "/tile/0", withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: base + "/tile/0/000"))
        made.undo()
        #expect(try FileManager.default.contentsOfDirectory(atPath: base) == [])
    }

    @Test func whatWasMadeGoesUpToTheHighestAndNothingElse() throws {
        let base = try scratch()
        defer { try? FileManager.default.removeItem(atPath: base) }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: base + "/mine"))
        let made = MadeFolder(base + "/a/b/c")
        try made.make()
        try Data("x".utf8).write(to: URL(fileURLWithPath: base + "/a/b/c/checkpoint"))
        made.undo()
        #expect(try FileManager.default.contentsOfDirectory(atPath: base) == ["mine"])
    }

    @Test func theSystemsWordsAreOneLine() throws {
        let error = #expect(throws: (any Error).self) {
            try Data("x".utf8).write(to: URL(fileURLWithPath: "/dev/full/none"))
        }
        let reason = MadeFolder.reason(try #require(error))
        #expect(!reason.contains("\n") && !reason.contains("NSError") && !reason.isEmpty)
    }
}
