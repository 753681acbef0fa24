import ExchangeSchema
import Foundation

/// What one field of a table may hold, under one profile.
public struct FieldRule: Sendable, Equatable {
    /// Whether the field is text or a number written in digits.
    public enum Kind: String, Sendable {
        /// Any text.
        case text
        /// Digits, with an optional leading `-` and an optional part after a dot. The value itself stays text.
        case number
    }

    /// Element name, as the annex writes it.
    public let name: String
    /// Text or number.
    public let kind: Kind
    /// Most characters allowed, or nil where the table says `n` (no limit). Counted as written, dot and sign included,
    /// in Unicode scalars of the composed form (NFC), so that `ễ` counts one however it is encoded.
    public let maximumLength: Int?
    /// Whether the portal demands a value. The annex has no such column, so both profiles share the portal's.
    ///
    /// MAHUYEN_CU_TRU is demanded of visits that ended before 1 July 2025, as the portal's table of 2023 does. Districts were
    /// abolished on that day, files since leave it empty, and no public text says what the portal demands now.
    public let isRequired: Bool
    /// How the value is built beyond its kind, from the description of the field in the annex.
    public let shape: FieldShape

    /// What is wrong with a value, or nil. Only the first fault is given: required, then shape, then kind, then length.
    ///
    /// A value of white space alone counts as empty.
    public func fault(in value: String) -> EnvelopeProblem.Rule? {
        if value.isBlank { return isRequired ? .required : nil }
        if shape != .plain {
            guard shape.accepts(value) else { return shape == .ordinal ? .notAnOrdinal : .notADate(shape) }
        } else if kind == .number, !Self.isNumber(value) {
            return .notANumber
        }
        guard let maximumLength, value.utf8.count > maximumLength else { return nil }
        let length = Self.length(of: value)
        return length > maximumLength ? .tooLong(length: length, maximum: maximumLength) : nil
    }

    /// Length in Unicode scalars of the composed form.
    static func length(of value: String) -> Int { value.precomposedStringWithCanonicalMapping.unicodeScalars.count }

    static func isNumber(_ value: String) -> Bool {
        var digits = 0
        var dot = false
        for (index, byte) in value.utf8.enumerated() {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x2D where index == 0: break
            case 0x2E where !dot && digits > 0:
                dot = true
                digits = 0
            default: return false
            }
        }
        return digits > 0
    }
}
