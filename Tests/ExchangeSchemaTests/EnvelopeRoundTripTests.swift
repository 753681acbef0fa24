import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import SwiftProtobuf
import Testing
import Vocabulary

@Suite struct EnvelopeRoundTripTests {
    private func survives<Sample: ExchangeMessage & Equatable>(_ message: Sample) throws {
        let bytes = message.encoded
        #expect(try Sample(decoding: bytes) == message)
        #expect(try Sample(decoding: bytes.span.bytes) == message)
        #expect(try Sample(decoding: bytes).encoded == bytes, "encoding is the same every time")
        #expect(Sample.messageType.eventType == Sample.protoMessageName)
        #expect(!message.protoJSON.contains("\n"))
    }

    @Test(arguments: 1...20) func everyMessageIsReadBack(seed: UInt64) throws {
        var random = RandomText(generator: SeededGenerator(seed: seed))
        var visit = SampleVisit(.sample(seed))
        visit.administrative.hoTen = random.next()
        visit.administrative.otherFields = [
            .with {
                $0.name = random.next(); $0.value = random.next()
            }
        ]
        try survives(visit.facilityRecord(revision: .max))
        try survives(visit.acceptedRecord())
        try survives(visit.identityCheck())
        try survives(
            Assessment.with {
                $0.recordID = random.next()
                $0.outcome = .UNRECOGNIZED(Int(seed) + 90)
                $0.benefitPercent = .max
                $0.assessedAt = .min
                $0.contradictions = [
                    .with {
                        $0.field = random.next(); $0.rule = random.next()
                    }
                ]
            })
        try survives(
            IdentityResult.with {
                $0.outcome = .ambiguous; $0.mismatchReason = .nameDiffers; $0.checkedAt = .max
            })
        try survives(
            BookEntry.with {
                $0.clinicalDetails = .init(Array(random.next().utf8)); $0.citizenNumber = random.next()
            })
        try survives(
            Correction.with {
                $0.refusedBy = .c06; $0.value = random.next()
            })
        try survives(
            AgreementSignature.with {
                $0.agreement = random.next(); $0.party = random.next(); $0.signedAt = -1
            })
    }

    @Test func blocksPassThroughByteForByte() throws {
        let visit = SampleVisit()
        let accepted = try AcceptedRecord(decoding: visit.acceptedRecord().encoded)
        #expect(Array(accepted.administrative) == visit.administrative.encoded)
        #expect(PayloadDigest(of: Array(accepted.insurance)) == PayloadDigest(of: visit.insurance.encoded))
    }

    @Test func fieldsOfALaterSchemaAreKept() throws {
        let unknown: [UInt8] = [0xFA, 0x3F, 0x02, 0x68, 0x69]
        let message = try Correction(decoding: Correction.with { $0.code = "vss.010" }.encoded + unknown)
        #expect(message.code == "vss.010" && message.encoded.suffix(5) == unknown[...])
    }

    @Test func otherBytesAreRefusedByName() {
        #expect(throws: UndecodableMessage(expected: "exchange.v1.FacilityRecord")) {
            try FacilityRecord(decoding: [0xFF, 0xFF] as [UInt8])
        }
        let error = UndecodableMessage(expected: "exchange.v1.FacilityRecord")
        #expect(error.description.contains("not an encoded exchange.v1.FacilityRecord"))
    }

    @Test func noBytesTrap() {
        var generator = SeededGenerator(seed: 21)
        let whole = SampleVisit().facilityRecord().encoded
        for index in whole.indices {
            _ = try? FacilityRecord(decoding: Array(whole.prefix(index)))
            var damaged = whole
            damaged[index] = .random(in: 0...255, using: &generator)
            _ = try? FacilityRecord(decoding: damaged)
        }
    }

    @Test func digestsAreThoseOfTheStandard() {
        let empty = PayloadDigest(of: [])
        #expect(empty.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let abc = PayloadDigest(of: Array("abc".utf8))
        #expect(abc.description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(PayloadDigest(words: abc.words) == abc && abc != empty)
    }
}

/// Texts with Vietnamese letters, marks, quotes and empty ones among them.
private struct RandomText {
    var generator: SeededGenerator

    mutating func next() -> String {
        let scalars = ["A", "ễ", "Đ", "e\u{302}\u{303}", "\"", "\\", "\u{0}", "\u{1F600}", " ", ";", "&"]
        return (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            scalars.randomElement(using: &generator) ?? ""
        }.joined()
    }
}
