import CZstandard

/// A record made smaller before it is sealed. Each is packed by itself with one fixed dictionary, so that what one record
/// says is nowhere in another, and each goes with its own key.
///
///     1 byte     form: 0 as it is, 1 a frame of Zstandard with ``RecordDictionary``
///     bytes      the record
///     zeros      behind a frame, up to a multiple of 32 bytes
///
/// The zeros blur what a length says: of sealed bytes it can be seen without any key.
enum RecordPacking {
    /// Lengths of packed records are multiples of this.
    static let step = 32
    /// A larger record is kept as it is; a frame that says it is larger is damaged.
    static let mostBytes = 64 << 20
    /// As fast as the others and as small: measured at 870 bytes a record, 2.3 µs for 242 bytes; level 3 takes 2.9 for 237. On
    /// another machine 1.9 µs for 268 bytes, and below it 0.4 µs less for 36 bytes more (level -3, literals still packed).
    static let level: Int32 = 1

    enum Form {
        static let plain: UInt8 = 0
        static let frame: UInt8 = 1
    }
}

/// Packs records, one after the other.
@safe final class RecordPacker {
    private let context: OpaquePointer
    private let dictionary: OpaquePointer
    private var packed: [UInt8] = []

    init() throws(StoreError) {
        let made = unsafe RecordDictionary.bytes.withUnsafeBytes {
            unsafe ZSTD_createCDict($0.baseAddress, $0.count, RecordPacking.level)
        }
        guard let dictionary = unsafe made, let context = unsafe ZSTD_createCCtx() else {
            throw StoreError(.database, "there is no memory to pack records")
        }
        unsafe self.dictionary = dictionary
        unsafe self.context = context
        // The row says which dictionary it was.
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0)
        unsafe ZSTD_CCtx_refCDict(context, dictionary)
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
        unsafe ZSTD_freeCDict(dictionary)
    }

    /// Lends the packed form of a record; as it is where that is not longer.
    func packing<Result>(_ open: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let bound = open.count <= RecordPacking.mostBytes ? ZSTD_compressBound(open.count) : open.count
        let room = 1 + bound + RecordPacking.step
        if packed.count < room { packed = [UInt8](repeating: 0, count: room) }
        let count = pack(open)
        return try unsafe packed.withUnsafeBytes { try unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private func pack(_ open: [UInt8]) -> Int {
        unsafe packed.withUnsafeMutableBytes { packed in
            unsafe open.withUnsafeBytes { open in
                if open.count <= RecordPacking.mostBytes {
                    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: packed.dropFirst())
                    let size = unsafe ZSTD_compress2(
                        context, room.baseAddress, room.count, open.baseAddress, open.count)
                    let full = (1 + size).nextMultiple(of: RecordPacking.step)
                    if ZSTD_isError(size) == 0, full <= open.count {
                        unsafe packed[0] = RecordPacking.Form.frame
                        for at in 1 + size..<full { unsafe packed[at] = 0 }
                        return full
                    }
                }
                unsafe packed[0] = RecordPacking.Form.plain
                unsafe packed[1...].copyBytes(from: open)
                return 1 + open.count
            }
        }
    }
}

/// Reads what ``RecordPacker`` made.
@safe final class RecordUnpacker {
    private let context: OpaquePointer
    private let dictionary: OpaquePointer

    init() throws(StoreError) {
        let made = unsafe RecordDictionary.bytes.withUnsafeBytes {
            unsafe ZSTD_createDDict($0.baseAddress, $0.count)
        }
        guard let dictionary = unsafe made, let context = unsafe ZSTD_createDCtx() else {
            throw StoreError(.database, "there is no memory to unpack records")
        }
        unsafe self.dictionary = dictionary
        unsafe self.context = context
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
        unsafe ZSTD_freeDDict(dictionary)
    }

    /// The record; nil when the bytes are no packed one. Never takes more memory than the frame says, nor more than
    /// ``RecordPacking/mostBytes`` for it.
    func unpack(_ packed: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let form = unsafe packed.first else { return nil }
        let rest = unsafe UnsafeRawBufferPointer(rebasing: packed.dropFirst())
        switch form {
        case RecordPacking.Form.plain: return unsafe Array(rest)
        case RecordPacking.Form.frame: return unsafe frame(rest)
        default: return nil
        }
    }

    private func frame(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        let size = unsafe ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
        // What is no frame, or does not say its size, has one of the two greatest numbers here.
        let declared = unsafe ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
        guard ZSTD_isError(size) == 0, size <= bytes.count, declared <= UInt64(RecordPacking.mostBytes),
            (1 + size).nextMultiple(of: RecordPacking.step) == 1 + bytes.count,
            unsafe bytes[size...].allSatisfy({ $0 == 0 })
        else { return nil }
        let count = Int(declared)
        var isWhole = false
        let open = unsafe [UInt8](unsafeUninitializedCapacity: count) { open, written in
            let made = unsafe ZSTD_decompress_usingDDict(
                context, open.baseAddress, count, bytes.baseAddress, size, dictionary)
            isWhole = made == count
            written = isWhole ? count : 0
        }
        return isWhole ? open : nil
    }
}

extension Int {
    fileprivate func nextMultiple(of step: Int) -> Int { (self + step - 1) / step * step }
}
