import Foundation
import PartyStore
import TransparencyLog

/// The keys of other logs that a party believes: what lies in the evidence directory, where there is one; otherwise
/// what a log first announced. Either way only what continues them is believed later.
struct WitnessKeys {
    /// What became of a list.
    enum Outcome: Equatable {
        case known
        /// Believed from now on; with why.
        case believed(String)
        /// Not believed; with why.
        case refused(String)
    }

    private var lists: [ExactText: KeyList]
    private let evidence: String?
    /// The parties by the names of their logs.
    private let parties: [ExactText: String]

    init(believed: [KeyList], evidence: String?, parties: [ExactText: String]) {
        lists = Dictionary(believed.map { ($0.origin, $0) }) { $1 }
        self.evidence = evidence
        self.parties = parties
    }

    subscript(origin: ExactText) -> KeyList? { lists[origin] }

    /// Looks into the evidence directory for a log whose keys are not known yet.
    mutating func lookUp(_ origin: ExactText) -> Outcome {
        guard lists[origin] == nil else { return .known }
        guard let found = published(origin) else { return .refused("no key of \(origin) is known yet") }
        return take(found, "as published in \(evidence ?? "")")
    }

    /// Takes what a log announces.
    mutating func take(_ announced: KeyList) -> Outcome {
        guard let found = published(announced.origin) else {
            return take(announced, "announced, and trusted on first use")
        }
        guard found.continues(announced) || announced.continues(found) else {
            return .refused("the keys announced of \(announced.origin) are not those in \(evidence ?? "")")
        }
        return take(found, "as published in \(evidence ?? "")")
    }

    private mutating func take(_ list: KeyList, _ why: String) -> Outcome {
        if let known = lists[list.origin] {
            if known.continues(list) { return .known }
            // Its signatures are those of its newest two keys, so one of them must be the one believed.
            guard list.continues(known), list.entries.count == known.entries.count + 1 || published(list.origin) == list
            else {
                return .refused("the keys shown of \(list.origin) do not continue \(known.newest), which is believed")
            }
        }
        lists[list.origin] = list
        return .believed("\(list.newest): \(why)")
    }

    private func published(_ origin: ExactText) -> KeyList? {
        guard let evidence, let party = parties[origin],
            let data = FileManager.default.contents(atPath: "\(evidence)/\(party).keys"),
            let list = try? KeyList(Array(data)), list.origin == origin
        else { return nil }
        return list
    }
}
