import Crypto
import Foundation

/// Tokens that say who was logged in until when, sealed with a key that nobody else has: nothing is kept for one. With a key
/// of this process alone all are wrong after a restart, as they are at real gateways now and then.
public struct SealedTokens: Sendable {
    /// What a token says.
    public enum Finding: Equatable, Sendable {
        /// Whose it is, and until when it is good; Unix milliseconds.
        case good(username: String, expires: Int64)
        /// It was good.
        case expired
        /// It is none of ours, or is for something else.
        case wrong
    }

    private let key: SymmetricKey

    /// With a key of this process alone.
    public init() { key = SymmetricKey(size: .bits256) }

    /// With a key that is kept, so that tokens outlive a restart.
    /// - Parameter secret: At least 32 bytes.
    public init(secret: [UInt8]) { key = SymmetricKey(data: Data(secret)) }

    /// A token.
    /// - Parameters:
    ///   - purpose: What it is for; it is good for nothing else.
    ///   - expires: Unix milliseconds.
    public func token(_ purpose: String, of username: String, until expires: Int64) -> String {
        let seal = HMAC<SHA256>.authenticationCode(for: Self.text(purpose, username, expires), using: key)
        return [Data(username.utf8).hexadecimal, String(expires, radix: 16), Data(seal).hexadecimal].joined(
            separator: ".")
    }

    /// Reads a token.
    /// - Parameter now: Unix milliseconds.
    public func read(_ token: String, as purpose: String, at now: Int64) -> Finding {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let name = Data(hexadecimal: parts[0]), let expires = Int64(parts[1], radix: 16),
            let seal = Data(hexadecimal: parts[2])
        else { return .wrong }
        let username = String(decoding: name, as: UTF8.self)
        let text = Self.text(purpose, username, expires)
        guard HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: text, using: key) else { return .wrong }
        return expires > now ? .good(username: username, expires: expires) : .expired
    }

    private static func text(_ purpose: String, _ username: String, _ expires: Int64) -> Data {
        Data("\(purpose)|\(username)|\(expires)".utf8)
    }
}
