import CoreTestSupport
import Crypto
import ExchangeSchema
import Testing
import Vocabulary

/// The digest in a journal's leaf: by parts, salted, and the same however it is computed.
@Suite struct PayloadPartsTests {
    private let salt = PayloadSalt(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)

    /// The definition once more, written down with nothing but SHA-256.
    private func defined(_ parts: [(label: UInt8, bytes: [UInt8])]) -> String {
        let salt: [UInt8] = Array(1...8) + Array(0x11...0x18)
        let salts = Array(SHA512.hash(data: salt))
        let digests = parts.map { part -> [UInt8] in
            let own = parts.count == 1 ? salt : salts[Int(part.label) * 12..<Int(part.label) * 12 + 12] + [0, 0, 0, 0]
            return Array(SHA256.hash(data: own + part.bytes))
        }
        let whole = digests.count == 1 ? digests[0] : Array(SHA256.hash(data: digests.flatMap { $0 }))
        return whole.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func aMessageWithBlocksHasADigestForEach() {
        // revision = 2; administrative = "ab"; insurance = "c"; clinical = ""; details = "d", field numbers 5 to 8.
        let payload: [UInt8] = [0x10, 2, 0x2A, 2, 0x61, 0x62, 0x32, 1, 0x63, 0x42, 1, 0x64]
        let expected = defined([
            (0, [0x10, 2, 0x2A, 2, 0x32, 1, 0x42, 1]), (1, Array("ab".utf8)), (2, Array("c".utf8)), (3, []),
            (4, Array("d".utf8)),
        ])
        #expect(PayloadDigest(of: payload.span.bytes, type: .facilityRecord, salt: salt).description == expected)
        #expect(PayloadParts(of: payload, type: .facilityRecord, salt: salt).commitment.description == expected)
    }

    @Test(arguments: [MessageType.assessment, .identityCheck, .identityResult, .correction, nil])
    func aMessageWithoutBlocksIsOnePart(type: MessageType?) {
        let payload: [UInt8] = [0x2A, 1, 0x61]
        let digest = PayloadDigest(of: payload.span.bytes, type: type, salt: salt)
        #expect(digest.description == defined([(0, payload)]))
        #expect(PayloadParts(of: payload, type: type, salt: salt).commitment == digest)
    }

    @Test(arguments: [MessageType.facilityRecord, .acceptedRecord, .bookEntry])
    func bothWaysAgreeWhateverTheBytes(type: MessageType) {
        var generator = SeededGenerator(seed: UInt64(type.rawValue))
        let visit = SampleVisit()
        let whole = type == .acceptedRecord ? visit.acceptedRecord().encoded : visit.facilityRecord().encoded
        let right = PayloadDigest(of: whole.span.bytes, type: type, salt: salt)
        for _ in 0..<3_000 {
            var bytes = whole
            switch Int.random(in: 0...3, using: &generator) {
            case 0:
                bytes[.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 1: bytes = Array(bytes.prefix(.random(in: 0..<bytes.count, using: &generator)))
            case 2:
                bytes.insert(.random(in: 0...255, using: &generator), at: .random(in: bytes.indices, using: &generator))
            default:
                bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    .random(in: 0...255, using: &generator)
                }
            }
            let digest = PayloadDigest(of: bytes.span.bytes, type: type, salt: salt)
            #expect(PayloadParts(of: bytes, type: type, salt: salt).commitment == digest)
            #expect((digest == right) == (bytes == whole))
        }
    }

    @Test func aBlockGivenTwiceOrOutOfOrderIsNotTakenForAnother() {
        let once: [UInt8] = [0x2A, 1, 0x61, 0x32, 1, 0x62]
        let turned: [UInt8] = [0x32, 1, 0x62, 0x2A, 1, 0x61]
        let twice: [UInt8] = once + [0x2A, 1, 0x63]
        let digests = [once, turned, twice].map { PayloadDigest(of: $0.span.bytes, type: .acceptedRecord, salt: salt) }
        #expect(Set(digests).count == 3)
        for (payload, digest) in zip([once, turned, twice], digests) {
            #expect(PayloadParts(of: payload, type: .acceptedRecord, salt: salt).commitment == digest)
        }
    }

    @Test func onePartCanBeShownWhileTheOthersStayClosed() throws {
        let visit = SampleVisit()
        let payload = visit.facilityRecord().encoded
        let parts = PayloadParts(of: payload, type: .facilityRecord, salt: salt)
        let shown = parts.showing(only: [.insurance])
        #expect(shown.parts.filter { $0.bytes != nil }.map(\.part) == [.insurance])
        #expect(shown.parts.filter { $0.salt != nil }.map(\.part) == [.insurance])
        #expect(shown.parts[2].bytes == visit.insurance.encoded)
        #expect(shown.commitment == parts.commitment && shown.areComplete(for: .facilityRecord))
        #expect(!shown.areComplete(for: .acceptedRecord))
        // What is shown tells nothing of the salt of what is not.
        #expect(Set(parts.parts.compactMap(\.salt)).count == 5 && !parts.parts.compactMap(\.salt).contains(salt))
    }

    @Test func theSaltMattersAndIsReadBackFromItsText() throws {
        let payload: [UInt8] = [1, 2, 3]
        let other = PayloadSalt(high: salt.high, low: salt.low ^ 1)
        #expect(
            PayloadDigest(of: payload.span.bytes, type: .assessment, salt: salt)
                != PayloadDigest(of: payload.span.bytes, type: .assessment, salt: other))
        #expect(salt.description == "01020304050607081112131415161718")
        #expect(PayloadSalt(salt.description) == salt && PayloadSalt(salt.description.uppercased()) == salt)
        for wrong in ["", "0", String(repeating: "0", count: 31), String(repeating: "g", count: 32)] {
            #expect(PayloadSalt(wrong) == nil)
        }
    }

    @Test func aPartysSaltsAreItsOwn() throws {
        let first = try #require(SaltKey(bytes: Array(0..<32)))
        let message = MessageIdentifier(.assessment, record: RecordIdentifier.sample(1), revision: 1)
        #expect(first.salt(of: message) == first.salt(of: message))
        #expect(first.salt(of: message) != SaltKey(simulated: "vss").salt(of: message))
        let bytes = Array(
            SHA256.hash(
                data: Array(0..<32)
                    + {
                        var id: [UInt8] = []; message.uuid.appendBytes(to: &id); return id
                    }()))
        #expect(
            first.salt(of: message).description
                == bytes.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        #expect(SaltKey(bytes: Array(0..<31)) == nil)
    }
}
