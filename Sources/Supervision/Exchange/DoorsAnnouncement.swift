import Composition
import Foundation

/// What `doors.json` says for people and programs once the doors are open.
struct DoorsAnnouncement: Decodable {
    var address: String
    /// Method and path, by the name of the dialect.
    var paths: [String: [String]]
    /// By the name of the dialect.
    var testAccounts: [String: [Account]]

    struct Account: Decodable {
        var username: String
        var password: String
        var purpose: String
    }

    /// - Throws: ``ProgramFailure`` when it cannot be read.
    init(_ layout: ExchangeLayout) throws {
        guard let data = FileManager.default.contents(atPath: layout.doorsPath),
            let read = try? JSONDecoder().decode(DoorsAnnouncement.self, from: data)
        else { throw ProgramFailure("\(layout.doorsPath) cannot be read; use programs of one version") }
        self = read
    }

    /// A line each.
    var lines: [String] {
        var lines = ["doors \(address)", "how to plug in \(address)/plug-in"]
        for (dialect, paths) in paths.sorted(by: { $0.key < $1.key }) {
            lines += paths.map { "\(dialect) \($0)" }
            for account in testAccounts[dialect] ?? [] {
                lines.append(
                    "\(dialect) account \(account.username) password \(account.password) for \(account.purpose)")
            }
        }
        return lines
    }
}
