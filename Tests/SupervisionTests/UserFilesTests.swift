import Composition
import Foundation
import KafkaClient
import ProgramTestSupport
import Supervision
import Testing

/// Logins in files, and what is said of those that cannot be used.
@Suite struct UserFilesTests {
    let directory: TemporaryDirectory
    private var files: UserFiles { UserFiles(directory: directory.path + "/l", usesTLS: false, authority: nil) }

    init() throws { directory = try TemporaryDirectory() }

    @Test func aLoginIsMadeOnceAndKept() throws {
        let first = try files.prepare(["a", "b"])
        #expect(first.map(\.isNew) == [true, true] && first[0].password != first[1].password)
        let second = try files.prepare(["b", "c"])
        #expect(second.map(\.isNew) == [false, true] && second[0].password == first[1].password)
    }

    @Test func aLoginThatOthersCanReadIsRefused() throws {
        _ = try files.prepare(["a"])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: files.path(of: "a"))
        #expect(
            throws: ProgramFailure(
                "\(files.path(of: "a")) is open to others than its owner: run chmod 600 \(files.path(of: "a"))")
        ) {
            try files.prepare(["a"])
        }
    }

    @Test(arguments: ["", "sasl.username=b\nsasl.password=x", "sasl.username=a", "sasl.username=a\nsasl.password=x]y"])
    func aLoginOfSomebodyElseIsRefused(text: String) throws {
        _ = try files.prepare(["b"])
        let path = try directory.write(text, to: "l/a.properties")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: ProgramFailure.self) { try files.prepare(["a"]) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func aFileOrAFolderServes() throws {
        #expect(try ExchangeLogin(path: nil).settingsPath(of: "a") == nil)
        let file = try directory.write("# a comment\n\n a.b = c=d \n", to: "one")
        #expect(try ExchangeLogin(path: file).settings(of: "a", bootstrapServers: "x:1").extra == ["a.b": "c=d"])
        _ = try files.prepare(["a"])
        #expect(try ExchangeLogin(path: files.directory).settingsPath(of: "a") == files.path(of: "a"))
        for path in [directory.path + "/none", files.directory] {
            #expect(throws: ProgramFailure.self) { try ExchangeLogin(path: path).settingsPath(of: "b") }
        }
    }

    /// A line that is no setting may be a password: it is not shown.
    @Test func aBrokenLineIsNamedAndNotShown() throws {
        let file = try directory.write("a=b\nsecret\n", to: "one")
        #expect(throws: ProgramFailure("\(file):2: this line is not NAME=VALUE")) { try ClientSettingsFile.read(file) }
    }

    @Test(arguments: [
        ["--kafka-config", "x"], ["--secure", "--bootstrap-servers", "a:1"],
        ["--tls-certificate", "c", "--tls-key", "k"],
        ["--secure", "--tls-certificate", "c"], ["--secure", "--tls-authority", "c"], ["--bootstrap-servers", "a:1,b"],
    ])
    func optionsThatDoNotGoTogetherAreWrongUsage(options: [String]) async throws {
        let run = try await ProgramRun.of("cycle", ["run", "clean", "--data", "d"] + options, in: directory)
        #expect(run.code == 64, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/d"))
    }
}
