import Foundation
import SwiftProtobuf
import Testing

/// The gate before a change of the `.proto` files: what was once said of a message stays so, because systems outside read it.
/// `Committed/exchange-v1.tsv` has a line for each field and each value of an enumeration that there has ever been; lines are
/// added to it (`scripts/generate` does so) and never taken away.
@Suite struct SchemaHistoryTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let committed = root.appendingPathComponent("Tests/ExchangeSchemaTests/Committed/exchange-v1.tsv")

    @Test func nothingThatWasCommittedIsGoneOrChanged() throws {
        let now = try Self.lines()
        let old =
            (try? String(contentsOf: Self.committed, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
        if ProcessInfo.processInfo.environment["CLOSED_CYCLE_NOTE_SCHEMA"] != nil {
            let all = Set(old).union(now).sorted().joined(separator: "\n") + "\n"
            try all.write(to: Self.committed, atomically: true, encoding: .utf8)
            return
        }
        let gone = Set(old).subtracting(now).sorted()
        #expect(gone.isEmpty, "breaks readers outside; a field keeps number, name and type: \(gone)")
        let new = Set(now).subtracting(old).sorted()
        #expect(new.isEmpty, "not noted yet; run scripts/generate: \(new)")
        #expect(old.count > 300)
    }

    /// A field that changes number, type or name, or goes, is a line that is gone.
    @Test(arguments: [
        ("string citizen_number = 1;", "string citizen_number = 9;"),
        ("string citizen_number = 1;", "uint64 citizen_number = 1;"),
        ("string citizen_number = 1;", "string number = 1;"), ("string citizen_number = 1;", ""),
        ("string citizen_number = 1;", "repeated string citizen_number = 1;"), ("KIND_B = 1;", "KIND_B = 2;"),
    ])
    func breakingChangesAreSeen(old: String, new: String) throws {
        let file = """
            syntax = "proto3";
            package p.v1;
            enum Kind { KIND_A = 0; KIND_B = 1; }
            message M { string citizen_number = 1; Kind kind = 2; message Inner { M m = 1; } }
            """
        let before = Set(try Self.lines(of: file))
        #expect(before.contains("p.v1.M\t1\tcitizen_number\tstring\toptional"))
        #expect(before.contains("p.v1.M.Inner\t1\tm\t.p.v1.M\toptional"))
        #expect(!before.subtracting(try Self.lines(of: file.replacingOccurrences(of: old, with: new))).isEmpty)
        let more = file.replacingOccurrences(of: "message M {", with: "message M { bytes more = 7;")
        #expect(before.subtracting(try Self.lines(of: more)).isEmpty)
    }

    private static func lines(of file: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("closed-cycle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try file.write(to: folder.appendingPathComponent("m.proto"), atomically: true, encoding: .utf8)
        return try lines(in: folder, ["m.proto"])
    }

    private static func lines() throws -> [String] {
        let folder = root.appendingPathComponent("Sources/ExchangeSchema/Protos")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/exchange/v1")
        return try lines(in: folder, names.filter { $0.hasSuffix(".proto") }.sorted().map { "exchange/v1/" + $0 })
    }

    private static func lines(in folder: URL, _ names: [String]) throws -> [String] {
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(
            "closed-cycle-\(UUID().uuidString).pb")
        defer { try? FileManager.default.removeItem(at: output) }
        let protoc = Process()
        protoc.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        protoc.arguments = ["protoc", "--proto_path=\(folder.path)", "--descriptor_set_out=\(output.path)"] + names
        try protoc.run()
        protoc.waitUntilExit()
        try #require(protoc.terminationStatus == 0)
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: try Data(contentsOf: output))
        return set.file.flatMap { file in
            file.messageType.flatMap { lines(of: $0, in: file.package) }
                + file.enumType.flatMap { lines(of: $0, in: file.package) }
        }
    }

    private static func lines(of message: Google_Protobuf_DescriptorProto, in scope: String) -> [String] {
        let name = "\(scope).\(message.name)"
        return message.field.map { field in
            let kind = "\(field.type)".drop { $0 == "." }
            let type = field.typeName.isEmpty ? String(kind) : field.typeName
            return "\(name)\t\(field.number)\t\(field.name)\t\(type)\t\(field.label)"
        } + message.nestedType.flatMap { lines(of: $0, in: name) }
            + message.enumType.flatMap { lines(of: $0, in: name) }
    }

    private static func lines(of enumeration: Google_Protobuf_EnumDescriptorProto, in scope: String) -> [String] {
        enumeration.value.map { "\(scope).\(enumeration.name)\t\($0.number)\t\($0.name)\tenum" }
    }
}
