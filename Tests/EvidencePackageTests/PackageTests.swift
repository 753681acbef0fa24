import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import PartyStore
import StoreTestSupport
import Testing
import TransparencyLog
import Vocabulary

/// A package as it is made and checked.
@Suite struct PackageTests {
    @Test func anUntouchedPackageHolds() throws {
        let exchange = try PackedExchange()
        let report = try PackageCheck.report(on: exchange.package(disclosing: [.all]), trusted: exchange.keys())
        #expect(report.findings == [])
        #expect(report.leaves == 4 && report.payloads == 2 && report.disclosed == 2)
        #expect(report.journals.map(\.size) == [1_400, 1_400])
        #expect(report.trace?.steps.map(\.party) == ["moh", "vss", "vss", "moh"])
        #expect(try exchange.package() == exchange.package(), "the same evidence gives the same bytes")
    }

    @Test func everyLeafOfAJournalCanBeProved() throws {
        let exchange = try PackedExchange(records: 300)
        for record in 0..<300 as Range<Int64> {
            let report = try PackageCheck.report(on: exchange.package(record), trusted: nil)
            #expect(report.holds && report.leaves == 4, "record \(record): \(report.findings)")
        }
    }

    @Test func withoutKeysTheReportSaysWhoseTheyAre() throws {
        let exchange = try PackedExchange(records: 10)
        let report = try PackageCheck.report(on: exchange.package(), trusted: nil)
        #expect(report.holds && !report.keysAreTrusted)
        #expect(report.text.contains("the keys are the package's own"))
        for key in try exchange.keys().keys where key.kind == .ed25519 { #expect(report.text.contains(key.text)) }
    }

    @Test func whatIsNotDisclosedIsNotThere() throws {
        let exchange = try PackedExchange(records: 10)
        let hidden = try exchange.package(disclosing: [.administrative])
        let text = String(decoding: hidden, as: UTF8.self)
        let base64 = Data(PackedExchange.payload(.acceptedRecord, 3)).base64EncodedString()
        #expect(!text.contains(base64) && !text.contains("of record 3"))
        #expect(String(decoding: try exchange.package(disclosing: [.all]), as: UTF8.self).contains(base64))
        let report = try PackageCheck.report(on: hidden, trusted: exchange.keys())
        #expect(report.holds && report.payloads == 2 && report.disclosed == 1)
    }

    @Test func anotherExchangesKeysAreRefused() throws {
        let exchange = try PackedExchange(records: 10)
        let other = try PackedExchange(records: 1, exchange: "exchange-2")
        let package = try exchange.package()
        #expect {
            try PackageCheck.report(on: package, trusted: other.keys())
        } throws: {
            "\($0)".contains("the package is of the exchange exchange-1") && !"\($0)".contains("\n")
        }
    }

    /// Everything made anew with keys of one's own, under the right names.
    @Test func aForgedExchangeIsCaughtByTheKeys() throws {
        let (real, forged) = (try PackedExchange(records: 10), try PackedExchange(records: 10))
        let package = try forged.package()
        #expect(try PackageCheck.report(on: package, trusted: nil).holds)
        let findings = try PackageCheck.report(on: package, trusted: real.keys()).findings
        for party in ["moh", "vss"] {
            #expect(findings.contains { $0.file == "checkpoints/\(party).checkpoint" })
            #expect(findings.contains { $0.file == "keys/\(party).pub" })
        }
    }

    @Test func aStoryThatDoesNotAgreeIsNamed() throws {
        let exchange = try PackedExchange(records: 10, altered: Array("something else".utf8))
        let findings = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys()).findings
        #expect(findings.map(\.file) == ["leaves/vss/6.leaf"])
        #expect(findings.first?.text.contains("moh sent it with") == true)
    }

    @Test func whatNobodyKnowsCannotBeProved() throws {
        let exchange = try PackedExchange(records: 10)
        #expect(throws: PackageError.unknownRecord("\(RecordIdentifier.stored(99))")) { try exchange.package(99) }
        var maker = PackageMaker(record: .stored(3), sources: exchange.sources, time: 0)
        maker.disclosing = [.all]
        #expect(throws: PackageError.noPayloads) { try maker.make() }
    }

    @Test func aJournalThatWasChangedProvesNothing() throws {
        let exchange = try PackedExchange(records: 10)
        try exchange.alter("vss", "UPDATE journal SET leaves = zeroblob(192) WHERE first = 8")
        #expect {
            try exchange.package()
        } throws: {
            guard case PackageError.unsound("vss", _) = $0 else { return false }
            return true
        }
    }

    @Test func cosignaturesAreCheckedAndNamed() throws {
        let exchange = try PackedExchange(records: 10)
        let secret = try String(contentsOfFile: exchange.path + "/vss/keys/journal.key", encoding: .utf8)
        let key = try SignerKey(String(secret.dropLast()))
        let seed = try #require(
            Data(base64Encoded: String(key.secretText.split(separator: "+", maxSplits: 4).last ?? "")))
        let witness = try SignerKey(name: key.verifier.name, kind: .cosignature, seed: Array(seed.dropFirst()))
        let path = exchange.path + "/evidence/moh.checkpoint"
        var note = try SignedNote(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        try note.add(witness.cosignature(over: Checkpoint(text: note.text), at: 1_700_000_000))
        try Data(note.bytes).write(to: URL(fileURLWithPath: path))
        let report = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys())
        #expect(report.holds)
        #expect(report.journals.first?.cosigners == ["closed-cycle/exchange-1/vss"])
    }

    @Test func whatIsNoPackageIsSaidInOneLine() throws {
        for bytes in [[], Array("no archive".utf8), try ZipArchive([.init(name: "a", bytes: [1])]).bytes] {
            #expect {
                try PackageCheck.report(on: bytes, trusted: nil)
            } throws: {
                !"\($0)".contains("\n") && ($0 is ZipError || $0 is PackageError)
            }
        }
    }
}
