import Foundation

/// Who runs this process, as the system says it. Nothing is taken from the environment alone: `USER` and `LOGNAME` are
/// what a person likes to write there.
public struct CallingPerson: Sendable, Equatable {
    /// User identifier of the process.
    public var identifier: UInt32
    /// The user who became the one of ``identifier`` through sudo; nil otherwise.
    public var behind: UInt32?

    /// Who runs this process.
    public static var current: CallingPerson {
        let identifier = getuid()
        // Only root can be one whom sudo made; a plain user who sets the variable stays who he is.
        let named = identifier == 0 ? ProcessInfo.processInfo.environment["SUDO_UID"].flatMap { UInt32($0) } : nil
        return CallingPerson(identifier: identifier, behind: named ?? (identifier == 0 ? loginIdentifier : nil))
    }

    /// For the log: `an (uid 1000)`, `uid 1234` where the system has no name for it, and under sudo
    /// `root (uid 0) for an (uid 1000)`.
    public var text: String {
        let own = Self.text(identifier)
        guard let behind, behind != identifier else { return own }
        return "\(own) for \(Self.text(behind))"
    }

    /// The user who logged in, as the kernel keeps it through every change of user; nil where it keeps none.
    private static var loginIdentifier: UInt32? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/loginuid"),
            let number = UInt32(String(decoding: data, as: UTF8.self).filter(\.isNumber)), number != UInt32.max
        else { return nil }
        return number
    }

    private static func text(_ identifier: UInt32) -> String {
        name(identifier).map { "\($0) (uid \(identifier))" } ?? "uid \(identifier)"
    }

    /// The name in the system's list of users.
    private static func name(_ identifier: UInt32) -> String? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        return unsafe buffer.withUnsafeMutableBufferPointer { bytes in
            guard let base = bytes.baseAddress,
                unsafe getpwuid_r(identifier, &entry, base, bytes.count, &found) == 0, unsafe found != nil,
                let name = unsafe entry.pw_name
            else { return nil }
            return unsafe String(cString: name)
        }
    }
}
