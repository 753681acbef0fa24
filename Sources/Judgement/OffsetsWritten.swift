import Composition
import KafkaClient
import Supervision
import Topology

extension RunningExchange {
    /// Offsets up to which the broker has records: once all parties are at rest, the auditor has read everything when
    /// `StatusReport.offsetsRead` is as much.
    ///
    /// - Returns: nil while the broker does not answer.
    func offsetsWritten() -> Int64? {
        do {
            let admin = try KafkaAdmin(settings: try settings())
            defer { admin.close() }
            return try WrittenOffsets.sum(setup.topology, admin)
        } catch {
            return nil
        }
    }
}
