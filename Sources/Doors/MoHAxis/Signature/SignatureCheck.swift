import Crypto
import DoorDesk
import DoorHouse
import Foundation
import _CryptoExtras

/// Looks at the signature of a message by the readings that are taken; where it does not hold, by all others, so that the
/// sender is told which one was used.
struct SignatureCheck: Sendable {
    let readings: AxisReadings
    let keys: SenderKeys

    /// Judges a signature.
    /// - Returns: The reading by which it holds.
    /// - Throws: Why it does not.
    func judge(_ text: String, over parts: SignedParts, of account: AxisAccount) throws(AxisRefusal) -> ChecksumReading
    {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else {
            throw AxisRefusal(code: .signatureMissing, words: "thiếu signature", verdict: "signature is missing")
        }
        guard let key = keys.senders[account.username] else {
            throw AxisRefusal(
                code: .systemError, words: "tài khoản chưa có khóa", verdict: "the account has no key")
        }
        var digests = Digests(parts: parts)
        guard let (bytes, form) = Self.decode(text, width: key.keySizeInBits / 8) else {
            let width = key.keySizeInBits / 8
            throw refusal(
                used: nil,
                "signature dài \(text.utf8.count) ký tự, không phải hex (\(width * 2) ký tự) hay Base64 của \(width) byte",
                "the signature has \(text.utf8.count) characters: neither hexadecimal nor base64 of \(width) bytes",
                &digests)
        }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
        if readings.checksum.contains(form) {
            for reading in taken(form) where digests.holds(signature, by: reading, key) { return reading }
        }
        for reading in all(form) where digests.holds(signature, by: reading, key) {
            throw refusal(
                used: reading, "bên gửi ký theo \(reading)", "the sender signed by \(reading)", &digests)
        }
        for (name, other) in keys.senders.sorted(by: { $0.key < $1.key }).prefix(20) where name != account.username {
            for reading in taken(form) + all(form).prefix(6) where digests.holds(signature, by: reading, other) {
                throw refusal(
                    used: reading, "chữ ký do khóa của tài khoản \(name) tạo ra, không phải của \(account.username)",
                    "the signature was made by the key of the account \(name)", &digests)
            }
        }
        throw refusal(
            used: nil,
            "không cách đọc nào cho chữ ký đúng: header hoặc data đã thay đổi sau khi ký, hoặc ký bằng khóa khác",
            "it holds by no reading: header or data were changed after signing, or the key is another one", &digests)
    }

    /// Bytes of a signature, and how they were written; nil for something else.
    static func decode(_ text: String, width: Int) -> (bytes: Data, form: AxisReadings.Checksum)? {
        if text.utf8.count == width * 2, let bytes = Data(hexadecimal: text) {
            return (bytes, text == text.uppercased() ? .hex : .hexLower)
        }
        guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters), bytes.count == width else {
            return nil
        }
        return (bytes, .base64)
    }

    private func taken(_ form: AxisReadings.Checksum) -> [ChecksumReading] {
        readings.blanks.flatMap { blanks in
            readings.hash.map { hash in
                ChecksumReading(checksum: form, hash: hash == .string ? .string : .object, blanks: blanks)
            }
        }
    }

    private func all(_ form: AxisReadings.Checksum) -> [ChecksumReading] {
        var found: [ChecksumReading] = []
        for padding in ChecksumReading.Padding.allCases {
            for digits in ChecksumReading.Digits.allCases {
                for blanks in AxisReadings.Blanks.allCases {
                    for hash in ChecksumReading.Subject.allCases {
                        found.append(
                            ChecksumReading(
                                checksum: form, hash: hash, blanks: blanks, digits: digits, padding: padding))
                    }
                }
            }
        }
        return found
    }

    private func refusal(
        used: ChecksumReading?, _ words: String, _ verdict: String, _ digests: inout Digests
    ) -> AxisRefusal {
        let hash: ChecksumReading.Subject = readings.hash.first == .object ? .object : .string
        let wanted = ChecksumReading(
            checksum: readings.checksum.first ?? .hex, hash: hash, blanks: readings.blanks.first ?? .removed)
        let report = digests.report(wanted: wanted, used: used, accepted: readings)
        return AxisRefusal(
            code: .signatureInvalid,
            words: "chữ ký không đúng: \(words); cổng này nhận \(report.accepted). \(report.summary)",
            verdict: "the signature does not hold: \(verdict); wanted is \(report.accepted). \(report.summary)",
            readings: used?.logged ?? [], check: report)
    }
}
