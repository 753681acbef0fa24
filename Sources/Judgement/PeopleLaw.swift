import PartyCore
import Topology
import Vocabulary

/// What the parties must say to each other of what happens to people, once nothing is on its way: MoH has taken in what C06
/// has reported, and the localities what MoH has handed on and counted. Of a party that somebody else runs nothing is compared.
struct PeopleLaw {
    private let topology: Topology
    private let outside: Set<String>

    init(_ topology: Topology, outside: Set<String> = []) {
        self.topology = topology
        self.outside = outside
    }

    /// Where they do not agree, in words.
    /// - Parameter figures: Of all shards of a party together.
    func violations(_ figures: (String) -> OwnFigures) -> [String] {
        func agree(
            _ what: String, _ kind: MessageType, _ field: KeyPath<CivilFigures, Int64>, readers: [String]? = nil
        ) -> String? {
            guard let topic = topology.topic(carrying: kind), outside.isDisjoint(with: topic.writers + topic.readers)
            else { return nil }
            let told = topic.writers.reduce(0) { $0 + figures($1).civil[keyPath: field] }
            let readers = readers ?? topic.readers
            let heard = readers.reduce(0) { $0 + figures($1).civil[keyPath: field] }
            let names = [topic.writers, readers].map { $0.joined(separator: ", ") }
            return told == heard ? nil : "\(what) differ: \(names[0]) \(told), \(names[1]) \(heard)"
        }
        return [
            agree("changes of people", .civilStatus, \.changes),
            agree("handovers", .bookHandover, \.handovers, readers: topology.bookLocalities.map(\.name)),
            differentCoverage(figures),
        ].compactMap(\.self)
    }

    /// How many residents have a book: each locality has what MoH has told it.
    private func differentCoverage(_ figures: (String) -> OwnFigures) -> String? {
        guard let topic = topology.topic(carrying: .provinceCoverage), outside.isDisjoint(with: topic.writers) else {
            return nil
        }
        let told = OwnFigures.total(topic.writers.map(figures)).coverage.provinces
        for locality in topology.parties(role: .locality) where !outside.contains(locality.name) {
            let heard = figures(locality.name).coverage.provinces
            let wanted = told.filter { locality.servedProvinces?.contains($0.key) ?? true }
            if heard != wanted {
                let provinces = Set(wanted.keys).union(heard.keys).filter { wanted[$0] != heard[$0] }.sorted()
                return "counts of residents with a book differ: \(topic.writers.joined(separator: ", ")) and "
                    + "\(locality.name), of \(provinces.joined(separator: ", "))"
            }
        }
        return nil
    }
}
