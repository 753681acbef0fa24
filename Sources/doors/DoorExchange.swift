import Composition
import Foundation
import Supervision
import Topology
import Vocabulary

/// The exchange that the doors belong to: where its parties take commands, and where the doors keep what is theirs.
struct DoorExchange {
    let layout: ExchangeLayout
    private let topology: Topology

    /// - Throws: `ProgramFailure` when the directory holds no exchange.
    init(data: String) throws {
        layout = ExchangeLayout(data)
        topology = try ExchangeControl(layout: layout).topology()
    }

    /// Where the inbox of the party with a role can be; of several parties the first one of the topology.
    /// - Throws: `ProgramFailure` when there is none.
    func inboxes(of role: PartyRole) throws -> [String] {
        guard let party = topology.parties.first(where: { $0.role == role }) else {
            throw ProgramFailure("the topology of \(layout.directory) has no party with the role \(role.rawValue)")
        }
        return topology.shards.filter { $0.party == party.name }.map { layout.directory(of: $0) }
    }

    /// A file in the doors' own directory, which only their user may read.
    /// - Throws: `ProgramFailure` when the directory cannot be made.
    func file(_ name: String) throws -> String {
        do {
            try FileManager.default.createDirectory(
                atPath: layout.doorsDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw ProgramFailure("cannot make \(layout.doorsDirectory): \(error.localizedDescription)")
        }
        return layout.doorsDirectory + "/" + name
    }
}
