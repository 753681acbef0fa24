import Vocabulary

/// Checks that several instances of a party can share its work: each has the records of some partitions, so all that is
/// about one record must reach it with the same partition number.
enum InstanceRules {
    static func check(_ party: PartyDraft, _ draft: TopologyDraft) {
        guard let name = party.name?.value, let instances = party.instances, instances.value > 1 else { return }
        let path = instances.source.path
        let reads = draft.topics.filter { $0.readerNames.contains(name) }
        for topic in reads {
            guard let kind = topic.carries?.value, let title = topic.name?.value else { continue }
            switch kind.key {
            case .recordIdentifier:
                guard let partitions = topic.partitions?.value, partitions > Shard.most else { continue }
                instances.source.report(
                    found: "\(path) is \(instances.value), and \(title) has \(partitions) partitions",
                    expected: "1, or at most \(Shard.most) partitions: each has a store of its own")
                return
            case .agreementName: continue
            case .citizenNumber, .facilityCode, .provinceCode:
                instances.source.report(
                    found: "\(path) is \(instances.value), but \(name) reads \(title), which is not keyed by record id",
                    expected: "1, for instances share what is keyed by record id")
                return
            }
        }
        let processes = (1...instances.value).map { "\(name)-\($0)" }
        for other in draft.parties.compactMap(\.name) where processes.contains(other.value) {
            other.source.report(
                found: "\(other.source.path) is \(other.value), the name of an instance of \(name)",
                expected: "another name")
        }
    }
}
