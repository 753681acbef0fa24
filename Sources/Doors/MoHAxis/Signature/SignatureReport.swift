import Crypto
import DoorDesk
import DoorHouse
import Foundation
import _CryptoExtras

/// What was hashed, so that a sender can compare it with what their own program has hashed. Personal data is masked.
struct SignatureReport: Encodable, Sendable, Equatable {
    /// The reading by which the signature holds; absent where it holds by none.
    var used: String?
    /// The reading by which A, B and C below were made.
    var wanted: String
    /// All readings that are taken.
    var accepted: String
    /// The header.
    var a: Part
    /// The data.
    var b: Part
    /// A and B with a point between them.
    var c: Part

    /// One of the three.
    struct Part: Encodable, Sendable, Equatable {
        /// SHA-256 of the bytes, upper-case hexadecimal; of C, what is hashed again by RSASHA256.
        var sha256: String
        /// How many bytes were hashed.
        var bytes: Int
        /// The first of them.
        var preview: String

        init(_ bytes: some Collection<UInt8>) {
            sha256 = Data(SHA256.hash(data: Data(bytes))).hexadecimal.uppercased()
            self.bytes = bytes.count
            let shown = bytes.prefix(24).map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "?" }
            preview = PersonalDataMask.masked(String(shown))
        }

        /// In groups of eight, which no mask of personal data takes for a number of a person.
        var grouped: String {
            stride(from: 0, to: 64, by: 8).map { start in String(sha256.dropFirst(start).prefix(8)) }.joined(
                separator: " ")
        }
    }

    /// In one line.
    var summary: String {
        "A = SHA256(\(a.bytes) byte, \(a.preview)…) = \(a.grouped); B = SHA256(\(b.bytes) byte, \(b.preview)…) = \(b.grouped); "
            + "C = A.B (\(c.bytes) byte), SHA256(C) = \(c.grouped)"
    }
}

/// Hashes of a message by all readings, each computed once.
struct Digests {
    private struct Key: Hashable {
        var blanks: AxisReadings.Blanks
        var hash: ChecksumReading.Subject?
    }

    let parts: SignedParts
    private var found: [Key: SHA256Digest] = [:]

    init(parts: SignedParts) { self.parts = parts }

    /// Whether a signature holds by a reading.
    mutating func holds(
        _ signature: _RSA.Signing.RSASignature, by reading: ChecksumReading, _ key: _RSA.Signing.PublicKey
    ) -> Bool {
        let text =
            digest(reading.blanks, nil, reading.digits) + "." + digest(reading.blanks, reading.hash, reading.digits)
        return key.isValidSignature(
            signature, for: SHA256.hash(data: Data(text.utf8)),
            padding: reading.padding == .pkcs1 ? .insecurePKCS1v1_5 : .PSS)
    }

    func report(wanted: ChecksumReading, used: ChecksumReading?, accepted: AxisReadings) -> SignatureReport {
        let header = SignatureReport.Part(parts.headerBytes(wanted.blanks))
        let data = SignatureReport.Part(parts.dataBytes(wanted.hash, wanted.blanks))
        return SignatureReport(
            used: used?.description, wanted: wanted.description, accepted: accepted.checksumText, a: header, b: data,
            c: .init(Array((header.sha256 + "." + data.sha256).utf8)))
    }

    private mutating func digest(
        _ blanks: AxisReadings.Blanks, _ hash: ChecksumReading.Subject?, _ digits: ChecksumReading.Digits
    ) -> String {
        let key = Key(blanks: blanks, hash: hash)
        if let digest = found[key] { return digits.text(of: digest) }
        let bytes = hash.map { parts.dataBytes($0, blanks) } ?? parts.headerBytes(blanks)
        let digest = SHA256.hash(data: Data(bytes))
        found[key] = digest
        return digits.text(of: digest)
    }
}

extension AxisReadings {
    /// What is taken, in one line.
    var checksumText: String {
        func list(_ values: [String]) -> String { values.joined(separator: "|") }
        return "checksum=\(list(checksum.map(\.rawValue))) hash=\(list(hash.map(\.rawValue))) "
            + "blanks=\(list(blanks.map(\.rawValue)))"
    }
}
