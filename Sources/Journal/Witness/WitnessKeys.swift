import TransparencyLog

/// The keys of other logs that a party believes: what is published for all, where something is; otherwise
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
    private let published: (any PublishedKeys)?
    /// The parties by the names of their logs.
    private let parties: [ExactText: String]

    init(believed: [KeyList], published: (any PublishedKeys)?, parties: [ExactText: String]) {
        lists = Dictionary(believed.map { ($0.origin, $0) }) { $1 }
        self.published = published
        self.parties = parties
    }

    subscript(origin: ExactText) -> KeyList? { lists[origin] }

    var believed: [KeyList] { Array(lists.values) }

    /// Looks for what is published of a log whose keys are not known yet.
    mutating func lookUp(_ origin: ExactText) -> Outcome {
        guard lists[origin] == nil else { return .known }
        guard let found = list(origin) else { return .refused("no key of \(origin) is known yet") }
        return take(found, "as published in \(published?.place ?? "")")
    }

    /// Looks for what is published of a log by now; nil when that is nothing.
    mutating func lookUpLatest(_ origin: ExactText) -> Outcome? {
        list(origin).map { take($0, "as published in \(published?.place ?? "")") }
    }

    /// Takes what a log announces.
    mutating func take(_ announced: KeyList) -> Outcome {
        guard let found = list(announced.origin) else {
            return take(announced, "announced, and trusted on first use")
        }
        guard found.continues(announced) || announced.continues(found) else {
            return .refused("the keys announced of \(announced.origin) are not those in \(published?.place ?? "")")
        }
        return take(found, "as published in \(published?.place ?? "")")
    }

    private mutating func take(_ list: KeyList, _ why: String) -> Outcome {
        if let known = lists[list.origin] {
            if known.continues(list) { return .known }
            // Its signatures are those of its newest two keys, so one of them must be the one believed.
            guard list.continues(known), list.entries.count == known.entries.count + 1 || self.list(list.origin) == list
            else {
                return .refused("the keys shown of \(list.origin) do not continue \(known.newest), which is believed")
            }
        }
        lists[list.origin] = list
        return .believed("\(list.newest): \(why)")
    }

    private func list(_ origin: ExactText) -> KeyList? {
        guard let published, let party = parties[origin], let list = published.keys(of: party), list.origin == origin
        else { return nil }
        return list
    }
}
