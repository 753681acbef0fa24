import Vocabulary

/// Checks that the residents of each province are served by exactly one locality: otherwise an entry of the book would be
/// taken in by nobody and its record never be done, or be taken in twice.
enum ProvinceRules {
    static func check(_ draft: TopologyDraft) {
        let readers = draft.topics.first { $0.carries?.value == .bookEntry }?.readerNames ?? []
        var localities: [PartyDraft] = []
        for party in draft.parties {
            if party.role == .locality {
                // One that reads no entries is refused for that.
                if let name = party.name?.value, readers.contains(name) { localities.append(party) }
            } else if let provinces = party.provinces, let role = party.role {
                provinces.source.report(
                    found: "\(provinces.source.path) is given to the role \(role.rawValue)",
                    expected: "provinces of a locality only")
            }
        }
        if localities.count > 1 || localities.contains(where: { $0.provinces != nil }) { servedOnce(localities) }
    }

    private static func servedOnce(_ localities: [PartyDraft]) {
        var served: [String: (by: String, line: Int)] = [:]
        var isComplete = true
        for locality in localities {
            guard let name = locality.name?.value else { return }
            guard let provinces = locality.provinces else {
                locality.source.report(
                    found: "\(locality.source.path) serves every province, and so do others with it",
                    expected: "provinces: a list, where there are several localities")
                isComplete = false
                continue
            }
            if provinces.source.isEmptyList {
                provinces.source.report(found: "\(provinces.source.path) is empty", expected: "at least one province")
            }
            for code in provinces.value {
                guard ProvinceCode.all.contains(code.value) else {
                    isComplete = false
                    code.source.report(
                        found: "\(code.source.path) is \(YAMLValue.cut(code.value)), which is no province",
                        expected: "two digits of Decision 19/2025/QD-TTg, one of "
                            + ProvinceCode.all.joined(separator: ", "))
                    continue
                }
                if let earlier = served[code.value] {
                    code.source.report(
                        found: "\(code.source.path) is \(code.value), which \(earlier.by) serves already (line "
                            + "\(earlier.line))",
                        expected: "each province at one locality")
                } else {
                    served[code.value] = (name, code.source.location.line)
                }
            }
        }
        let missing = ProvinceCode.all.filter { served[$0] == nil }
        guard isComplete, !missing.isEmpty, let last = localities.last?.provinces else { return }
        last.source.report(
            found: "nobody serves the provinces \(missing.joined(separator: ", ")), so that records of their residents "
                + "are never done: facility, moh, vss, c06 and moh pass them on, and no locality takes them in",
            expected: "all 34 provinces, each at one locality")
    }
}
