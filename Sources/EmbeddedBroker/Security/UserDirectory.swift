import FoundationEssentials
import Glibc
import NIOCore

/// The users who may connect, with the salted form of their passwords.
///
/// A file of lines `NAME:SCRAM-SHA-256:ITERATIONS:SALT:STORED-KEY:SERVER-KEY`, the last three in base64. It must be
/// readable by its owner only.
struct UserDirectory: Sendable {
    static let mechanism = "SCRAM-SHA-256"
    private static let maximumBytes = 4 * 1_024 * 1_024

    private(set) var credentials: [String: ScramCredential] = [:]

    init() {}

    init(path: String) throws(BrokerError) {
        for (number, line) in try PrivateFile.lines(of: path, maximumBytes: Self.maximumBytes).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let (name, credential) = Self.parse(line) else {
                throw BrokerError(
                    .configuration,
                    "\(path), line \(number + 1): expected NAME:SCRAM-SHA-256:ITERATIONS:SALT:STORED:SERVER; make lines "
                        + "with \"broker add-user\"")
            }
            credentials[name] = credential
        }
    }

    /// A name is 1 to 128 letters, digits, dots, underlines, hyphens and at-signs: it needs no escape anywhere.
    static func isValid(name: String) -> Bool {
        (1...128).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: "@"):
                    true
                default: false
                }
            }
    }

    mutating func set(_ name: String, _ credential: ScramCredential) { credentials[name] = credential }

    func save(to path: String) throws(BrokerError) {
        let lines = credentials.sorted { $0.key < $1.key }.map { name, credential in
            [
                name, Self.mechanism, String(credential.iterations), Data(credential.salt).base64EncodedString(),
                Data(credential.storedKey).base64EncodedString(), Data(credential.serverKey).base64EncodedString(),
            ].joined(separator: ":") + "\n"
        }
        try PrivateFile.replace(path, with: lines.joined())
    }

    private static func parse(_ line: Substring) -> (String, ScramCredential)? {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 6, isValid(name: String(fields[0])), fields[1] == mechanism,
            let iterations = Int(fields[2]),
            (ScramCredential.minimumIterations...ScramCredential.maximumIterations).contains(iterations),
            let salt = bytes(fields[3]), !salt.isEmpty, let stored = bytes(fields[4]), let server = bytes(fields[5]),
            stored.count == 32, server.count == 32
        else { return nil }
        return (
            String(fields[0]),
            ScramCredential(iterations: iterations, salt: salt, storedKey: stored, serverKey: server)
        )
    }

    private static func bytes(_ text: Substring) -> [UInt8]? { Data(base64Encoded: String(text)).map { [UInt8]($0) } }
}
