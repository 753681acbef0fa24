import Topology
import Vocabulary

extension Topology {
    /// MoH sends records to VSS, which answers.
    static let small = Topology(
        name: "small", parties: [Party(name: "moh", role: .moh), Party(name: "vss", role: .vss)],
        topics: [
            Topic(name: "moh.records", carries: .acceptedRecord, partitions: 2, writers: ["moh"], readers: ["vss"]),
            Topic(name: "vss.assessments", carries: .assessment, partitions: 2, writers: ["vss"], readers: ["moh"]),
        ])
}
