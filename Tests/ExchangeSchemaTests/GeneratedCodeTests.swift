import Foundation
import Testing

/// What is committed under Generated is what the .proto files give; `scripts/generate` writes it.
@Suite struct GeneratedCodeTests {
    @Test func generatedCodeIsUpToDate() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let schema = root.appendingPathComponent("Sources/ExchangeSchema")
        let fresh = FileManager.default.temporaryDirectory.appendingPathComponent("generated-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: fresh, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: fresh) }
        try runCompiler(protos: schema.appendingPathComponent("Protos"), into: fresh)

        let committed = schema.appendingPathComponent("Generated")
        let names = try files(in: fresh)
        #expect(!names.isEmpty)
        #expect(try files(in: committed) == names, "run scripts/generate")
        for name in names {
            let new = try String(contentsOf: fresh.appendingPathComponent(name), encoding: .utf8)
            let old = try String(contentsOf: committed.appendingPathComponent(name), encoding: .utf8)
            #expect(old == new, "Sources/ExchangeSchema/Generated/\(name) is out of date: run scripts/generate")
        }
    }

    private func files(in directory: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    }

    /// Runs protoc with the plug-in that was built beside the tests, with the options of `scripts/generate`.
    private func runCompiler(protos: URL, into output: URL) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let plugin = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("protoc-gen-swift")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        let compiler = path.split(separator: ":").map { "\($0)/protoc" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        let protoc = try #require(compiler, "protoc is missing; run: apt-get install protobuf-compiler")
        let folder = protos.appendingPathComponent("exchange/v1")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: protoc)
        process.arguments =
            [
                "--plugin=protoc-gen-swift=\(plugin.path)", "--proto_path=\(protos.path)",
                "--swift_opt=Visibility=Public", "--swift_opt=FileNaming=DropPath",
                "--swift_opt=UseAccessLevelOnImports=true", "--swift_out=\(output.path)",
            ]
            + (try files(in: folder)).map { folder.appendingPathComponent($0).path }
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "protoc refused the .proto files")
    }
}
