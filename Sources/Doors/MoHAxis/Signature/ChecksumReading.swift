import Crypto
import DoorDesk
import Foundation

/// One way of reading the rule for signatures: A is the hash of the header, B that of the data, C is A.B, and the signature is
/// RSA with SHA-256 over C (Decision 2062/QD-BYT, Annex 02, section 4).
struct ChecksumReading: Sendable, Equatable, CustomStringConvertible {
    /// What B is the hash of.
    enum Subject: String, Sendable, CaseIterable {
        case string
        case object
        /// The file that the Base64 stands for. No text says so; it is tried so that a sender can be told.
        case file
    }

    /// How A and B are written. The text says upper-case hexadecimal; the others are tried so that a sender can be told.
    enum Digits: String, Sendable, CaseIterable {
        case hex
        case hexLower = "hex-lower"
        case base64

        func text(of digest: SHA256Digest) -> String {
            switch self {
            case .hex: Data(digest).hexadecimal.uppercased()
            case .hexLower: Data(digest).hexadecimal
            case .base64: Data(digest).base64EncodedString()
            }
        }
    }

    /// How the signature is padded. The text names RSASHA256, which is PKCS #1 v1.5; PSS is tried so that a sender can be told.
    enum Padding: String, Sendable, CaseIterable {
        case pkcs1
        case pss
    }

    var checksum: AxisReadings.Checksum
    var hash: Subject
    var blanks: AxisReadings.Blanks
    var digits = Digits.hex
    var padding = Padding.pkcs1

    /// As the settings name it; what the text leaves no choice of only where it is another.
    var description: String {
        var parts = ["checksum=\(checksum.rawValue)", "hash=\(hash.rawValue)", "blanks=\(blanks.rawValue)"]
        if digits != .hex { parts.append("digits=\(digits.rawValue)") }
        if padding != .pkcs1 { parts.append("padding=\(padding.rawValue)") }
        return parts.joined(separator: " ")
    }

    /// As `/plug-in/log` shows it.
    var logged: [String] { description.split(separator: " ").map { String($0).replacing("=", with: ": ") } }
}

extension AxisReadings.Blanks {
    /// The bytes that are hashed.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .exact: return bytes
        case .removed: return bytes.filter { !Self.isBlank($0) }
        case .betweenTokens:
            var (isInside, isEscaped) = (false, false)
            return bytes.filter { byte in
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = isInside
                } else if byte == 0x22 {
                    isInside.toggle()
                }
                return isInside || !Self.isBlank(byte)
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// The bytes of a message that a signature may be over.
struct SignedParts: Sendable {
    /// `header` as it stands in the message.
    var header: [UInt8]
    var data: MessageData

    /// The bytes of which A is the hash; `{}` where the header is empty.
    func headerBytes(_ blanks: AxisReadings.Blanks) -> [UInt8] {
        let bytes = blanks.applied(to: header)
        return bytes.isEmpty ? Array("{}".utf8) : bytes
    }

    /// The bytes of which B is the hash.
    func dataBytes(_ subject: ChecksumReading.Subject, _ blanks: AxisReadings.Blanks) -> [UInt8] {
        switch subject {
        case .string: blanks.applied(to: data.string)
        case .object: blanks.applied(to: data.raw)
        case .file: blanks.applied(to: data.file)
        }
    }
}
