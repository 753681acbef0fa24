import Foundation
import Journal
import PartyStore
import TransparencyLog

/// What the parties say of each other's logs: who may cosign, what each saw of the others, and who was caught with two
/// histories.
struct SharedEvidence {
    /// Keys of all that publish theirs, the auditor among them where there is one.
    private(set) var witnesses: [TrustedWitnessKey] = []
    private var logs: [ExactText: KeyList] = [:]
    private var seen: [ExactText: [(by: String, note: SignedNote)]] = [:]
    private var views: [FoundSplitView] = []

    /// Reads the published keys and what the stores of the parties know.
    init(_ snapshot: ExchangeSnapshot, _ findings: inout FindingList) {
        for folder in Set(snapshot.parts.map(\.subject.evidenceDirectory)) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names.sorted() where name.hasSuffix(".keys") {
                // What is wrong with a party's list, PartyKeys says.
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                    let list = try? KeyList(Array(data))
                else { continue }
                logs[list.origin] = list
                witnesses += list.witnessKeys
            }
        }
        for part in snapshot.parts {
            do {
                for entry in try part.store.witness().witnessed {
                    seen[entry.origin, default: []].append((part.subject.party, entry.seen.note))
                }
                views += try part.store.splitViews()
            } catch {
                findings.add(.unreadable, part.subject.party, "what it saw of other logs: \(error)")
            }
        }
        // Of parties that run, only what was said before the stores were opened.
        if let earlier = snapshot.earlier.seen { seen = earlier }
    }

    /// The checkpoints of a log as the other parties cosigned them last.
    func seen(of origin: ExactText) -> [(by: String, note: SignedNote)] { seen[origin] ?? [] }

    /// Names who shows two histories, with both heads and who noticed.
    func judge(_ parties: [ExactText: String], _ findings: inout FindingList) {
        let groups = Dictionary(grouping: views, by: \.view.bytes)
        for same in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).map(\.value) {
            guard let view = same.first?.view else { continue }
            let party = parties[view.origin] ?? view.origin.string
            let finders = Set(same.map(\.finder)).sorted().joined(separator: ", ")
            let isProven = logs[view.origin].map { view.isProven(under: KeyPolicy(logs: $0.logKeys)) } == true
            findings.add(
                .splitView, party,
                "\(view)" + (isProven ? "; both are signed with its key" : "; by what was kept, not proven by itself")
                    + ", noticed by \(finders)")
        }
    }
}
