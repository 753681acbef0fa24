import Crypto
import Foundation

/// Tokens that say who was logged in until when, sealed with a key that only this process has: nothing is kept for one, and
/// after a restart all are wrong, as they are at the real portal now and then.
struct PortalTokens: Sendable {
    /// A pair as the login gives it.
    struct Pair: Equatable {
        var access: String
        var identity: String
        /// Unix milliseconds.
        var expires: Int64
    }

    /// What a token says.
    enum Finding: Equatable {
        case good(username: String, expires: Int64)
        case expired
        case wrong
    }

    /// What a token is for.
    enum Purpose: String {
        case access
        case identity
    }

    private let key: SymmetricKey

    init(key: SymmetricKey = SymmetricKey(size: .bits256)) { self.key = key }

    func issue(to username: String, until expires: Int64) -> Pair {
        Pair(
            access: token(.access, username, expires), identity: token(.identity, username, expires), expires: expires)
    }

    func read(_ token: String, as purpose: Purpose, at now: Int64) -> Finding {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let name = Data(hexadecimal: parts[0]), let expires = Int64(parts[1], radix: 16),
            let seal = Data(hexadecimal: parts[2])
        else { return .wrong }
        let username = String(decoding: name, as: UTF8.self)
        let text = Self.text(purpose, username, expires)
        guard HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: text, using: key) else { return .wrong }
        return expires > now ? .good(username: username, expires: expires) : .expired
    }

    private func token(_ purpose: Purpose, _ username: String, _ expires: Int64) -> String {
        let seal = HMAC<SHA256>.authenticationCode(for: Self.text(purpose, username, expires), using: key)
        return [Data(username.utf8).hexadecimal, String(expires, radix: 16), Data(seal).hexadecimal].joined(
            separator: ".")
    }

    private static func text(_ purpose: Purpose, _ username: String, _ expires: Int64) -> Data {
        Data("\(purpose.rawValue)|\(username)|\(expires)".utf8)
    }
}

extension Data {
    /// Lower-case digits.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Nil when the text is something else.
    init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes = Data(capacity: digits.count / 2)
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        case 0x41...0x46: digit - 0x37
        default: nil
        }
    }
}
