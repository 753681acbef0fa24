import Crypto
import Foundation

/// The key under which all that is about one record is kept: 32 bytes, of which all are zero once it is erased.
struct VaultKey: Equatable {
    static let width = 32
    var first: UInt64
    var second: UInt64
    var third: UInt64
    var fourth: UInt64

    /// What an erased key has become.
    static let erased = VaultKey(first: 0, second: 0, third: 0, fourth: 0)

    init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
        (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// Reads a stored key; nil when the bytes are none.
    init?(stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.width else { return nil }
        func word(_ at: Int) -> UInt64 { unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
        self.init(first: word(0), second: word(8), third: word(16), fourth: word(24))
    }

    /// The cipher's key.
    var symmetric: SymmetricKey {
        unsafe withUnsafeBytes(of: (first, second, third, fourth)) { unsafe SymmetricKey(data: $0) }
    }
}

/// Random words from the kernel, fetched some hundreds at a time: a call for each key would cost more than encryption.
struct RandomWords {
    private var words: [UInt64] = []

    mutating func next() throws(StoreError) -> UInt64 {
        if let word = words.popLast() { return word }
        var fresh = [UInt64](repeating: 0, count: 512)
        guard unsafe fresh.withUnsafeMutableBytes(Self.fill) else {
            throw StoreError(.database, "the kernel gives no random numbers")
        }
        words = fresh
        return words.removeLast()
    }

    mutating func key() throws(StoreError) -> VaultKey {
        while true {
            let key = VaultKey(first: try next(), second: try next(), third: try next(), fourth: try next())
            if key != .erased { return key }
        }
    }

    /// 32 bytes.
    mutating func bytes() throws(StoreError) -> [UInt8] {
        let key = try key()
        return unsafe withUnsafeBytes(of: key) { unsafe Array($0) }
    }

    /// `getentropy` gives at most 256 bytes a call.
    private static func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard let base = buffer.baseAddress else { return false }
        for at in stride(from: 0, to: buffer.count, by: 256) {
            guard unsafe getentropy(base + at, min(256, buffer.count - at)) == 0 else { return false }
        }
        return true
    }
}
