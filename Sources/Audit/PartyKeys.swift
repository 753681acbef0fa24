import Foundation
import PartyStore
import TransparencyLog

/// The public keys of a party's log, found in each place where they lie; all must say the same.
struct PartyKeys {
    /// All keys that the log has had; the published list before the party's own. Nil when there is none.
    private(set) var list: KeyList?

    /// Reads the keys of a party and compares them.
    init(_ subject: AuditSubject, origin: ExactText, _ findings: inout FindingList) {
        let party = subject.party
        for path in ["\(subject.evidenceDirectory)/\(party).keys", JournalKey.listPath(subject.directory)] {
            guard let found = Self.keyList(path, party, origin, &findings) else { continue }
            if let list, list != found {
                findings.add(.key, party, "the lists of keys were swapped: \(path) ends with \(found.newest)")
            }
            list = list ?? found
        }
        var found: [(path: String, key: VerifierKey)] = list.map { [("the list of keys", $0.newest)] } ?? []
        for path in ["\(subject.evidenceDirectory)/\(party).pub", JournalKey.publicPath(subject.directory)] {
            if let key = Self.publicKey(path, party, &findings) { found.append((path, key)) }
        }
        let secret = JournalKey.secretPath(subject.directory)
        if let key = Self.secretKey(secret, party, &findings) { found.append((secret, key)) }
        for entry in found where entry.key.name != origin {
            findings.add(.key, party, "\(entry.path) is the key of \(entry.key.name), not of \(origin)")
        }
        compare(found, party, &findings)
        for path in ["\(subject.evidenceDirectory)/\(party).witness.pub", subject.directory + "/keys/witness.pub"] {
            guard let key = Self.publicKey(path, party, &findings), let list else { continue }
            if key != (try? list.newest.cosigner) {
                findings.add(.key, party, "\(path) has \(key), which is not the pair of \(list.newest)")
            }
        }
    }

    private func compare(_ found: [(path: String, key: VerifierKey)], _ party: String, _ findings: inout FindingList) {
        guard let first = found.first else { return }
        for other in found.dropFirst() where other.key != first.key {
            findings.add(
                .key, party, "the keys were swapped: \(first.path) has \(first.key), \(other.path) has \(other.key)")
        }
    }

    private static func keyList(
        _ path: String, _ party: String, _ origin: ExactText, _ findings: inout FindingList
    ) -> KeyList? {
        guard let data = FileManager.default.contents(atPath: path) else {
            findings.add(.key, party, "\(path) is gone")
            return nil
        }
        do {
            let list = try KeyList(Array(data))
            if list.origin == origin { return list }
            findings.add(.key, party, "\(path) has the keys of \(list.origin), not of \(origin)")
        } catch {
            findings.add(.key, party, "\(path): \(error)")
        }
        return nil
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
