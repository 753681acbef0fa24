import Crypto
import ExchangeSchema
import Foundation

/// A record as it is kept: its parts in one stretch of bytes, packed (``RecordPacking``), encrypted with AES-GCM (NIST SP 800-38D) under the key of
/// the record it is about. The place within the row is authenticated with it, so that no two can change places.
///
///     8 bytes       time, little-endian
///     varint        number of parts: key, value, then name and value of each header
///     varint each   length of a part and one; 0 for an absent part
///     bytes         the parts end to end
enum SealedRecord {
    /// Bytes that encryption adds: the tag.
    static let overhead = 16

    /// Appends the open form.
    static func append(
        timestamp: Int64, lengths: [Int32], bytes: RawSpan, to open: inout [UInt8]
    ) {
        unsafe withUnsafeBytes(of: timestamp.littleEndian) { unsafe open.append(contentsOf: $0) }
        append(varint: UInt32(lengths.count), to: &open)
        for length in lengths { append(varint: UInt32(bitPattern: length &+ 1), to: &open) }
        unsafe bytes.withUnsafeBytes { unsafe open.append(contentsOf: $0) }
    }

    private static func append(varint value: UInt32, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends the encrypted form of the packed one.
    static func seal(
        _ packed: UnsafeRawBufferPointer, with key: VaultKey, nonce: VaultNonce, to row: inout [UInt8]
    ) throws {
        let box = try unsafe AES.GCM.seal(packed, using: key.symmetric, nonce: try nonce.nonce)
        // Nonce, encrypted bytes and tag lie in one piece; each asked for by itself would be a slice of its own.
        guard let whole = box.combined else { throw StoreError(.database, "the cipher gave no sealed record") }
        unsafe whole.withUnsafeBytes {
            unsafe row.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0.dropFirst(VaultNonce.width)))
        }
    }

    /// Decrypts and reads a record; nil when it was altered, or the key is another's.
    /// - Parameter unpacker: Nil for one that was not packed.
    static func open(
        _ sealed: UnsafeRawBufferPointer, with key: VaultKey, nonce: VaultNonce, place: ObservedPlace,
        unpacker: RecordUnpacker?
    ) -> TrafficRecord? {
        guard sealed.count >= overhead, let nonce = try? nonce.nonce,
            let box = try? unsafe AES.GCM.SealedBox(
                nonce: nonce, ciphertext: UnsafeRawBufferPointer(rebasing: sealed.dropLast(overhead)),
                tag: UnsafeRawBufferPointer(rebasing: sealed.suffix(overhead))),
            let opened = try? AES.GCM.open(box, using: key.symmetric)
        else { return nil }
        guard let unpacker else { return read(Array(opened), place) }
        return unsafe opened.withUnsafeBytes { unsafe unpacker.unpack($0) }.flatMap { read($0, place) }
    }

    private static func read(_ open: [UInt8], _ place: ObservedPlace) -> TrafficRecord? {
        var reader = ByteReader(open)
        guard let timestamp: Int64 = reader.next(), let count = varint(&reader), count >= 2, count <= open.count else {
            return nil
        }
        var lengths: [Int?] = []
        for _ in 0..<count {
            guard let length = varint(&reader) else { return nil }
            lengths.append(length == 0 ? nil : length - 1)
        }
        var parts: [[UInt8]?] = []
        for length in lengths {
            guard let length else {
                parts.append(nil)
                continue
            }
            guard let part = reader.bytes(length) else { return nil }
            parts.append(part)
        }
        guard reader.isAtEnd else { return nil }
        let headers = stride(from: 2, to: parts.count - 1, by: 2).map { at in
            TrafficHeader(String(decoding: parts[at] ?? [], as: UTF8.self), parts[at + 1] ?? [])
        }
        return TrafficRecord(
            topic: place.topic, partition: place.partition, offset: place.offset, timestamp: timestamp, key: parts[0],
            value: parts[1], headers: headers)
    }

    private static func varint(_ reader: inout ByteReader) -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard let byte: UInt8 = reader.next() else { return nil }
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}

/// Where a record stood.
struct ObservedPlace: Hashable {
    var topic: String
    var partition: Int32
    var offset: Int64
}

/// A nonce of 96 bits: eight bytes drawn for the row, and the place in it.
struct VaultNonce {
    /// Its bytes.
    static let width = 12
    var row: UInt64
    var index: UInt32

    var nonce: AES.GCM.Nonce {
        get throws {
            try unsafe withUnsafeBytes(of: (row.littleEndian, index.littleEndian)) { bytes in
                // Swift lays a tuple out like a C structure: eight bytes, then four.
                try unsafe AES.GCM.Nonce(data: UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.width)))
            }
        }
    }
}
