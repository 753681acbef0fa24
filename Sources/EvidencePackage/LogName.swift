import PartyStore
import TransparencyLog

/// Names of logs, as a package has them: those of the parties, which with the exchange make the log's.
enum LogName {
    /// Name of a party's log.
    static func origin(_ party: String, _ exchange: String) -> ExactText {
        JournalKey.origin(StoreIdentity(party: party, exchange: exchange))
    }

    /// Whose log it is.
    static func party(_ origin: ExactText) -> String {
        origin.string.split(separator: "/").last.map(String.init) ?? origin.string
    }

    /// What the names of all logs of an exchange begin with.
    static func folder(of exchange: String) -> String { origin("", exchange).string }
}
