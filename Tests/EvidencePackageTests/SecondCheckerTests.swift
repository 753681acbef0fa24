import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import StoreTestSupport
import Testing

/// `scripts/conformance/evidence.py`, which was written from the documents alone, says of every package what we say.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
struct SecondCheckerTests {
    private static let script = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("scripts/conformance/evidence.py").path

    private struct Answer {
        var status: Int32
        var lines: [String]

        /// Whether it found that all holds, by path.
        var holds: [String: Bool] {
            let said = lines.filter { !$0.hasPrefix(" ") }
            return Dictionary(
                uniqueKeysWithValues: said.map { line in
                    (String(line.prefix { $0 != ":" }), line.hasSuffix(": all holds"))
                })
        }
    }

    private static func run(_ arguments: [String]) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", script] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Answer(status: process.terminationStatus, lines: said.split(separator: "\n").map(String.init))
    }

    private static func ours(_ bytes: [UInt8], _ keys: KeyRing?, _ pins: Pins? = nil) -> Bool {
        (try? PackageCheck.report(on: bytes, trusted: keys, pins: pins).holds) ?? false
    }

    /// Writes packages and has both look at them.
    private static func expectAgreement(
        on packages: [String: [UInt8]], of exchange: PackedExchange, keys: Bool = true, pins: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [String: Bool] {
        let folder = "\(exchange.path)/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in packages { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        let trusted = keys ? try exchange.keys() : nil
        let read = try pins.map { try Pins(folder: "\(exchange.path)/\($0)") }
        let answer = try run(
            ["package"] + packages.keys.sorted().map { "\(folder)/\($0)" }
                + (keys ? ["--keys", exchange.path + "/evidence"] : [])
                + (pins.map { ["--pins", "\(exchange.path)/\($0)"] } ?? []))
        var found: [String: Bool] = [:]
        for (name, bytes) in packages {
            let said: Bool? = answer.holds["\(folder)/\(name)"]
            let theirs = try #require(said as Bool?, "\(answer.lines)", sourceLocation: sourceLocation)
            let our = ours(bytes, trusted, read)
            #expect(our == theirs, "\(name): \(our) and \(theirs): \(answer.lines)", sourceLocation: sourceLocation)
            found[name] = our
        }
        return found
    }

    private func exchange() throws -> PackedExchange {
        try PackedExchange(
            records: 10,
            verdicts: [AxisCheck.messageSignature, .organisationSignature].map { VerdictPackageTests.verdict($0) })
    }

    @Test func whatHoldsHoldsForBoth() throws {
        let exchange = try exchange()
        let packages = [
            "closed": try exchange.package(), "open": try exchange.package(disclosing: [.all]),
            "one": try exchange.package(disclosing: [.administrative]), "other": try exchange.package(7),
        ]
        for keys in [true, false] {
            #expect(try Self.expectAgreement(on: packages, of: exchange, keys: keys).values.allSatisfy(\.self))
        }
    }

    /// One byte changed in each file, at several places; and the same again with the manifest mended behind it.
    @Test func whatWasTamperedWithIsNoticedByBoth() throws {
        let exchange = try exchange()
        let files = try ZipArchive(reading: exchange.package(disclosing: [.all])).files
        var packages: [String: [UInt8]] = [:]
        for (number, file) in files.enumerated() {
            for place in Set([0, file.bytes.count / 3, file.bytes.count / 2, file.bytes.count - 1]) {
                var changed = files
                changed[number].bytes[place] ^= UInt8(1 << (place % 7))
                packages["\(number)-\(place)"] = try ZipArchive(changed).bytes
                if file.name == "manifest.json" || file.name == "README.txt" { continue }
                packages["\(number)-\(place)-mended"] = try PackageTamperingTests.mended(changed)
            }
            let without = files.filter { $0.name != file.name }
            packages["\(number)-gone"] = try ZipArchive(without).bytes
        }
        let found = try Self.expectAgreement(on: packages, of: exchange)
        #expect(found.count > 150 && found.values.allSatisfy { !$0 }, "\(found.filter(\.value).keys.sorted())")
    }

    @Test func bothWantAQuorumAndOneStory() throws {
        for (exchange, holds) in [
            (try PackedExchange(records: 10, isCosigned: false), false),
            (try PackedExchange(records: 10, altered: Array("something else".utf8)), false),
            (try PackedExchange(records: 10, behind: 120_000), false), (try PackedExchange(records: 10), true),
        ] {
            #expect(try Self.expectAgreement(on: ["a": exchange.package()], of: exchange) == ["a": holds])
        }
        let (real, forged) = (try PackedExchange(records: 10), try PackedExchange(records: 10))
        #expect(try Self.expectAgreement(on: ["a": forged.package()], of: real) == ["a": false])
        #expect(try Self.expectAgreement(on: ["a": forged.package()], of: real, keys: false) == ["a": true])
    }

    @Test func bothFollowPins() throws {
        let exchange = try PackedExchange(records: 10)
        let early = try exchange.pin("early")
        let older = try exchange.package()
        try exchange.grow(by: 7)
        let late = try exchange.pin("late")
        let packages = [
            "older": older, "early": try exchange.package(pins: early), "late": try exchange.package(pins: late),
        ]
        #expect(
            try Self.expectAgreement(on: packages, of: exchange, keys: false, pins: "early")
                == ["older": true, "early": true, "late": false])
        #expect(
            try Self.expectAgreement(on: packages, of: exchange, keys: false, pins: "late")
                == ["older": false, "early": true, "late": true])
    }

    @Test func anExportedLogHoldsAndEveryFileOfItIsLookedAt() throws {
        let exchange = try PackedExchange(records: 300)
        let folder = exchange.path + "/tiles"
        _ = try LogExport(exchange.sources[0]).write(to: folder)
        let own = try Self.run(["log", folder])
        #expect(own.status == 0 && own.holds == [folder: true], "\(own.lines)")
        #expect(own.lines.first?.contains("closed-cycle/exchange-1/moh, 600 leaves") == true)
        #expect(try Self.run(["log", folder, "--keys", exchange.path + "/evidence"]).status == 0)
        let other = try PackedExchange(records: 1)
        #expect(try Self.run(["log", folder, "--keys", other.path + "/evidence"]).status == 1)

        let names = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
        let all = names.filter { (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) != nil }.sorted()
        #expect(all.count > 60)
        // One byte of one file in a copy of each; of the many partial tiles one in seven.
        let partial = all.filter { $0.contains(".p/") }
        let chosen =
            all.filter { !$0.contains(".p/") }
            + stride(from: 0, to: partial.count, by: 7).map { partial[$0] }
        var copies: [String] = []
        for name in chosen {
            let copy = "\(exchange.path)/copy-\(copies.count)"
            try FileManager.default.copyItem(atPath: folder, toPath: copy)
            let file = URL(fileURLWithPath: "\(copy)/\(name)")
            var data = try Data(contentsOf: file)
            data[data.count / 2] ^= 4
            try data.write(to: file)
            copies.append(copy)
        }
        let found = try Self.run(["log"] + copies).holds
        for (name, copy) in zip(chosen, copies) { #expect(found[copy] == false, "\(name)") }
    }
}
