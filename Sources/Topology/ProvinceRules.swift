import Vocabulary

/// Checks that the residents of each province are served by exactly one locality, beside one that serves all: otherwise an
/// entry of the book would be taken in by nobody and its record never be done, or be taken in twice. And that each
/// locality is sent its own residents only.
enum ProvinceRules {
    static func check(_ draft: TopologyDraft) {
        for topic in draft.topics { keepsProvincesApart(topic, draft) }
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
        guard localities.count > 1 || localities.contains(where: { $0.provinces != nil }) else { return }
        for second in localities.filter(\.servesAll).dropFirst() {
            second.source.report(
                found: "\(second.source.path) serves every province, and another locality does so already",
                expected: "provinces: all of one locality only")
        }
        servedOnce(localities.filter { !$0.servesAll }, isServedBeside: localities.contains(where: \.servesAll))
    }

    /// A facility that reads the entries of the book reads those of every citizen. Files say so that were written before
    /// facilities had answers of their own, so they are told what to write.
    static func facilitiesReadNoBook(_ draft: TopologyDraft) -> Bool {
        var isSo = true
        for topic in draft.topics where topic.carries?.value == .bookEntry {
            for reader in topic.readers?.value ?? []
            where draft.parties.contains(where: { $0.name?.value == reader.value && $0.role == .facility }) {
                let writers = topic.writerNames.joined(separator: ", ")
                reader.source.report(
                    found:
                        "\(reader.source.path) is \(reader.value): a facility would read the entries of every citizen",
                    expected: "localities only, and for \(reader.value) a topic of answers about its own records: "
                        + "- { name: moh.answers, carries: sharingNotice, writers: [\(writers)], "
                        + "readers: [\(reader.value)] }")
                isSo = false
            }
        }
        return isSo
    }

    /// What all localities read, all could read of each other's residents.
    private static func keepsProvincesApart(_ topic: TopicDraft, _ draft: TopologyDraft) {
        guard let kind = topic.carries?.value, let name = topic.name?.value else { return }
        let localities = topic.readerNames.filter { reader in
            draft.parties.contains { $0.name?.value == reader && $0.role == .locality }
        }
        if topic.isPerProvince, localities.isEmpty {
            topic.source.report(
                found: "\(topic.source.path) has a topic for each province, and no locality reads them",
                expected: "perProvince on the topic that localities read")
        }
        if [.bookEntry, .bookHandover].contains(kind), !topic.isPerProvince, localities.count > 1 {
            topic.source.report(
                found:
                    "\(topic.source.path) is one topic for several localities, which would read each other's residents",
                expected:
                    "perProvince: true on \(name), which makes \(name).01, \(name).04 and so on of it, one topic for "
                    + "each province with its locality as only reader")
        }
    }

    private static func servedOnce(_ localities: [PartyDraft], isServedBeside: Bool) {
        var served: [String: (by: String, line: Int)] = [:]
        var isComplete = true
        for locality in localities {
            guard let name = locality.name?.value else { return }
            guard let provinces = locality.provinces else {
                locality.source.report(
                    found: "\(locality.source.path) serves every province, and so do others with it",
                    expected: "provinces: a list, where there are several localities, or provinces: all of one of them")
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
        guard isComplete, !isServedBeside, !missing.isEmpty, let last = localities.last?.provinces else { return }
        last.source.report(
            found: "nobody serves the provinces \(missing.joined(separator: ", ")), so that records of their residents "
                + "are never done: facility, moh, vss, c06 and moh pass them on, and no locality takes them in",
            expected: "all 34 provinces, each at one locality; or a locality with provinces: all beside them")
    }
}
