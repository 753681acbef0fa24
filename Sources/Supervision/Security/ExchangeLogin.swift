import Composition
import Foundation
public import KafkaClient

/// How the programs of an exchange log in at its broker: one file of librdkafka settings for all, or a directory with
/// `NAME.properties` for each party, the auditor and `cycle`.
public struct ExchangeLogin: Sendable, Equatable {
    /// The file or directory; nil where the broker asks nobody who he is.
    public var path: String?

    /// Takes the path, which need not exist.
    public init(path: String?) { self.path = path }

    /// Path of a user's settings; nil where there are none.
    /// - Throws: ``ProgramFailure`` when there is no such file.
    public func settingsPath(of user: String) throws -> String? {
        guard let path else { return nil }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw ProgramFailure(
                "there is no \(path); --kafka-config takes a file, or a folder with a file for each user")
        }
        guard isDirectory.boolValue else { return path }
        let own = "\(path)/\(user).properties"
        guard FileManager.default.fileExists(atPath: own) else {
            throw ProgramFailure(
                "\(path) has no \(user).properties; make it with: cycle topology users --directory \(path)"
            )
        }
        return own
    }

    /// Settings of a user's client.
    /// - Throws: ``ProgramFailure`` when the user's file is missing or cannot be read.
    public func settings(of user: String, bootstrapServers: String) throws -> KafkaSettings {
        var settings = KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: user)
        if let path = try settingsPath(of: user) { settings.extra = try ClientSettingsFile.read(path) }
        return settings
    }
}
