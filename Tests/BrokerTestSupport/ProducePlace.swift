import CCRC32C

/// Where the parts of a Produce request lie: versions 3 to 7, one partition each, as librdkafka sends them.
struct ProducePlace {
    let correlation: Int32
    let topic: String
    let partition: Int32
    let batch: BatchPlace

    var key: String { "\(topic)/\(partition)" }

    /// Nil for any other request.
    init?(_ frame: [UInt8]) {
        var reader = BigEndianReader(bytes: frame)
        guard reader.integer(Int16.self) == 0 else { return nil }
        let version = reader.integer(Int16.self)
        precondition((3...7).contains(version), "this stands in for produces of versions 3 to 7, not \(version)")
        correlation = reader.integer(Int32.self)
        _ = reader.text()
        _ = reader.text()
        _ = reader.integer(Int16.self)
        _ = reader.integer(Int32.self)
        precondition(reader.integer(Int32.self) == 1, "one topic in a request")
        topic = reader.text()
        precondition(reader.integer(Int32.self) == 1, "one partition in a request")
        partition = reader.integer(Int32.self)
        _ = reader.integer(Int32.self)
        batch = BatchPlace(start: reader.place)
    }

    /// An answer that refuses it, without an offset.
    func refusal(_ error: Int16) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.bigEndian) { bytes += $0 } }
        append(correlation)
        append(Int32(1))
        append(Int16(topic.utf8.count))
        bytes += topic.utf8
        append(Int32(1))
        append(partition)
        append(error)
        for _ in 0..<3 { append(Int64(-1)) }
        append(Int32(0))
        return bytes
    }
}

/// A record batch, version 2, in a frame.
struct BatchPlace {
    let start: Int

    private func integer<T: FixedWidthInteger>(_ offset: Int, of frame: [UInt8], as type: T.Type) -> T {
        frame.withUnsafeBytes { T(bigEndian: $0.loadUnaligned(fromByteOffset: start + offset, as: T.self)) }
    }

    func records(in frame: [UInt8]) -> Int32 { integer(57, of: frame, as: Int32.self) }
    func producer(in frame: [UInt8]) -> Int64 { integer(43, of: frame, as: Int64.self) }
    func epoch(in frame: [UInt8]) -> Int16 { integer(51, of: frame, as: Int16.self) }
    func sequence(in frame: [UInt8]) -> Int32 { integer(53, of: frame, as: Int32.self) }

    /// Gives the batch another first sequence number, and the checksum that goes with it.
    func set(sequence: Int32, in frame: inout [UInt8]) {
        let end = start + 12 + Int(integer(8, of: frame, as: Int32.self))
        let first = start
        frame.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: sequence.bigEndian, toByteOffset: first + 53, as: Int32.self)
            let checked = UnsafeRawBufferPointer(rebasing: bytes[first + 21..<end])
            let checksum = ccrc32c(0, checked.baseAddress, checked.count)
            bytes.storeBytes(of: checksum.bigEndian, toByteOffset: first + 17, as: UInt32.self)
        }
    }
}

/// What a broker does that has no state of a producer: it takes the first batch that comes, whatever its number, and
/// calls everything before it a duplicate. The embedded broker behind would refuse such a first batch, so the numbers
/// are moved to begin at 0.
struct ForgetfulSequences {
    private struct Known {
        var epoch: Int16
        var first: Int32
    }

    private var known: [String: Known] = [:]

    /// False for a batch that counts as a duplicate.
    mutating func take(_ frame: inout [UInt8], _ place: ProducePlace) -> Bool {
        let key = "\(place.key)/\(place.batch.producer(in: frame))"
        let (epoch, sequence) = (place.batch.epoch(in: frame), place.batch.sequence(in: frame))
        guard sequence >= 0 else { return true }
        if known[key]?.epoch != epoch { known[key] = Known(epoch: epoch, first: sequence) }
        let first = known[key]?.first ?? 0
        guard sequence >= first else { return false }
        if first > 0 { place.batch.set(sequence: sequence - first, in: &frame) }
        return true
    }
}

private struct BigEndianReader {
    let bytes: [UInt8]
    var place = 0

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type) -> T {
        defer { place += MemoryLayout<T>.size }
        return bytes.withUnsafeBytes { T(bigEndian: $0.loadUnaligned(fromByteOffset: place, as: T.self)) }
    }

    /// A text with its length before it; an absent one is empty.
    mutating func text() -> String {
        let count = Int(integer(Int16.self))
        guard count > 0 else { return "" }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }
}
