import Composition
import DoorHouse
import Foundation
import PartyStore
import Supervision

/// `doors.json`: settings for the doors, and for programs the address, paths and accounts as they are now. A person may
/// change the settings; they count from the next start on.
struct DoorsFile: Codable {
    static let currentFormat = 1

    var format = Self.currentFormat
    var host = "127.0.0.1"
    /// The port that was taken first is kept, so that nobody has to be told another one.
    var port = 0
    var tls: HouseSettings.TLSFiles?
    var limits = HouseLimits()
    var dialects = Dialects()
    /// Written at each start.
    var address: String?
    var paths: [String: [String]]?
    var testAccounts: [String: [TestAccount]]?

    static func firstOne() -> DoorsFile {
        var file = DoorsFile()
        file.dialects = Dialects.firstOnes()
        return file
    }

    /// - Returns: Nil where there is none yet.
    /// - Throws: `ProgramFailure` when it cannot be read.
    static func read(_ layout: ExchangeLayout) throws -> DoorsFile? {
        guard let data = FileManager.default.contents(atPath: layout.doorsPath) else { return nil }
        do {
            let file = try JSONDecoder().decode(DoorsFile.self, from: data)
            guard file.format == currentFormat else {
                throw ProgramFailure(
                    "\(layout.doorsPath) has format \(file.format), this program reads \(currentFormat); remove it to have a "
                        + "new one made")
            }
            return file
        } catch let error as DecodingError {
            throw ProgramFailure(
                "\(layout.doorsPath) cannot be read: \(error); mend it, or remove it to have a new one made")
        }
    }

    /// Only its own user may read it: it has passwords.
    func write(_ layout: ExchangeLayout) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try SecretFile.write(Array(try encoder.encode(self)) + [0x0A], to: layout.doorsPath, mode: 0o600)
    }

    var house: HouseSettings {
        var settings = HouseSettings()
        settings.host = host
        settings.port = port
        settings.tls = tls
        settings.limits = limits
        return settings
    }

    func opened(at address: String, _ dialects: [any Dialect]) -> DoorsFile {
        var file = self
        file.address = address
        file.port = address.split(separator: ":").last.flatMap { Int($0) } ?? port
        file.paths = Dictionary(
            uniqueKeysWithValues: dialects.map { dialect in
                (dialect.name, dialect.routes.map { "\($0.method) \(dialect.basePath)\($0.path)" })
            })
        file.testAccounts = Dictionary(uniqueKeysWithValues: dialects.map { ($0.name, $0.guide.accounts) })
        return file
    }
}
