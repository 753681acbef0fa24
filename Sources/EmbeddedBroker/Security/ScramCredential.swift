import Crypto

/// What is kept of a password: enough to check one, not enough to log in with (RFC 5802, section 3).
struct ScramCredential: Equatable, Sendable {
    static let minimumIterations = 4_096
    static let maximumIterations = 1_000_000
    static let saltSize = 16

    var iterations: Int
    var salt: [UInt8]
    var storedKey: [UInt8]
    var serverKey: [UInt8]

    init(iterations: Int, salt: [UInt8], storedKey: [UInt8], serverKey: [UInt8]) {
        self.iterations = iterations
        self.salt = salt
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    init(password: String, salt: [UInt8] = randomBytes(saltSize), iterations: Int = minimumIterations) {
        let salted = Self.saltedPassword(password, salt: salt, iterations: iterations)
        self.init(
            iterations: iterations, salt: salt,
            storedKey: Array(SHA256.hash(data: Self.mac(salted, Array("Client Key".utf8)))),
            serverKey: Self.mac(salted, Array("Server Key".utf8)))
    }

    /// Whether `password` is the one this was made of. Takes milliseconds, on purpose.
    func matches(_ password: String) -> Bool {
        let other = ScramCredential(password: password, salt: salt, iterations: iterations)
        return Self.areEqual(other.storedKey, storedKey)
    }

    /// Hi() of RFC 5802: PBKDF2 with HMAC-SHA-256 and one block.
    static func saltedPassword(_ password: String, salt: [UInt8], iterations: Int) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var sum = block
        for _ in 1..<max(2, iterations) {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in sum.indices { sum[index] ^= block[index] }
        }
        return sum
    }

    static func mac(_ key: [UInt8], _ data: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: key)))
    }

    /// In a time that does not depend on where the difference is.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }

    static func randomBytes(_ count: Int) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
