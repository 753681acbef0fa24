public import PartyRuntime
public import Topology

extension ExchangeLayout {
    /// Directory of one store of a party: the party's own or, where instances share the work, one in it.
    public func directory(of shard: Shard) -> String { shard.directory(in: partyDirectory(shard.party)) }

    /// What the stores of a party say of themselves; those that have said nothing yet are missing.
    public func reports(of party: Party, in topology: Topology) -> [StatusReport] {
        topology.shards(of: party).compactMap { StatusReport(directory: directory(of: $0)) }
    }

    /// What a party says of itself, its shards together; nil when it has said nothing yet.
    /// - Parameter running: Processes that run now: a shard whose last word is another's waits for a new owner, and is
    ///   not idle. Nil where that is not asked.
    public func status(of party: Party, in topology: Topology, running: Set<Int32>? = nil) -> StatusReport? {
        status(of: party, in: topology, reports(of: party, in: topology), running: running)
    }

    func status(
        of party: Party, in topology: Topology, _ reports: [StatusReport], running: Set<Int32>?
    ) -> StatusReport? {
        guard party.instances > 1 else { return reports.first }
        guard var status = StatusReport.merged(party: party.name, reports) else { return nil }
        let isWhole = reports.count == topology.shards(of: party).count
        if !isWhole || !reports.allSatisfy({ running?.contains($0.process) ?? true }) { status.isIdle = false }
        return status
    }
}
