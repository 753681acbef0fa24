import Composition
import KafkaClient
import Supervision
import Topology

extension RunningExchange {
    /// Offsets up to which the broker has records, summed as `StatusReport.offsetsRead` is: once all parties are at rest,
    /// the auditor has read everything when the two are equal. What it says of itself is not enough: after the broker
    /// came back, or on a busy machine, it may have nothing to do and much to read.
    ///
    /// - Returns: nil while the broker does not answer.
    func offsetsWritten() -> Int64? {
        do {
            let admin = try KafkaAdmin(settings: try settings())
            defer { admin.close() }
            let topology = setup.topology
            return try topology.topicsToCreate.filter { !topology.audit.topics.contains($0.name) }.reduce(0) {
                try admin.ends(ofTopic: $1.name, partitions: $1.partitions, timeoutMilliseconds: 1_000).reduce($0, +)
            }
        } catch {
            return nil
        }
    }
}
