import Composition
import Foundation
import PartyStore
import Registers
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

    /// The facilities that MoH knows; nil where it takes records of any.
    /// - Throws: `ProgramFailure` when there is no exchange; what the register throws.
    func facilities() throws -> FacilityRegister? {
        try layout.requiredRecord().facilities(layout).map { try FacilityRegister($0.facilities) }
    }

    /// A secret of 32 bytes in the doors' own directory, made at the first start.
    /// - Throws: `ProgramFailure` when it is damaged; `StoreError` when it cannot be made.
    func secret(_ name: String) throws -> [UInt8] {
        let path = try file(name)
        if let data = FileManager.default.contents(atPath: path) {
            guard data.count == 32 else {
                throw ProgramFailure(
                    "\(path) is no secret of 32 bytes; restore it from a copy, or remove it: then all names are made anew"
                )
            }
            return Array(data)
        }
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255) }
        try SecretFile.write(bytes, to: path, mode: 0o600)
        return bytes
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
