import Foundation
import ProgramTestSupport
import Testing

@testable import Composition

/// Where the result of a command goes when a person names a file, a link or a device.
@Suite struct OutputFileTests {
    private func content(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func kind(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    @Test func aNewFileIsMadeAndNothingElse() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/report.json"
        try OutputFile(path).write(Data("one".utf8))
        #expect(content(path) == "one")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["report.json"])
    }

    @Test func aFileIsReplacedInOneStepAndKeepsItsMode() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/report.json"
        try Data("older and longer".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o640)
        let reader = try #require(FileHandle(forReadingAtPath: path))
        try OutputFile(path).write(Data("new".utf8))
        #expect(content(path) == "new")
        // Whoever had it open reads the old one to its end.
        #expect(try reader.readToEnd().map { String(decoding: $0, as: UTF8.self) } == "older and longer")
        var status = stat()
        let isThere = stat(path, &status) == 0
        #expect(isThere && status.st_mode & 0o777 == 0o640)
    }

    @Test(arguments: [true, false]) func aLinkStaysALink(isThere: Bool) throws {
        let directory = try TemporaryDirectory()
        let (target, link) = (directory.path + "/target", directory.path + "/link")
        if isThere { try Data("old".utf8).write(to: URL(fileURLWithPath: target)) }
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target")
        try OutputFile(link).write(Data("new".utf8))
        #expect(kind(link) == S_IFLNK && kind(target) == S_IFREG && content(target) == "new")
    }

    @Test func aDeviceIsWrittenAndStaysADevice() throws {
        try OutputFile("/dev/null").write(Data("gone".utf8))
        #expect(kind("/dev/null") == S_IFCHR)
        let directory = try TemporaryDirectory()
        let link = directory.path + "/null"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        try OutputFile(link).write(Data("gone".utf8))
        #expect(kind(link) == S_IFLNK && kind("/dev/null") == S_IFCHR)
    }

    @Test func aPipeIsWrittenInPlace() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        // Open for both, so that nobody waits for the other end.
        let reader = open(path, O_RDWR)
        defer { close(reader) }
        try OutputFile(path).write(Data("through".utf8))
        var bytes = [UInt8](repeating: 0, count: 7)
        let count = read(reader, &bytes, 7)
        #expect(count == 7 && bytes == Array("through".utf8) && kind(path) == S_IFIFO)
    }

    @Test func whatCannotBeWrittenIsOneLineAndLeavesTheOldFile() throws {
        let directory = try TemporaryDirectory()
        for (path, end) in [
            (directory.path, "is a directory; name a file"),
            (directory.path + "/none/file", "No such file or directory"),
            ("/dev/full", "No space left on device"),
        ] {
            let failure = #expect(throws: ProgramFailure.self) { try OutputFile(path).write(Data("x".utf8)) }
            #expect(failure?.reason.hasSuffix(end) == true, "\(String(describing: failure))")
            #expect(failure?.reason.contains("\n") == false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
    }
}
