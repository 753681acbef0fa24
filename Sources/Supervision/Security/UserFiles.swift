import Composition
import Foundation

/// A directory with one file of librdkafka settings for each user, `NAME.properties`, with name and password in it.
/// Nobody but its owner can read it.
public struct UserFiles: Sendable {
    /// A user who can log in.
    public struct User: Sendable, Equatable {
        /// Kafka's principal, without `User:`.
        public var name: String
        /// The password.
        public var password: String
        /// Whether it was made just now.
        public var isNew: Bool
    }

    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789")

    /// The directory.
    public let directory: String
    private let transport: [(name: String, value: String)]

    /// A directory that need not exist.
    /// - Parameters:
    ///   - usesTLS: Whether the broker speaks TLS.
    ///   - authority: PEM file of the authority that the clients trust; nil for those of the machine.
    public init(directory: String, usesTLS: Bool, authority: String?) {
        self.directory = directory
        transport =
            [("security.protocol", usesTLS ? "SASL_SSL" : "SASL_PLAINTEXT"), ("sasl.mechanisms", "SCRAM-SHA-256")]
            + (authority.map { [("ssl.ca.location", $0)] } ?? [])
    }

    /// Path of a user's file.
    public func path(of user: String) -> String { "\(directory)/\(user).properties" }

    /// Reads the files that are there, and makes those that are missing, each with a random password.
    /// - Throws: ``ProgramFailure`` when a file is open to others, names another user, or cannot be written.
    public func prepare(_ names: [String]) throws -> [User] {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ProgramFailure("cannot make \(directory): \(error.localizedDescription)")
        }
        return try names.map { name in
            let path = path(of: name)
            guard FileManager.default.fileExists(atPath: path) else { return try make(name, path) }
            try ClientSettingsFile.requirePrivate(path)
            let settings = try ClientSettingsFile.read(path)
            guard settings["sasl.username"] == name, let password = settings["sasl.password"], Self.isUsable(password)
            else {
                throw ProgramFailure(
                    "\(path) holds no login of \(name): it needs sasl.username=\(name) and sasl.password, without "
                        + "quotes, commas and brackets; remove it, and a new one is made")
            }
            return User(name: name, password: password, isNew: false)
        }
    }

    private func make(_ name: String, _ path: String) throws -> User {
        var random = SystemRandomNumberGenerator()
        // 32 of 56 characters: 185 bits.
        let password = String(
            (0..<32).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &random)] })
        let settings = transport + [("sasl.username", name), ("sasl.password", password)]
        let lines = settings.map { "\($0.name)=\($0.value)\n" }.joined()
        try ClientSettingsFile.writePrivate("# The login of \(name). Keep it secret.\n" + lines, to: path)
        return User(name: name, password: password, isNew: true)
    }

    /// Kafka's tool takes `[password=…]` apart by commas and brackets.
    private static func isUsable(_ password: String) -> Bool {
        !password.isEmpty && password.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && !password.contains { "'\"\\,[]".contains($0) }
    }
}
