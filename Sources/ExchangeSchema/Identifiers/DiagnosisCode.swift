/// An ICD-10 code by its shape: a letter, two digits, and after a dot a subdivision of one to three characters.
///
/// Decision 130/QD-BYT, annex: MA_BENH_CHINH holds one code of at most 7 characters, MA_BENH_KT at most 12 joined by
/// `;`. The dagger and asterisk of ICD-10 (volume 2, 3.1.3) may end a code, written `+` and `*`. Whether the code is
/// in the ministry's list is not checked.
public struct DiagnosisCode: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The characters as bytes of a big-endian word, filled with zeros at the end.
    private let word: UInt64

    /// Reads one code.
    public init(parsing text: String, field: String = "MA_BENH_CHINH") throws(IdentifierError) {
        guard (3...7).contains(text.utf8.count) else {
            throw IdentifierError(field: field, rule: .diagnosisLength, value: text)
        }
        guard let word = Self.read(text.utf8) else {
            throw IdentifierError(field: field, rule: .diagnosisShape, value: text)
        }
        self.word = word
    }

    /// Reads MA_BENH_KT: no code, or up to 12 joined by `;`.
    public static func list(parsing text: String, field: String = "MA_BENH_KT") throws(IdentifierError) -> [Self] {
        if text.isEmpty { return [] }
        guard text.utf8.contains(0x3B) else { return [try DiagnosisCode(parsing: text, field: field)] }
        var codes: [DiagnosisCode] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            guard codes.count < 12 else {
                throw IdentifierError(field: field, rule: .diagnosisListLength, value: text)
            }
            codes.append(try DiagnosisCode(parsing: String(part), field: field))
        }
        return codes
    }

    /// The letter and two digits, for example `E11` of `E11.9`.
    public var category: String { String(description.prefix(3)) }

    /// Orders as the text does.
    public static func < (first: DiagnosisCode, second: DiagnosisCode) -> Bool { first.word < second.word }

    /// The code as it is written.
    public var description: String {
        let length = 8 - word.trailingZeroBitCount / 8
        return String(unsafeUninitializedCapacity: length) { buffer in
            for index in 0..<length { buffer[index] = UInt8(truncatingIfNeeded: word >> UInt64(56 - index * 8)) }
            return length
        }
    }

    private static func read(_ bytes: String.UTF8View) -> UInt64? {
        var word: UInt64 = 0
        var subdivision = 0
        var isClosed = false
        for (index, byte) in bytes.enumerated() {
            if isClosed { return nil }
            let isDigit = byte &- 0x30 < 10
            let isLetter = byte &- 0x41 < 26
            switch index {
            case 0: guard isLetter else { return nil }
            case 1, 2: guard isDigit else { return nil }
            default:
                if byte == 0x2A || byte == 0x2B {
                    isClosed = true
                } else if index == 3 {
                    guard byte == 0x2E else { return nil }
                } else {
                    guard isDigit || isLetter else { return nil }
                    subdivision += 1
                }
            }
            word |= UInt64(byte) << UInt64(56 - index * 8)
        }
        let hasDot = word >> 32 & 0xFF == 0x2E
        guard !hasDot || (1...3).contains(subdivision) else { return nil }
        return word
    }
}
