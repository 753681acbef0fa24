import Audit
import Composition
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
public import Supervision

/// `cycle audit restore`: a party's directory from a copy of it, of an exchange that is not running, where no second history comes of
/// it. What the party has not read since, it reads from the broker when it is started.
public struct PartyRestoration {
    /// What has come of it.
    public struct Outcome: Sendable, Equatable {
        /// Why the copy cannot take the directory's place, a line each; empty when it has.
        public var obstacles: [String]
        /// What has happened, for people.
        public var text: String
    }

    private let layout: ExchangeLayout
    private let evidence: ExchangeEvidence
    private let subject: AuditSubject
    private let copy: String

    /// Looks at the exchange and at the copy, and changes nothing.
    /// - Parameter copy: A copy of the party's directory, or of the whole exchange.
    /// - Throws: ``ProgramFailure`` when the directory holds no exchange, or one that is running, there is no such party, or no
    ///   store in the copy.
    public init(layout: ExchangeLayout, party: String, from copy: String) throws {
        _ = try layout.stoppedRecord()
        evidence = try ExchangeEvidence(layout: layout)
        guard let subject = evidence.subjects.first(where: { $0.party == party }) else {
            let names = evidence.subjects.map(\.party).joined(separator: ", ")
            throw ProgramFailure("there is no party \(party) that could be restored; there is \(names)")
        }
        let inside = copy + subject.directory.dropFirst(layout.directory.count)
        guard let found = [copy, inside].first(where: { StoreInspection.isPossible(directory: $0) }) else {
            throw ProgramFailure("\(copy) holds no copy of \(party): neither there nor in \(inside) is a party.sqlite")
        }
        self.layout = layout
        self.subject = subject
        self.copy = found
    }

    /// Puts the copy in the directory's place, if nothing speaks against it.
    /// - Parameter purpose: Why, for the auditor's log.
    /// - Throws: `StoreError`; ``ProgramFailure`` when files cannot be moved or copied: then the old directory is where it was, or beside.
    public func run(purpose: String) throws -> Outcome {
        let obstacles = try obstacles()
        guard obstacles.isEmpty else {
            return Outcome(
                obstacles: obstacles,
                text: "\(subject.party) cannot be restored from \(copy); nothing was changed:\n"
                    + obstacles.map { "  \($0)" }.joined(separator: "\n"))
        }
        try AccessNote.note(action: "restore", subject: subject.party, purpose: purpose, layout: layout)
        // Held so that nobody starts the exchange meanwhile.
        let lock = try layout.lock()
        defer { withExtendedLifetime(lock) {} }
        let beside = "\(subject.directory).before-restore-\(Int64(Date().timeIntervalSince1970 * 1_000))"
        let hadDirectory = FileManager.default.fileExists(atPath: subject.directory)
        do {
            if hadDirectory { try FileManager.default.moveItem(atPath: subject.directory, toPath: beside) }
            try FileManager.default.createDirectory(atPath: subject.directory, withIntermediateDirectories: true)
            let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
            for name in try FileManager.default.contentsOfDirectory(atPath: copy) where !Self.ofAProcess.contains(name)
            {
                try FileManager.default.copyItem(atPath: "\(copy)/\(name)", toPath: "\(subject.directory)/\(name)")
            }
            if let mode {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: subject.directory)
            }
        } catch {
            throw ProgramFailure(
                "cannot put \(copy) in the place of \(subject.directory): \(error.localizedDescription)"
                    + (hadDirectory ? " The old directory is \(beside)." : ""))
        }
        let leaves = try StoreInspection(directory: subject.directory).progress.nextSequence
        return Outcome(
            obstacles: [],
            text: "\(subject.party) is restored from \(copy) with \(leaves) leaves"
                + (hadDirectory ? "; its old directory is \(beside)" : "")
                + ". The next cycle up has it read on from there")
    }

    /// What belongs to a process that runs, and is made anew.
    private static let ofAProcess: Set<String> = ["inbox", "lock", "status.json"]

    /// Faults of a log, a key or a store: with any of them in the copy, to go on would be a second history, or no history at all. What
    /// else verification finds of an older copy is what it has not read and sent yet.
    private static let forbidding: Set<AuditFinding.Kind> = [
        .unreadable, .gap, .malformedLeaf, .rootMismatch, .badCheckpoint, .rolledBack, .splitView, .cosignature,
        .unsigned, .key,
        .frontier, .tile, .outbox, .ledger,
    ]

    private func obstacles() throws -> [String] {
        var placed = subject
        placed.directory = copy
        let subjects = evidence.subjects.map { $0.party == subject.party ? placed : $0 }
        let report = try evidence.audit(of: subjects).verify()
        let store = try StoreInspection(directory: copy)
        var found = report.findings.filter { $0.party == subject.party && Self.forbidding.contains($0.kind) }.map(
            \.line)
        if store.isLive { found.append("a process works on \(copy): copy the directory while nothing runs") }
        if report.findings.contains(where: { $0.party == subject.party && $0.kind == .rolledBack }) {
            found.append(
                "the leaves from \(store.progress.nextSequence) on are in no other log: to go on from here would be a second "
                    + "history of \(subject.party). Take a newer copy, or put the copy of the whole exchange in its place"
            )
        }
        return found + (try unread(store))
    }

    /// Where the exchange's own broker has no more what the copy has to read next.
    private func unread(_ store: StoreInspection) throws -> [String] {
        guard evidence.record.ownsBroker else { return [] }
        let files = BrokerFiles(layout: layout)
        return try store.progress.offsets.sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }.flatMap {
            read in
            let place = "\(read.topic)/\(read.partition)"
            guard let partition = try files.read(topic: read.topic, partition: read.partition, { _ in }) else {
                return ["the broker has no \(place) any more, which the copy has read up to offset \(read.next)"]
            }
            var found: [String] = []
            if partition.start > read.next {
                found.append(
                    "the broker has deleted \(place), offsets \(read.next) to \(partition.start - 1), which the copy has not read"
                )
            }
            if partition.end < read.next {
                found.append(
                    "the broker's \(place) ends at offset \(partition.end), and the copy has read up to \(read.next)")
            }
            return found
                + partition.gaps.filter { ($0.next ?? .max) > read.next }.map {
                    "the broker's \(place) is damaged from offset \($0.first) on, where the copy has to read: \($0.text)"
                }
        }
    }
}
