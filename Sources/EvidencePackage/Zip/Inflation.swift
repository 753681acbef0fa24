/// Unpacks deflated bytes (RFC 1951).
///
/// Written for packages, which are small: it goes bit by bit, and never makes more bytes than it was told.
struct Inflation {
    private let packed: ArraySlice<UInt8>
    private let count: Int
    private var at: Int
    /// The byte whose bits are being read, and how many of them are left.
    private var byte: UInt8 = 0
    private var left = 0
    private var unpacked: [UInt8] = []

    /// Why it ends before its time; what is damaged is of no interest.
    private struct Damaged: Error {}

    private init(_ packed: ArraySlice<UInt8>, _ count: Int) {
        self.packed = packed
        self.count = count
        at = packed.startIndex
    }

    /// The unpacked bytes; nil unless the packed ones, to the last, are a whole stream of exactly this many.
    static func bytes(of packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        var inflation = Inflation(packed, count)
        do {
            try inflation.run()
        } catch {
            return nil
        }
        return inflation.at == packed.endIndex && inflation.unpacked.count == count ? inflation.unpacked : nil
    }

    private mutating func run() throws(Damaged) {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try copyStored()
            case 1: try block(try Self.code(Self.fixedLiterals), try Self.code(Self.fixedDistances))
            case 2:
                let (literals, distances) = try codes()
                try block(literals, distances)
            default: throw Damaged()
            }
        }
    }

    // MARK: Bits

    private mutating func bits(_ count: Int) throws(Damaged) -> Int {
        var value = 0
        for place in 0..<count {
            if left == 0 {
                guard at < packed.endIndex else { throw Damaged() }
                byte = packed[at]
                at += 1
                left = 8
            }
            value |= Int(byte & 1) << place
            byte >>= 1
            left -= 1
        }
        return value
    }

    private mutating func symbol(_ code: Code) throws(Damaged) -> Int {
        // Codes of one length follow each other, and the first of a length follows from those before (section 3.2.2).
        var (value, first, index) = (0, 0, 0)
        for length in 1...Code.longest {
            value = (value << 1) | (try bits(1))
            let here = code.counts[length]
            if value - first < here { return code.symbols[index + value - first] }
            index += here
            first = (first + here) << 1
        }
        throw Damaged()
    }

    private mutating func append(_ byte: UInt8) throws(Damaged) {
        guard unpacked.count < count else { throw Damaged() }
        unpacked.append(byte)
    }

    // MARK: Blocks

    private mutating func copyStored() throws(Damaged) {
        left = 0
        let (length, check) = (try bits(16), try bits(16))
        guard length == ~check & 0xFFFF, length <= packed.endIndex - at, length <= count - unpacked.count else {
            throw Damaged()
        }
        unpacked += packed[at..<at + length]
        at += length
    }

    private mutating func block(_ literals: Code, _ distances: Code) throws(Damaged) {
        while true {
            let symbol = try symbol(literals)
            if symbol < 256 {
                try append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengths.count else { throw Damaged() }
            let (least, more) = Self.lengths[symbol - 257]
            let length = least + (try bits(more))
            let place = try self.symbol(distances)
            guard place < Self.distances.count else { throw Damaged() }
            let distance = Self.distances[place].least + (try bits(Self.distances[place].more))
            guard distance <= unpacked.count else { throw Damaged() }
            for _ in 0..<length { try append(unpacked[unpacked.count - distance]) }
        }
    }

    /// The codes that stand before a block (section 3.2.7).
    private mutating func codes() throws(Damaged) -> (literals: Code, distances: Code) {
        let (literals, distances, count) = (try bits(5) + 257, try bits(5) + 1, try bits(4) + 4)
        guard literals <= 286, distances <= 30 else { throw Damaged() }
        var lengths = [Int](repeating: 0, count: 19)
        for place in 0..<count { lengths[Self.order[place]] = try bits(3) }
        let code = try Self.code(lengths)
        var found: [Int] = []
        while found.count < literals + distances {
            let symbol = try symbol(code)
            switch symbol {
            case 16:
                guard let last = found.last else { throw Damaged() }
                found += Array(repeating: last, count: try bits(2) + 3)
            case 17: found += Array(repeating: 0, count: try bits(3) + 3)
            case 18: found += Array(repeating: 0, count: try bits(7) + 11)
            default: found.append(symbol)
            }
        }
        guard found.count == literals + distances, found[256] > 0 else { throw Damaged() }
        return (try Self.code(Array(found.prefix(literals))), try Self.code(Array(found.suffix(distances))))
    }

    // MARK: Codes

    /// A Huffman code, given by how long the code of each symbol is (section 3.2.2).
    private struct Code {
        static let longest = 15
        /// How many symbols have a code of each length.
        var counts = [Int](repeating: 0, count: longest + 1)
        /// The symbols in the order of their codes.
        var symbols: [Int] = []

        /// Nil when there are more codes than bits allow.
        init?(_ lengths: [Int]) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            var room = 1
            for length in 1...Self.longest {
                room = (room << 1) - counts[length]
                guard room >= 0 else { return nil }
            }
            for length in 1...Self.longest where counts[length] > 0 {
                symbols += lengths.indices.filter { lengths[$0] == length }
            }
        }
    }

    private static func code(_ lengths: [Int]) throws(Damaged) -> Code {
        guard let code = Code(lengths) else { throw Damaged() }
        return code
    }

    /// In which order the lengths of the lengths' own code stand.
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// Lengths of the codes that stand before no block (section 3.2.6).
    private static let fixedLiterals = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    private static let fixedDistances = [Int](repeating: 5, count: 30)

    /// Least length of a copy for each symbol from 257 on, and how many more bits tell the rest (section 3.2.5).
    private static let lengths: [(least: Int, more: Int)] = {
        var (found, least): ([(least: Int, more: Int)], Int) = ([], 3)
        for place in 0..<28 {
            let more = max(0, place / 4 - 1)
            found.append((least, more))
            least += 1 << more
        }
        return found + [(258, 0)]
    }()

    /// Likewise the distances.
    private static let distances: [(least: Int, more: Int)] = {
        var (found, least): ([(least: Int, more: Int)], Int) = ([], 1)
        for place in 0..<30 {
            let more = max(0, place / 2 - 1)
            found.append((least, more))
            least += 1 << more
        }
        return found
    }()
}
