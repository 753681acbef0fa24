@_spi(_Unicode) import Swift

/// How HO_TEN is compared and what it may hold.
///
/// The exchange compares names in composed form (NFC), upper case, single spaces, with the Icelandic `Ð` (U+00D0)
/// that public name lists really contain read as `Đ` (U+0110). Simulator-defined: no public text gives C06's rule.
public enum PersonName {
    /// The form in which names are compared. A name that is in it already comes back as it is, without a copy.
    public static func normalised(_ name: String) -> String {
        if isNormal(name) { return name }
        // The standard library composes, but offers it to its own overlays only; the tests pin what we rely on.
        var composed = String.UnicodeScalarView()
        for scalar in name._nfc {
            switch scalar.value {
            case 0xD0: composed.append("\u{110}")
            case 0xF0: composed.append("\u{111}")
            default: composed.append(scalar)
            }
        }
        var upper = String.UnicodeScalarView()
        var isSpacePending = false
        for scalar in String(composed).uppercased().unicodeScalars {
            if scalar.properties.isWhitespace {
                isSpacePending = !upper.isEmpty
            } else {
                if isSpacePending { upper.append(" ") }
                isSpacePending = false
                upper.append(scalar)
            }
        }
        // Upper case can leave composed form (ǰ becomes J and a combining caron, which compose again elsewhere).
        var result = String.UnicodeScalarView()
        for scalar in String(upper)._nfc { result.append(scalar) }
        return String(result)
    }

    /// Whether two names are the same name: equal as they are written, or equal once both are normalised and the tone
    /// marks of `OA`, `OE` and `UY` stand where the other spelling has them.
    ///
    /// Two ways of placing that mark live side by side, `HÒA` and `HOÀ`; keyboards offer both, and neither is wrong.
    public static func areSame(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        let left = normalised(first)
        let right = normalised(second)
        return left == right || ToneMark.onSecondVowel(left) == ToneMark.onSecondVowel(right)
    }

    /// The rule that a name breaks, or nil: 1 to 255 characters; letters, spaces, hyphens, apostrophes and dots.
    public static func violatedRule(_ name: String) -> IdentifierError.Rule? {
        var letters = 0
        var rule: IdentifierError.Rule?
        for scalar in name.unicodeScalars {
            let value = scalar.value
            if (value | 0x20) &- 0x61 < 26 || isVietnamese(value) {
                letters += 1
            } else if value != 0x20 {
                guard let broken = rareRule(scalar) else {
                    letters += scalar.properties.isAlphabetic ? 1 : 0
                    continue
                }
                rule = broken
                break
            }
        }
        if let rule { return rule }
        if letters == 0 { return .nameEmpty }
        return name.utf8.count > 255 && name.count > 255 ? .nameLength : nil
    }

    /// Throws the rule that a name breaks.
    public static func check(_ name: String, field: String = "HO_TEN") throws(IdentifierError) {
        if let rule = violatedRule(name) { throw IdentifierError(field: field, rule: rule, value: name) }
    }

    /// The rule for a scalar that is no plain letter and no space; nil when it is allowed.
    private static func rareRule(_ scalar: Unicode.Scalar) -> IdentifierError.Rule? {
        switch scalar {
        case "-", "'", ".", "\u{2019}": return nil
        case "0"..."9": return .nameDigit
        default: break
        }
        // Some of them count as letters or marks, yet two names that differ in one look the same.
        if scalar.properties.isDefaultIgnorableCodePoint { return .nameCharacter }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return .nameControlCharacter
        case .decimalNumber: return .nameDigit
        case .nonspacingMark, .spacingMark, .spaceSeparator: return nil
        default: return scalar.properties.isAlphabetic ? nil : .nameCharacter
        }
    }

    /// Letters of Latin-1, Latin Extended-A and -B as far as U+01B0, and of Latin Extended Additional.
    @inline(__always)
    private static func isVietnamese(_ value: UInt32) -> Bool {
        (0xC0...0x1B0).contains(value) ? value != 0xD7 && value != 0xF7 : (0x1EA0...0x1EF9).contains(value)
    }

    /// Whether the name surely is in normal form: upper-case ASCII and upper-case composed Vietnamese letters, with
    /// single spaces between. False says nothing.
    private static func isNormal(_ name: String) -> Bool {
        var previous: UInt8 = 0x20
        var lead: UInt8 = 0
        var isThird = false
        for byte in name.utf8 {
            if byte < 0x80 {
                guard
                    byte &- 0x41 < 26 || byte == 0x2D || byte == 0x27 || byte == 0x2E
                        || (byte == 0x20 && previous != 0x20)
                else { return false }
            } else if byte >= 0xC0 {
                lead = byte
                isThird = false
            } else if lead == 0xE1, !isThird {
                guard byte == 0xBA || byte == 0xBB else { return false }
                isThird = true
                lead = byte
            } else {
                guard isUpperTail(lead: lead, byte) else { return false }
            }
            previous = byte
        }
        return previous != 0x20
    }

    /// Whether the last byte completes an upper-case Vietnamese letter other than `Ð`.
    @inline(__always)
    private static func isUpperTail(lead: UInt8, _ byte: UInt8) -> Bool {
        switch lead {
        case 0xC3: byte < 0x9F && byte != 0x90 && byte != 0x97
        case 0xC4: byte == 0x82 || byte == 0x90 || byte == 0xA8
        case 0xC5: byte == 0xA8
        case 0xC6: byte == 0xA0 || byte == 0xAF
        case 0xBA: byte >= 0xA0 && byte.isMultiple(of: 2)
        case 0xBB: byte <= 0xB8 && byte.isMultiple(of: 2)
        default: false
        }
    }
}
