import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import StoreTestSupport
import Testing

/// A package of a record that came by MoH's axis proves the verdicts on its signatures as well.
@Suite struct VerdictPackageTests {
    static func verdict(_ check: AxisCheck, about record: RecordIdentifier = .stored(3)) -> AxisVerdict {
        var verdict = AxisVerdict()
        verdict.check = check
        verdict.outcome = check == .messageSignature ? .held : .none
        verdict.reading = check == .messageSignature ? "checksum=hex" : "signature: none"
        verdict.senderID = "G12/VSS"
        verdict.messageIDDigest = Data(repeating: 1, count: 32)
        verdict.messageDigest = Data(repeating: 2, count: 32)
        verdict.recordIds = [record.description]
        return verdict
    }

    private func exchange() throws -> PackedExchange {
        try PackedExchange(
            records: 10, verdicts: [Self.verdict(.messageSignature), Self.verdict(.organisationSignature)])
    }

    @Test func verdictsAreProvedAndShown() throws {
        let exchange = try exchange()
        let report = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys())
        #expect(report.holds && report.leaves == 6, "\(report.text)")
        let steps = try #require(report.trace?.steps)
        #expect(steps.prefix(2).map(\.type) == ["messageSignature", "organisationSignature"])
        #expect(steps.prefix(2).map(\.decision) == ["held", "none"] && steps.prefix(2).map(\.leaf) == [0, 1])
        #expect(report.text.contains("axis: the message's signature (RSA) holds (checksum=hex), sender G12/VSS"))
    }

    @Test func otherRecordsHaveNoVerdicts() throws {
        let exchange = try exchange()
        func names(_ record: Int64) throws -> [String] {
            try ZipArchive(reading: exchange.package(record)).files.map(\.name).filter { $0.hasPrefix("verdicts/") }
        }
        #expect(try names(3) == ["verdicts/moh/0.json", "verdicts/moh/1.json"] && names(4) == [])
        #expect(try PackageCheck.report(on: exchange.package(4), trusted: exchange.keys()).holds)
    }

    @Test func aVerdictOnAnotherRecordIsNoProof() throws {
        let exchange = try PackedExchange(
            records: 10, verdicts: [Self.verdict(.messageSignature, about: .stored(4))])
        let report = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys())
        #expect(report.findings.map(\.file) == ["verdicts/moh/0.json"], "\(report.text)")
    }

    /// Whoever mends the manifest afterwards is noticed at each byte of what a verdict says.
    @Test func everyByteOfWhatAVerdictSaysIsBound() throws {
        let exchange = try exchange()
        let archive = try ZipArchive(reading: exchange.package())
        let number = try #require(archive.files.firstIndex { $0.name == "verdicts/moh/0.json" })
        for place in archive.files[number].bytes.indices {
            var files = archive.files
            files[number].bytes[place] ^= 1
            let report = try PackageCheck.report(
                on: PackageTamperingTests.mended(files), trusted: exchange.keys())
            #expect(!report.holds, "byte \(place)")
        }
        let without = archive.files.filter { $0.name != "verdicts/moh/0.json" }
        #expect(
            try !PackageCheck.report(on: PackageTamperingTests.mended(without), trusted: exchange.keys()).holds)
    }

    @Test func withoutTheSecretOfItsSaltsNoPackageIsMade() throws {
        let exchange = try exchange()
        try FileManager.default.removeItem(atPath: exchange.path + "/moh/keys/salt.key")
        let error = #expect(throws: PackageError.self) { try exchange.package() }
        #expect(error?.description.contains("salt.key is missing") == true)
    }
}
