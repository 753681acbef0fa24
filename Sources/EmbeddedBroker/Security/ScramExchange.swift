import Crypto
import FoundationEssentials

/// The server's side of one SCRAM-SHA-256 login (RFC 5802, RFC 7677), without channel binding.
///
/// A name that does not exist is asked like any other, with a salt that stays the same for it, and refused only at
/// the end: nobody learns from outside who exists.
struct ScramExchange {
    private let users: UserDirectory
    private let nonce: String
    private let fakeSaltKey: [UInt8]
    private var name = ""
    private var credential: ScramCredential?
    /// Client-first-bare and server-first, as the proof covers them.
    private var signed = ""
    private var fullNonce = ""
    private var gs2Header = ""

    init(users: UserDirectory, nonce: String, fakeSaltKey: [UInt8]) {
        self.users = users
        self.nonce = nonce
        self.fakeSaltKey = fakeSaltKey
    }

    /// Takes the client's first message and gives the challenge; `nil` where it is none.
    mutating func challenge(_ message: String) -> String? {
        // "n,,n=NAME,r=NONCE[,EXTENSIONS]": no channel binding ("n" or "y"), perhaps an authorisation name.
        let parts = message.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "n" || parts[0] == "y" else { return nil }
        let attributes = Self.attributes(parts[2])
        guard let escaped = attributes["n"], let clientNonce = attributes["r"], !clientNonce.isEmpty,
            attributes["m"] == nil, let name = Self.unescaped(escaped)
        else { return nil }
        if parts[1].hasPrefix("a=") {
            guard let other = Self.unescaped(parts[1].dropFirst(2)), other == name else { return nil }
        } else if !parts[1].isEmpty {
            return nil
        }
        self.name = name
        credential = users.credentials[name]
        gs2Header = "\(parts[0]),\(parts[1]),"
        fullNonce = clientNonce + nonce
        let salt =
            credential?.salt
            ?? Array(ScramCredential.mac(fakeSaltKey, Array(name.utf8)).prefix(ScramCredential.saltSize))
        let iterations = credential?.iterations ?? ScramCredential.minimumIterations
        let reply = "r=\(fullNonce),s=\(Data(salt).base64EncodedString()),i=\(iterations)"
        signed = "\(parts[2]),\(reply)"
        return reply
    }

    /// Takes the client's proof; gives who it is and the server's own proof, or `nil`.
    func verify(_ message: String) -> (name: String, reply: String)? {
        guard let proofAt = message.range(of: ",p=") else { return nil }
        let attributes = Self.attributes(message[...])
        // librdkafka before 2.6.1 puts its own nonce before the whole one once more. Kafka's brokers take that, and
        // nothing is lost by it: the proof covers what was sent, and our nonce is in it.
        guard let binding = attributes["c"], Data(base64Encoded: binding) == Data(gs2Header.utf8),
            attributes["r"]?.hasSuffix(fullNonce) == true,
            let proof = attributes["p"].flatMap({ Data(base64Encoded: $0) }).map({ [UInt8]($0) }),
            proof.count == 32, let credential
        else { return nil }
        let text = Array("\(signed),\(message[..<proofAt])".utf8)
        let signature = ScramCredential.mac(credential.storedKey, text)
        let clientKey = zip(proof, signature).map { $0 ^ $1 }
        guard ScramCredential.areEqual(Array(SHA256.hash(data: clientKey)), credential.storedKey) else { return nil }
        return (name, "v=" + Data(ScramCredential.mac(credential.serverKey, text)).base64EncodedString())
    }

    /// "a=x,b=y" as a dictionary of one-letter names; the first of two wins.
    private static func attributes(_ text: Substring) -> [String: String] {
        var found: [String: String] = [:]
        for part in text.split(separator: ",") where part.dropFirst().first == "=" {
            let name = String(part.prefix(1))
            if found[name] == nil { found[name] = String(part.dropFirst(2)) }
        }
        return found
    }

    /// "=2C" is a comma and "=3D" an equals sign in a name; any other "=" is wrong.
    private static func unescaped<T: StringProtocol>(_ text: T) -> String? {
        var name = ""
        for (index, piece) in text.split(separator: "=", omittingEmptySubsequences: false).enumerated() {
            if index == 0 {
                name += piece
            } else if piece.hasPrefix("2C") {
                name += "," + piece.dropFirst(2)
            } else if piece.hasPrefix("3D") {
                name += "=" + piece.dropFirst(2)
            } else {
                return nil
            }
        }
        return name
    }
}

extension String {
    /// The first occurrence of `text`, or `nil`.
    fileprivate func range(of text: String) -> String.Index? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) { return place }
            place = index(after: place)
        }
        return nil
    }
}
