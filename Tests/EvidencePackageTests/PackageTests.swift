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
        let report = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys())
        #expect(report.holds)
        #expect(report.journals.first?.cosigners == ["closed-cycle/exchange-1/vss"])
        #expect(
            report.journals.map(\.needed) == [1, 1] && report.text.contains("cosigned by 1 of 1 other logs, 1 needed"))
    }

    /// What a party signed alone, a fork of its own log among it, proves nothing.
    @Test func withoutAQuorumNothingIsProved() throws {
        let exchange = try PackedExchange(records: 10, isCosigned: false)
        for keys in [nil, try exchange.keys()] {
            let report = try PackageCheck.report(on: exchange.package(), trusted: keys)
            #expect(!report.holds && report.leaves == 0 && report.signedAlone == 4)
            #expect(report.findings.map(\.file) == ["checkpoints/moh.checkpoint", "checkpoints/vss.checkpoint"])
            #expect(
                report.findings.first?.text.hasPrefix(
                    "cosigned by 0 of 1 other logs, and 1 are needed; missing: vss. Its leaves are signed by moh alone")
                    == true)
        }
        // What came later and nobody has cosigned yet does not take from what was cosigned before.
        let grown = try PackedExchange(records: 10)
        try grown.grow(by: 5, isCosigned: false)
        let report = try PackageCheck.report(on: grown.package(), trusted: grown.keys())
        #expect(report.holds && report.journals.map(\.size) == [20, 20])
        #expect(try !PackageCheck.report(on: grown.package(12), trusted: grown.keys()).holds)
    }

    @Test func causesComeBeforeEffectsByTheClocksToo() throws {
        let exchange = try PackedExchange(records: 10, behind: 120_000)
        let report = try PackageCheck.report(on: exchange.package(), trusted: exchange.keys())
        #expect(report.findings.map(\.file) == ["leaves/vss/6.leaf"])
        #expect(report.findings.first?.text.hasPrefix("received 120000 ms before moh sent it (leaf 6)") == true)
        #expect(report.text.contains("clocks that differ by 60 s at most"))
        #expect(try PackageCheck.report(on: exchange.package(), trusted: exchange.keys(), skew: 120_000).holds)
    }

    @Test func aPackageContinuesWhatWasPinned() throws {
        let exchange = try PackedExchange(records: 10)
        let early = try exchange.pin("early")
        #expect(early.logs.map(\.name) == ["moh", "vss"])
        let older = try exchange.package()
        #expect(try PackageCheck.report(on: older, trusted: nil, pins: early).holds, "of the same size")
        try exchange.grow(by: 7)
        let late = try exchange.pin("late")
        for pins in [early, late] {
            let report = try PackageCheck.report(on: exchange.package(pins: pins), trusted: nil, pins: pins)
            #expect(
                report.holds && report.keysAreTrusted
                    && report.continued == (pins.logs[0].heads[0].path.contains("early") ? 2 : 0))
        }
        let silent = try PackageCheck.report(on: exchange.package(), trusted: nil, pins: early)
        #expect(silent.findings.count == 2)
        #expect(silent.findings.first?.text.contains("have the package made with cycle audit prove --pins") == true)
        // An older package is of the same history only where that is shown; of a rolled back log nothing can be shown.
        #expect(try PackageCheck.report(on: older, trusted: nil, pins: late).findings.count == 2)
        let other = try PackedExchange(records: 15, altered: Array("something else".utf8))
        #expect {
            try other.package(pins: early)
        } throws: {
            "\($0)".contains("does not continue the pinned checkpoint")
        }
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
