import NIOCore

/// The producers' states at the moment a segment began, as a file `BASE.producers` beside it.
///
/// At recovery it is read and the batches of the last segment are noted on top; so a restart never walks the whole
/// log.
enum ProducerSnapshot {
    static func save(_ states: ProducerStates, to path: String, quota: DiskQuota?) throws(StorageError) {
        var content = ByteBufferAllocator().buffer(capacity: 64 + 128 * states.states.count)
        ChecksummedRecords.append(to: &content) { $0.integer(Int32(truncatingIfNeeded: states.states.count)) }
        for (producer, state) in states.states {
            ChecksummedRecords.append(to: &content) { writer in
                writer.integer(producer)
                writer.integer(state.epoch)
                writer.integer(state.lastTimestamp)
                writer.array(state.batches) { writer, batch in
                    writer.integer(batch.firstSequence)
                    writer.integer(batch.lastSequence)
                    writer.integer(batch.baseOffset)
                }
            }
        }
        let outcome = unsafe content.withUnsafeReadableBytes { bytes in
            Result { () throws(StorageError) in try unsafe FileTree.overwrite(path, with: bytes, quota: quota) }
        }
        try outcome.get()
    }

    /// `nil` where the file is missing or damaged: then the states are rebuilt from the logs.
    static func load(from path: String) -> ProducerStates? {
        guard let file = try? ChecksummedRecords.read(path), file.validSize == file.size,
            var first = file.records.first,
            let count = try? first.integer("count", as: Int32.self), Int(count) == file.records.count - 1
        else { return nil }
        var states = ProducerStates()
        for record in file.records.dropFirst() {
            var record = record
            guard let (producer, state) = try? decode(&record) else { return nil }
            states.restore(state, of: producer)
        }
        return states
    }

    private static func decode(
        _ record: inout WireReader
    ) throws(ProtocolError) -> (Int64, ProducerStates.State) {
        let producer = try record.integer("producer", as: Int64.self)
        let epoch = try record.integer("epoch", as: Int16.self)
        let timestamp = try record.integer("timestamp", as: Int64.self)
        let batches = try record.array("batches") {
            (reader: inout WireReader) throws(ProtocolError) -> ProducerStates.Batch in
            ProducerStates.Batch(
                firstSequence: try reader.integer("sequence"), lastSequence: try reader.integer("sequence"),
                baseOffset: try reader.integer("offset"))
        }
        return (producer, ProducerStates.State(epoch: epoch, batches: batches, lastTimestamp: timestamp))
    }
}
