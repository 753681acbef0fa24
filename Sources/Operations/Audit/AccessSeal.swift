import Composition
import ExchangeSchema
import Foundation
import PartyStore
import Supervision
import TransparencyLog

/// How the programs of an exchange vouch for what they write into the auditor's log by way of the broker: a signature by a
/// key that only the user of the exchange can read. So an entry that some other client of the broker wrote is told from one
/// of `cycle`. Simulator-defined.
struct AccessSeal: Sendable {
    /// The Kafka header that carries it: a signature line of a signed note whose text is the entry with a line break.
    static let header = "access_seal"

    private let key: SignerKey

    /// Path of the key.
    static func keyPath(_ layout: ExchangeLayout) -> String { layout.directory + "/access.key" }

    /// Takes the key of an exchange, or makes it at the first act.
    /// - Throws: ``ProgramFailure`` when it is damaged; `StoreError` when it cannot be written.
    init(_ layout: ExchangeLayout) throws {
        if let found = try Self.existing(layout) {
            self = found
            return
        }
        var generator = SystemRandomNumberGenerator()
        let run = try layout.requiredRecord().run
        let key = try SignerKey(name: ExactText("closed-cycle/access/\(run)"), kind: .ed25519, using: &generator)
        try SecretFile.write(Array((key.secretText + "\n").utf8), to: Self.keyPath(layout), mode: 0o600)
        self.key = key
    }

    private init(key: SignerKey) { self.key = key }

    /// The key of an exchange; nil where nobody has done anything yet.
    /// - Throws: ``ProgramFailure`` when it is damaged.
    static func existing(_ layout: ExchangeLayout) throws -> AccessSeal? {
        let path = keyPath(layout)
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let text = String(validating: data, as: UTF8.self), text.hasSuffix("\n"),
            let key = try? SignerKey(String(text.dropLast()))
        else { throw ProgramFailure("\(path) is no key; remove it, so that a new one is made with the next act") }
        return AccessSeal(key: key)
    }

    /// The value of the header for an entry.
    func value(over entry: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(over: Self.text(entry)).line.utf8.dropLast())
    }

    /// Whether a header's value is of this exchange's programs.
    func isRight(_ value: [UInt8], over entry: [UInt8]) -> Bool {
        guard let signature = NoteSignature(line: value) else { return false }
        return key.verifier.verifies(signature, over: Self.text(entry))
    }

    /// Names a citizen for who has the key, and nobody for anybody else: half of SHA-256 over the key and the number, as 32
    /// hexadecimal digits.
    func pseudonym(of citizen: CitizenNumber) -> String {
        String(TreeHash.leaf(Array("\(key.secretText)\n\(citizen)".utf8)).description.prefix(32))
    }

    private static func text(_ entry: [UInt8]) -> ExactText { ExactText(String(decoding: entry, as: UTF8.self) + "\n") }
}
