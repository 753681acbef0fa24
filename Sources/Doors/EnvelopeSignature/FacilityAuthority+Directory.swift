public import Foundation
import PartyStore

extension FacilityAuthority {
    /// The authority of an exchange, made where there is none yet: one file of mode 0600 with key and certificate.
    /// - Parameter directory: Where it lies; of mode 0700.
    /// - Throws: `StoreError` when it cannot be written, ``SignatureError/unreadableKey`` when it is damaged.
    public static func kept(in directory: String, now: Date) throws -> FacilityAuthority {
        if let kept = try existing(in: directory) { return kept }
        let authority = try FacilityAuthority(now: now)
        let credentials = try authority.credentials
        try SecretFile.makeDirectory(directory, mode: 0o700)
        try SecretFile.write(
            Array((credentials.key + "\n" + credentials.certificate + "\n").utf8), to: path(directory), mode: 0o600)
        return authority
    }

    /// The authority as it lies there; nil where there is none.
    /// - Throws: ``SignatureError/unreadableKey`` when it is damaged.
    public static func existing(in directory: String) throws -> FacilityAuthority? {
        guard let data = FileManager.default.contents(atPath: path(directory)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.range(of: "-----BEGIN CERTIFICATE-----"),
            let authority = try? FacilityAuthority(
                Credentials(key: String(text[..<end.lowerBound]), certificate: String(text[end.lowerBound...])))
        else { throw SignatureError.unreadableKey }
        return authority
    }

    static func path(_ directory: String) -> String { directory + "/authority.pem" }
}

extension FacilityAuthority.Credentials {
    /// Writes key (mode 0600) and certificate beside each other.
    /// - Throws: `StoreError` when one of the files cannot be written.
    public func write(key keyPath: String, certificate certificatePath: String) throws {
        try SecretFile.write(Array((key + "\n").utf8), to: keyPath, mode: 0o600)
        try SecretFile.write(Array((certificate + "\n").utf8), to: certificatePath, mode: 0o644)
    }
}
