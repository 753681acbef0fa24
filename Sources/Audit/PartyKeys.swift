import Foundation
import PartyStore
import TransparencyLog

/// The public key of a party's log, found in each place where it lies; all must say the same.
struct PartyKeys {
    /// The key to check signatures with; the published one before the party's own. Nil when there is none.
    private(set) var key: VerifierKey?

    /// Reads the keys of a party and compares them.
    init(_ subject: AuditSubject, origin: ExactText, _ findings: inout FindingList) {
        let published = "\(subject.evidenceDirectory)/\(subject.party).pub"
        let own = JournalKey.publicPath(subject.directory)
        var found: [(path: String, key: VerifierKey)] = []
        for path in [published, own] {
            if let key = Self.publicKey(path, subject.party, &findings) { found.append((path, key)) }
        }
        let secret = JournalKey.secretPath(subject.directory)
        if let key = Self.secretKey(secret, subject.party, &findings) { found.append((secret, key)) }
        for entry in found where entry.key.name != origin {
            findings.add(.key, subject.party, "\(entry.path) is the key of \(entry.key.name), not of \(origin)")
        }
        guard let first = found.first else { return }
        key = first.key
        for other in found.dropFirst() where other.key != first.key {
            findings.add(
                .key, subject.party,
                "the keys were swapped: \(first.path) has \(first.key), \(other.path) has \(other.key)")
        }
    }

    private static func publicKey(
        _ path: String, _ party: String, _ findings: inout FindingList
    ) -> VerifierKey? {
        guard let text = line(path) else {
            findings.add(.key, party, "\(path) is gone or is not one line")
            return nil
        }
        do {
            return try VerifierKey(text)
        } catch {
            findings.add(.key, party, "\(path) is no public key: \(error)")
            return nil
        }
    }

    private static func secretKey(
        _ path: String, _ party: String, _ findings: inout FindingList
    ) -> VerifierKey? {
        // An auditor's copy need not have the private half.
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = line(path), let key = try? SignerKey(text) else {
            findings.add(.key, party, "\(path) is no private key")
            return nil
        }
        return key.verifier
    }

    private static func line(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self), text.hasSuffix("\n")
        else { return nil }
        return String(text.dropLast())
    }
}
