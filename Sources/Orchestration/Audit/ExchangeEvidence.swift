public import Audit
import ExchangeSchema
import Foundation
import PartyStore
import Topology

/// `cycle audit`: the evidence in the data directory of an exchange that is not running.
public struct ExchangeEvidence {
    let layout: ExchangeLayout
    let subjects: [AuditSubject]
    let record: ExchangeRecord

    /// Looks at a directory, and changes nothing.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, one of another version, or one that is running.
    public init(layout: ExchangeLayout) throws {
        guard let record = try layout.record() else {
            throw ProgramFailure("\(layout.directory) holds no exchange; check the path")
        }
        guard !layout.isInUse else {
            throw ProgramFailure(
                "\(layout.directory) is in use; end the exchange with: cycle down --data \(layout.directory)")
        }
        self.layout = layout
        self.record = record
        let topology = try ExchangeFiles.topology(at: layout.topologyPath)
        subjects = topology.parties.map { party in
            AuditSubject(
                party: party, topology: topology, directory: layout.partyDirectory(party.name),
                evidenceDirectory: layout.evidenceDirectory)
        }
    }

    /// Verifies everything.
    /// - Throws: `StoreError` when a party's directory is in use or of another version.
    public func verify() throws -> AuditReport {
        try audit.verify()
    }

    /// All parties, to be verified and counted.
    var audit: ExchangeAudit {
        // An exchange that stays takes visits from whoever brings them; a run has its own facility only.
        let outside: Set<MessageType> = record.purpose == .up ? [.facilityRecord] : []
        return ExchangeAudit(data: layout.directory, subjects: subjects, outside: outside)
    }

    /// One record through all parties.
    /// - Throws: ``ProgramFailure`` when the identifier is malformed or no journal knows the record; `StoreError`.
    public func trace(_ record: String) throws -> RecordTrace {
        guard let identifier = RecordIdentifier(record) else {
            throw ProgramFailure("'\(record)' is no record identifier: a UUID in 36 characters is")
        }
        let trace = try RecordTrace(identifier, subjects: subjects)
        guard !trace.steps.isEmpty else { throw ProgramFailure("no journal in \(layout.directory) knows \(record)") }
        return trace
    }
}
