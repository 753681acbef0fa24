import Composition
import Foundation
import Topology

/// An own broker that lets in only whom the topology names, and each only to his own topics. Its files lie in the
/// exchange's directory, under `security/`: `users` and `rules` for the broker, `NAME.properties` for each user.
public struct BrokerSecurity: Sendable, Codable, Equatable {
    /// PEM file of the broker's certificate and its chain; nil for connections without TLS.
    public var certificate: String?
    /// PEM file of its private key.
    public var key: String?
    /// PEM file of the authority that the clients trust; nil for the certificate itself.
    public var authority: String?

    /// Takes the three paths, and makes them absolute: later commands may be given elsewhere.
    public init(certificate: String? = nil, key: String? = nil, authority: String? = nil) {
        self.certificate = certificate.map(ExchangeFiles.absolute)
        self.key = key.map(ExchangeFiles.absolute)
        self.authority = authority.map(ExchangeFiles.absolute)
    }

    /// Makes what is missing of the files, and writes the rules anew.
    /// - Parameter broker: Path of the program `broker`, which alone knows how a password is kept.
    /// - Returns: Arguments of the broker.
    /// - Throws: ``ProgramFailure`` when a file cannot be made.
    func prepare(_ topology: Topology, layout: ExchangeLayout, broker: String) throws -> [String] {
        for path in [certificate, key, authority].compactMap({ $0 })
        where !FileManager.default.isReadableFile(atPath: path) {
            throw ProgramFailure("cannot read \(path); check that it exists and may be read")
        }
        let plan = AccessPlan(topology)
        let directory = layout.securityDirectory
        let files = UserFiles(directory: directory, usesTLS: certificate != nil, authority: authority ?? certificate)
        let users = try files.prepare(plan.principals)
        let (list, rules) = (directory + "/users", directory + "/rules")
        let isComplete = FileManager.default.fileExists(atPath: list) && !users.contains(where: \.isNew)
        if !isComplete { try Self.add(users, to: list, broker: broker) }
        try ClientSettingsFile.writePrivate(plan.brokerRules.map { $0 + "\n" }.joined(), to: rules)
        var arguments = ["--users", list, "--rules", rules]
        if let certificate, let key { arguments += ["--tls-certificate", certificate, "--tls-key", key] }
        return arguments
    }

    private static func add(_ users: [UserFiles.User], to list: String, broker: String) throws {
        let (input, errors) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: broker)
        process.arguments = ["--users", list] + users.flatMap { ["--add-user", $0.name] }
        process.standardInput = input
        process.standardError = errors
        do {
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(users.map { $0.password + "\n" }.joined().utf8))
            try input.fileHandleForWriting.close()
        } catch {
            throw ProgramFailure("cannot start \(broker): \(error.localizedDescription)")
        }
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ProgramFailure("cannot make the users of the broker: \(String(decoding: said, as: UTF8.self))")
        }
    }
}
