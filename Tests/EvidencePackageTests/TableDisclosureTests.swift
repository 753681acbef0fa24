import ExchangeSchema
import Foundation
import Testing
import Vocabulary

@testable import EvidencePackage

/// What a package shows of the tables of a visit: all of them where everything is disclosed, but those that tell of HIV, which
/// stay digests; and the parts still make up the digest in the leaf.
@Suite struct TableDisclosureTests {
    private static func record(_ parts: [RecordPart]) -> [UInt8] {
        var message = FacilityRecord()
        message.administrative = Data([0x0A, 1, 0x41])
        message.tables = parts.map { CarriedTable($0, rows: [CarriedRow()]) }
        return message.encoded
    }

    private func shown(_ parts: [PackagedPart]) -> [String] { parts.filter { $0.bytes != nil }.map(\.label) }

    @Test func whatTellsOfHIVStaysClosed() {
        let payload = Self.record(RecordPart.tables)
        let salt = Array("000102030405060708090a0b0c0d0e0f".utf8)
        let expected = PayloadDigest(
            of: payload.span.bytes, type: .facilityRecord,
            salt: PayloadSalt(high: 0x0001_0203_0405_0607, low: 0x0809_0A0B_0C0D_0E0F))
        for (disclosing, labels) in [
            (Set<Disclosure>(), 0), ([.administrative], 1), ([.administrative, .clinical], 3), ([.all], 14),
        ] {
            let parts = PayloadBinding.parts(
                of: payload, type: .facilityRecord, salt: salt, disclosing: disclosing)
            #expect(parts.count == 16 && shown(parts).count == labels)
            #expect(!shown(parts).contains("xml6") && !shown(parts).contains("xml15"))
            #expect(PayloadBinding.commitment(of: parts, type: .facilityRecord) == expected.description)
        }
    }

    /// A package tells a party's visit without XML8 from one with it: the empty part is shown.
    @Test func aTableThatWasLeftOutIsShownAsEmpty() {
        let parts = PayloadBinding.parts(
            of: Self.record([.xml7]), type: .facilityRecord, salt: nil, disclosing: [.all])
        #expect(parts.first { $0.label == "xml8" }?.bytes?.isEmpty == true)
        #expect(parts.first { $0.label == "xml7" }?.bytes?.isEmpty == false)
    }
}
