/// What a text says, read from its bytes. Each answers as its counterpart for a `String` does.
public enum EncodedText {
    /// Whether a text is blank (``String/isBlank``); nil where it is no UTF-8.
    @inline(__always)
    public static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool? {
        guard !range.isEmpty else { return true }
        if bytes[range.lowerBound] > 0x20, isASCII(bytes, range) { return false }
        return isUnusuallyBlank(bytes, range)
    }

    /// Eight bytes at a time: nearly every text is no longer than two words.
    @inline(__always)
    private static func isASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        bytes.extracting(range).withUnsafeBytes { text in
            var (at, all) = (0, UInt64(0))
            if text.count >= 8 {
                while at &+ 8 < text.count {
                    all |= text.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                    at &+= 8
                }
                all |= text.loadUnaligned(fromByteOffset: text.count &- 8, as: UInt64.self)
            } else {
                while at < text.count {
                    all |= UInt64(text[at])
                    at &+= 1
                }
            }
            return all & 0x8080_8080_8080_8080 == 0
        }
    }

    private static func isUnusuallyBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool? {
        guard (try? UTF8Span(validating: bytes.extracting(range))) != nil else { return nil }
        let first = bytes[range.lowerBound]
        // Letters of Vietnamese begin with bytes from C3 to C6; spaces beyond ASCII do not.
        if 0x21..<0x80 ~= first || 0xC3...0xC6 ~= first { return false }
        return TextPlace(range).string(in: bytes).isBlank
    }

    /// The number that ASCII digits write; nil for anything else, and for more than 18 digits.
    public static func digits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        guard !range.isEmpty, range.count <= 18 else { return nil }
        var number: UInt64 = 0
        for at in range {
            let digit = bytes[at] &- 0x30
            guard digit < 10 else { return nil }
            number = number &* 10 &+ UInt64(digit)
        }
        return number
    }

    /// A whole number; nil for what is none.
    public static func number(_ place: TextPlace, in bytes: Span<UInt8>) -> Int64? {
        digits(bytes, place.range).map(Int64.init)
    }

    /// An amount; nil for what is no number.
    public static func amount(_ place: TextPlace, in bytes: Span<UInt8>) -> Double? {
        if place.isEmpty { return nil }
        // Up to 15 digits, with a point among them, are exact in a Double, and so is the power of ten that divides them.
        var (number, decimals, count): (UInt64, Int, Int) = (0, -1, 0)
        for at in place.range {
            let digit = bytes[at] &- 0x30
            if digit < 10 {
                number = number &* 10 &+ UInt64(digit)
                count += 1
                if decimals >= 0 { decimals += 1 }
            } else if bytes[at] == 0x2E, decimals < 0 {
                decimals = 0
            } else {
                return Double(place.string(in: bytes))
            }
        }
        // A point without digits on both sides, and longer numbers, are read as a text is.
        guard (1...15).contains(count), decimals != 0, decimals < count else { return Double(place.string(in: bytes)) }
        return decimals < 0 ? Double(number) : Double(number) / powers[decimals]
    }

    private static let powers: [Double] = (0...15).map { place in (0..<place).reduce(1) { power, _ in power * 10 } }

    /// A day with hour and minute, or a day alone (``VisitTime``); nil where the text is neither.
    public static func time(_ place: TextPlace, in bytes: Span<UInt8>) -> VisitTime? {
        guard place.count == 12 else {
            return place.count == 8 ? try? VisitTime(parsing: place.string(in: bytes), field: "") : nil
        }
        guard let number = digits(bytes, place.range), let date = CivilDate(number: Int(number / 10_000)) else {
            return nil
        }
        return VisitTime(date: date, hour: Int(number / 100 % 100), minute: Int(number % 100))
    }

    /// NGAY_SINH to the day (``BirthDate``); nil where it is none.
    public static func birthDate(_ place: TextPlace, in bytes: Span<UInt8>) -> CivilDate? {
        guard place.count == 12 || place.count == 8, let number = digits(bytes, place.range) else { return nil }
        let (day, time) = place.count == 12 ? (number / 10_000, number % 10_000) : (number, 0)
        guard time / 100 < 24, time % 100 < 60 else { return nil }
        return CivilDate(number: Int(day))
    }
}
