import CRdKafka

extension KafkaAdmin {
    /// The identifier that the cluster gave itself when it was made: it names the data behind an address.
    /// - Throws: `KafkaError` when the broker does not answer in time.
    public func clusterIdentifier(timeoutMilliseconds: Int = 5_000) throws(KafkaError) -> String {
        guard let text = unsafe rd_kafka_clusterid(handle.pointer, Int32(clamping: timeoutMilliseconds)) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, detail: "asking the broker for its cluster identifier")
        }
        defer { unsafe rd_kafka_mem_free(handle.pointer, text) }
        return unsafe String(cString: text)
    }
}
