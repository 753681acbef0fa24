import Crypto
import FoundationEssentials
import NIOCore
import NIOPosix

/// Finds out who a client is, by SASL with PLAIN or SCRAM-SHA-256.
///
/// Checking a password of PLAIN is slow on purpose, so it happens on a thread of its own; one that was right before is
/// recognised by a keyed digest that never leaves the process.
final class Authenticator {
    enum Outcome: Equatable {
        /// The client must go on.
        case challenge([UInt8])
        case accepted(String, [UInt8])
        case refused
    }

    /// A login under way.
    enum Exchange {
        case plain
        case scramFirst(ScramExchange)
        case scramFinal(ScramExchange)
    }

    static let mechanisms = ["PLAIN", UserDirectory.mechanism]
    private static let rememberedPasswords = 10_000

    private let users: UserDirectory
    private let loop: any EventLoop
    let threads = NIOThreadPool(numberOfThreads: 1)
    private let secret = ScramCredential.randomBytes(32)
    private var known: Set<[UInt8]> = []

    init(users: UserDirectory, loop: any EventLoop) {
        self.users = users
        self.loop = loop
        threads.start()
    }

    /// Begins a login; `nil` for a mechanism that is not offered.
    func begin(_ mechanism: String) -> Exchange? {
        switch mechanism {
        case "PLAIN": .plain
        case UserDirectory.mechanism:
            .scramFirst(
                ScramExchange(
                    users: users, nonce: Data(ScramCredential.randomBytes(18)).base64EncodedString(),
                    fakeSaltKey: secret))
        default: nil
        }
    }

    /// Takes the client's next token. `done` comes on the event loop, perhaps before this returns.
    func step(
        _ exchange: inout Exchange, _ token: ByteBuffer, _ done: @escaping (Outcome) -> Void
    ) {
        guard let text = String(validating: token.readableBytesView, as: UTF8.self) else { return done(.refused) }
        switch exchange {
        case .plain: plain(text, done)
        case .scramFirst(var scram):
            guard let reply = scram.challenge(text) else { return done(.refused) }
            exchange = .scramFinal(scram)
            done(.challenge(Array(reply.utf8)))
        case .scramFinal(let scram):
            guard let (name, reply) = scram.verify(text) else { return done(.refused) }
            done(.accepted(name, Array(reply.utf8)))
        }
    }

    /// "AUTHORISATION NUL NAME NUL PASSWORD" (RFC 4616); nobody may act as somebody else.
    private func plain(_ text: String, _ done: @escaping (Outcome) -> Void) {
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].isEmpty || parts[0] == parts[1] else { return done(.refused) }
        let (name, password) = (parts[1], parts[2])
        let digest = ScramCredential.mac(secret, Array("\(name)\0\(password)".utf8))
        if known.contains(digest) { return done(.accepted(name, [])) }
        let credential = users.credentials[name]
        let fallback = ScramCredential(
            iterations: ScramCredential.minimumIterations, salt: secret, storedKey: secret, serverKey: secret)
        // An unknown name costs as much time as a wrong password.
        let check = threads.runIfActive(eventLoop: loop) {
            (credential ?? fallback).matches(password) && credential != nil
        }
        check.assumeIsolated().whenComplete { [self] result in
            guard case .success(true) = result else { return done(.refused) }
            if known.count < Self.rememberedPasswords { known.insert(digest) }
            done(.accepted(name, []))
        }
    }
}
