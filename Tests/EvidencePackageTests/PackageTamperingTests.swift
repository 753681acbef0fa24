import EvidencePackage
import ExchangeSchema
import Foundation
import GRDB
import StoreTestSupport
import Testing

extension PackedExchange {
    /// Changes a party's database behind its back.
    func alter(_ party: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: "\(path)/\(party)/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

/// Packages that somebody changed.
@Suite struct PackageTamperingTests {
    private static func holds(_ bytes: [UInt8], _ exchange: PackedExchange) throws -> Bool {
        do {
            return try PackageCheck.report(on: bytes, trusted: exchange.keys()).holds
        } catch is ZipError {
            return false
        } catch is PackageError {
            return false
        }
    }

    /// Thousands of positions over everything: files, names, headers, central directory. What is not noticed changes no file,
    /// and the report says that somebody else has written the archive.
    @Test func everySampledByteOfThePackageIsNoticed() throws {
        let exchange = try PackedExchange(records: 10)
        let bytes = try exchange.package(disclosing: [.all])
        #expect(try Self.holds(bytes, exchange))
        let files = try ZipArchive(reading: bytes).files
        var (seen, noticed) = (0, 0)
        for place in stride(from: 0, to: bytes.count, by: bytes.count / 2_400) {
            var changed = bytes
            changed[place] ^= UInt8(1 << (place % 8))
            seen += 1
            guard try Self.holds(changed, exchange) else {
                noticed += 1
                continue
            }
            #expect(try ZipArchive(reading: changed).files == files, "byte \(place) of \(bytes.count)")
            #expect(try PackageCheck.report(on: changed, trusted: nil).isRepacked)
        }
        #expect(seen > 2_000 && noticed > seen * 9 / 10)
    }

    /// Somebody who mends checksums and manifest as well: only the signatures are left to notice it.
    @Test func whatIsMendedAfterwardsIsStillNoticed() throws {
        let exchange = try PackedExchange(records: 10)
        let archive = try ZipArchive(reading: exchange.package(disclosing: [.all]))
        #expect(try Self.holds(Self.mended(archive.files), exchange), "mending alone changes nothing")
        var seen = 0
        for (number, file) in archive.files.enumerated() where !["README.txt", "manifest.json"].contains(file.name) {
            let step = file.name.hasSuffix(".leaf") ? 1 : 6
            for place in stride(from: 0, to: file.bytes.count, by: step) {
                var files = archive.files
                files[number].bytes[place] ^= UInt8(1 << (place % 7))
                #expect(try !Self.holds(Self.mended(files), exchange), "byte \(place) of \(file.name)")
                seen += 1
            }
        }
        #expect(seen > 1_000)
    }

    @Test func aFileLeftOutOrPutInIsNamed() throws {
        let exchange = try PackedExchange(records: 10)
        let archive = try ZipArchive(reading: exchange.package())
        for file in archive.files where file.name != "manifest.json" {
            let rest = archive.files.filter { $0.name != file.name }
            let report = try PackageCheck.report(on: ZipArchive(rest).bytes, trusted: exchange.keys())
            #expect(report.findings.contains { $0.file == file.name })
        }
        let more = archive.files + [.init(name: "payloads/x", bytes: [1])]
        let report = try PackageCheck.report(on: ZipArchive(more).bytes, trusted: exchange.keys())
        #expect(report.findings.contains { $0.file == "payloads/x" })
    }

    @Test func evidenceOfAnotherRecordIsNotPassedOff() throws {
        let exchange = try PackedExchange(records: 10)
        let (own, other) = (
            try ZipArchive(reading: exchange.package(3)), try ZipArchive(reading: exchange.package(4))
        )
        var files = own.files
        for (place, file) in files.enumerated() where file.name == "manifest.json" {
            let text = String(decoding: other["manifest.json"] ?? [], as: UTF8.self)
            let renamed = text.replacingOccurrences(
                of: "\(RecordIdentifier.stored(4))", with: "\(RecordIdentifier.stored(3))")
            files = other.files
            files[place].bytes = Array(renamed.utf8)
        }
        let report = try PackageCheck.report(on: ZipArchive(files).bytes, trusted: exchange.keys())
        #expect(report.findings.contains { $0.text.contains("not about the record") })
    }

    /// The archive with digests and lengths in the manifest made anew.
    static func mended(_ files: [ZipArchive.File]) throws -> [UInt8] {
        var files = files
        guard let place = files.firstIndex(where: { $0.name == "manifest.json" }),
            var manifest = try JSONSerialization.jsonObject(with: Data(files[place].bytes)) as? [String: Any]
        else { return [] }
        manifest["files"] = files.filter { $0.name != "manifest.json" }.map {
            ["name": $0.name, "bytes": $0.bytes.count, "sha256": PayloadDigest(of: $0.bytes).description]
        }
        let encoded = try JSONSerialization.data(
            withJSONObject: manifest, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        files[place].bytes = Array(encoded) + [0x0A]
        return try ZipArchive(files).bytes
    }
}
