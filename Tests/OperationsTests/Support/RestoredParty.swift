import Audit
import Foundation
import Operations
import Supervision
import Testing

/// A party's directory that is lost comes back from a copy, and from an older one it does not.
struct RestoredParty {
    private let data: String

    /// - Parameter data: The data directory of a finished exchange with an auditor.
    init(_ data: String) { self.data = data }

    private func restore(_ copy: ExchangeCopy, from source: String) throws -> PartyRestoration.Outcome {
        try PartyRestoration(layout: ExchangeLayout(copy.data), party: "vss", from: source).run(purpose: "a test")
    }

    /// What was signed last is in the copy: nothing is lost.
    func expectLostDirectoryToComeBack() throws {
        let copy = try ExchangeCopy(data)
        defer { copy.remove() }
        try copy.delete("vss")
        #expect(try !copy.verify().holds)
        let outcome = try restore(copy, from: data)
        #expect(outcome.obstacles == [] && outcome.text.hasPrefix("vss is restored from \(data)/vss with "))
        let report = try copy.verify()
        #expect(report.holds, "\(report.findings.map(\.line))")
        // A directory that is there is kept beside, and one alone is a copy too.
        #expect(
            try restore(copy, from: data + "/vss").text.contains(
                "its old directory is \(copy.data)/vss.before-restore-"))
        #expect(try copy.verify().holds)
    }

    /// What others have cosigned since cannot be taken back.
    func expectOlderCopyToBeRefused() throws {
        let (copy, older) = (try ExchangeCopy(data), try ExchangeCopy(data))
        defer {
            copy.remove()
            older.remove()
        }
        try older.alter("vss", "DELETE FROM journal WHERE first > (SELECT max(first) / 2 FROM journal)")
        let outcome = try restore(copy, from: older.data)
        #expect(outcome.obstacles.contains { $0.hasPrefix("rolledBack: vss, leaf ") && $0.contains("its end is gone") })
        #expect(outcome.obstacles.contains { $0.contains("would be a second history of vss") })
        #expect(outcome.text.contains("nothing was changed"))
        #expect(try copy.verify().holds)
    }

    /// What the copy has to read on from must be at the broker.
    func expectLostTopicToBeNamed() throws {
        let copy = try ExchangeCopy(data)
        defer { copy.remove() }
        for partition in try FileManager.default.contentsOfDirectory(atPath: copy.data + "/broker/topics")
        where partition.hasPrefix("moh.records-") {
            try copy.delete("broker/topics/\(partition)")
        }
        let obstacles = try restore(copy, from: data).obstacles
        #expect(obstacles.contains { $0.hasPrefix("the broker has no moh.records/") }, "\(obstacles)")
    }
}
