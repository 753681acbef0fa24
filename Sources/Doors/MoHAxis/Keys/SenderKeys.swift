import DoorHouse
import Foundation
import PartyStore
import _CryptoExtras

/// The key pairs that MoH issues: one to each account, and the axis's own (Decision 2062/QD-BYT, Annex 02, section 4). They are
/// made at the first start, RSA of 2,048 bits.
struct SenderKeys: Sendable {
    /// Public keys by the names of the accounts.
    let senders: [String: _RSA.Signing.PublicKey]
    /// The axis's own key, which signs replies.
    let own: _RSA.Signing.PrivateKey

    /// Reads the keys, and makes those that are missing.
    /// - Parameter directory: For keys that the settings give no place; made of mode 0700.
    /// - Throws: ``HouseError`` when a key cannot be read or written.
    init(_ accounts: [AxisAccount], directory: String) throws(HouseError) {
        do {
            try SecretFile.makeDirectory(directory, mode: 0o700)
        } catch {
            throw HouseError("\(error)")
        }
        own = try Self.pair(privatePath: directory + "/axis.key.pem", publicPath: Self.publicPath(in: directory))
        var senders: [String: _RSA.Signing.PublicKey] = [:]
        for account in accounts {
            let account = account.withKeyFiles(in: directory)
            guard let privatePath = account.privateKeyFile, let publicPath = account.publicKeyFile else { continue }
            senders[account.username] = try Self.publicKey(privatePath: privatePath, publicPath: publicPath)
        }
        self.senders = senders
    }

    /// Where the axis's own public key lies.
    static func publicPath(in directory: String) -> String { directory + "/axis.pub.pem" }

    private static func publicKey(
        privatePath: String, publicPath: String
    ) throws(HouseError) -> _RSA.Signing.PublicKey {
        guard let text = FileManager.default.contents(atPath: publicPath) else {
            return try pair(privatePath: privatePath, publicPath: publicPath).publicKey
        }
        do {
            return try _RSA.Signing.PublicKey(pemRepresentation: String(decoding: text, as: UTF8.self))
        } catch {
            throw HouseError(
                "\(publicPath) is no public RSA key of 2,048 bits or more in PEM; remove it to have one made")
        }
    }

    private static func pair(privatePath: String, publicPath: String) throws(HouseError) -> _RSA.Signing.PrivateKey {
        do {
            let key: _RSA.Signing.PrivateKey
            if let text = FileManager.default.contents(atPath: privatePath) {
                key = try _RSA.Signing.PrivateKey(pemRepresentation: String(decoding: text, as: UTF8.self))
            } else {
                key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
                try SecretFile.write(Array((key.pkcs8PEMRepresentation + "\n").utf8), to: privatePath, mode: 0o600)
            }
            try SecretFile.write(Array((key.publicKey.pemRepresentation + "\n").utf8), to: publicPath, mode: 0o644)
            return key
        } catch let error as StoreError {
            throw HouseError("\(error)")
        } catch {
            throw HouseError(
                "\(privatePath) is no private RSA key of 2,048 bits or more in PEM; remove it to have one made")
        }
    }
}

extension AxisAccount {
    /// With the places of both keys.
    func withKeyFiles(in directory: String) -> AxisAccount {
        var account = self
        account.privateKeyFile = privateKeyFile ?? "\(directory)/\(username).key.pem"
        account.publicKeyFile = publicKeyFile ?? "\(directory)/\(username).pub.pem"
        return account
    }
}

extension AxisSettings {
    /// The same with the places of all keys, as `doors.json` names them.
    public func withKeyFiles(in directory: String) -> AxisSettings {
        var settings = self
        settings.accounts = accounts.map { $0.withKeyFiles(in: directory) }
        return settings
    }
}
