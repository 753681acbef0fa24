import Crypto
import ExchangeSchema
import FHIRMapping
import Foundation
import Synchronization

/// The names in one book, each sealed once: every resource names the person, and most their visit.
final class NamesOfBook: Sendable {
    private let names: OpaqueNames
    private let citizen: UInt64
    private let known = Mutex<[ResourceKey: String]>([:])

    /// - Parameter citizen: The person's first number.
    init(_ names: OpaqueNames, of citizen: UInt64) {
        self.names = names
        self.citizen = citizen
    }

    func name(_ key: ResourceKey) -> String {
        known.withLock { known in
            if let name = known[key] { return name }
            let name = names.name(key, of: citizen)
            known[key] = name
            return name
        }
    }
}

/// What resources are called: names that say nothing of whom they are about, and are the same as long as the key is.
///
/// An address stands in logs and histories of browsers, so no number of a person may be in it. A name is sealed, not drawn: it
/// leads back to the book without a table of names. It is a synthetic initialisation vector (Rogaway and Shrimpton, "A
/// Provable-Security Treatment of the Key-Wrap Problem", 2006) with HMAC-SHA256 as its two functions: whoever lacks the key
/// learns of a name neither the number nor whether two names are about one person, and cannot make one.
struct OpaqueNames: Sendable {
    private static let vectorWidth = 12
    /// Number of the person, type, record, row.
    private static let textWidth = 5 + 1 + 16 + 4

    private let vectors: SymmetricKey
    private let streams: SymmetricKey

    /// - Parameter secret: At least 32 bytes.
    init(secret: [UInt8]) {
        let whole = SymmetricKey(data: secret)
        func part(_ purpose: String) -> SymmetricKey {
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: whole))
        }
        vectors = part("names of resources: vector")
        streams = part("names of resources: stream")
    }

    /// `id` of a resource of somebody; at most 64 letters, digits, `-` and `.`, as FHIR wants it.
    func name(_ key: ResourceKey, of citizen: UInt64) -> String {
        var text: [UInt8] = (0..<5).map { UInt8(truncatingIfNeeded: citizen >> (8 * (4 - UInt64($0)))) }
        text.append(key.type.number)
        key.record.appendBytes(to: &text)
        text += (0..<4).map { UInt8(truncatingIfNeeded: key.row >> (8 * (3 - UInt32($0)))) }
        let vector = self.vector(of: text)
        return Self.written(vector + sealed(text, vector))
    }

    /// Base64 (RFC 4648) with `-` and `.` for `+` and `/`, and without padding. A book has hundreds of names.
    private static func written(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
            bits &= 63
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.".utf8)

    /// Whose resource a name is, and which; nil for a name that is none of ours.
    func resource(_ name: some StringProtocol, _ type: FHIRType) -> (citizen: UInt64, key: ResourceKey)? {
        let base64 = String(name).replacing("-", with: "+").replacing(".", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64 + padding), data.count == Self.vectorWidth + Self.textWidth else {
            return nil
        }
        let vector = Array(data.prefix(Self.vectorWidth))
        let text = sealed(Array(data.dropFirst(Self.vectorWidth)), vector)
        func number(_ range: Range<Int>) -> UInt64 { text[range].reduce(0) { $0 << 8 | UInt64($1) } }
        let citizen = number(0..<5)
        let key = ResourceKey(
            type, record: RecordIdentifier(high: number(6..<14), low: number(14..<22)), row: UInt32(number(22..<26)))
        // What was not sealed here is noise; and of a resource there is one name.
        return text[5] == type.number && self.name(key, of: citizen) == name ? (citizen, key) : nil
    }

    private func vector(of text: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: text, using: vectors).prefix(Self.vectorWidth))
    }

    private func sealed(_ text: [UInt8], _ vector: [UInt8]) -> [UInt8] {
        zip(text, HMAC<SHA256>.authenticationCode(for: vector, using: streams)).map { $0 ^ $1 }
    }
}
