import ArgumentParser
import ExchangeSchema
import Operations
import Supervision

/// Takes visits back.
struct WithdrawVisit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take back visits that are on their way or shared, for good.",
        discussion: """
            Every party that knows the visit is told so, without any of its contents; the reason goes to MoH, who keeps the \
            book, and no further. The visit leaves the book's present and stays in its history. What is refused, was never \
            sent, or was withdrawn before is left as it is, and a line says so. \
            Exit codes: 0 all withdrawn; 1 some were not; 2 it could not run; 64 wrong usage.
            """)

    @Argument(help: "MA_LK of each visit.")
    var visits: [String]

    @Option(help: "Why; 1 to 500 characters, which MoH can read.")
    var reason: String

    @Option(help: "MA_CSKCB of the facility that sent them; by default what each MA_LK begins with.")
    var facility: String?

    @Option(help: "The data directory of the exchange, or that of a facility started by hand.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    func validate() throws {
        if visits.isEmpty { throw ValidationError("give the MA_LK of at least one visit") }
        if reason.isBlank || reason.unicodeScalars.count > 500 {
            throw ValidationError("--reason is 1 to 500 characters, and not blank")
        }
        for visit in visits where facility == nil && Self.code(visit) == nil {
            throw ValidationError(
                "\(PrintableText.escaped(visit)) does not begin with the code of a facility; give --facility")
        }
        if let unseen = PrintableText.unseenCharacter(in: reason) { throw ValidationError("--reason: \(unseen)") }
    }

    private static func code(_ visit: String) -> String? {
        (try? FacilityCode(parsing: String(visit.prefix(5)))).map(\.description)
    }

    func run() throws {
        let named = visits.map { (facility: facility ?? Self.code($0) ?? "", episode: $0) }
        try VisitTakingBack(visits: named, reason: reason, data: data, party: party).run()
    }
}
