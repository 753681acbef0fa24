public import NIOCore

/// Makes frames that no client would send, the same ones for the same seed.
public struct FrameFuzzer: Sendable {
    private static let numbers: [Int64] = [
        -2, -1, 0, 1, 2, 3, 7, 127, 128, 255, 256, 32_767, 32_768, 65_535, 100_000, 2_147_483_647, -2_147_483_648, .max,
        .min,
    ]
    private static let texts = [
        "", "topic", "group", "a", "..", "../../etc", "x y", "\u{0}", "é😀", "consumer", "range",
    ]

    private var state: UInt64

    /// - Parameter seed: any number.
    public init(seed: UInt64) { state = seed }

    /// The next number of the sequence (SplitMix64, public domain, S. Vigna).
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    /// A frame with its length: well-formed with odd values, or mutated, cut, lengthened, or plain noise.
    public mutating func frame() -> ByteBuffer {
        switch below(10) {
        case 0...3: return request()
        case 4...7: return mutated(request())
        case 8: return noise(length: Int32(truncatingIfNeeded: below(400)))
        default: return noise(length: Int32(truncatingIfNeeded: next()))
        }
    }

    /// A request that is well-formed, with values that may make no sense.
    public mutating func request() -> ByteBuffer {
        let apis = WireTable.apis.values.sorted { $0.key < $1.key }
        let api = apis[below(apis.count)]
        let version = api.versions.lowerBound + Int16(below(api.versions.count))
        return api.frame(
            .record(fields(api.request.fields, version)), version: version,
            correlation: Int32(truncatingIfNeeded: next()))
    }

    private mutating func fields(_ fields: [WireLayout.Field], _ version: Int16) -> [String: WireValue] {
        var values: [String: WireValue] = [:]
        for field in fields where field.versions.contains(version) {
            // Long waits would only make the run slow.
            let isTime = ["wait", "session", "rebalance"].contains(field.name)
            values[field.name] = isTime ? .integer(Int64(below(2_000))) : value(field.kind, version)
        }
        return values
    }

    private mutating func value(_ kind: WireLayout.Kind, _ version: Int16) -> WireValue {
        switch kind {
        case .integer: return .integer(Self.numbers[below(below(2) == 0 ? 6 : Self.numbers.count)])
        case .uuid: return .bytes((0..<16).map { _ in UInt8(truncatingIfNeeded: next()) })
        case .text(let nullable):
            return nullable && below(3) == 0
                ? .text(nil) : .text(Self.texts[below(below(2) == 0 ? 4 : Self.texts.count)])
        case .bytes(let nullable):
            if nullable && below(4) == 0 { return .bytes(nil) }
            return .bytes((0..<below(120)).map { _ in UInt8(truncatingIfNeeded: next()) })
        case .array(let element, let nullable):
            if nullable && below(4) == 0 { return .list(nil) }
            return .list((0..<below(4)).map { _ in value(element, version) })
        case .record(let inner): return .record(fields(inner, version))
        }
    }

    private mutating func mutated(_ original: ByteBuffer) -> ByteBuffer {
        var frame = original
        for _ in 0...below(4) {
            let place = frame.readerIndex + 4 + below(frame.readableBytes - 4)
            frame.setInteger(UInt8(truncatingIfNeeded: next()), at: place)
        }
        switch below(4) {
        case 0:
            frame = frame.getSlice(at: frame.readerIndex, length: 8 + below(frame.readableBytes - 8)) ?? frame
        case 1: frame.writeBytes((0..<below(50)).map { _ in UInt8(truncatingIfNeeded: next()) })
        default: break
        }
        // The length is mostly right, so that the body is read and does not merely wait for more.
        if below(10) > 0 {
            frame.setInteger(Int32(truncatingIfNeeded: frame.readableBytes - 4), at: frame.readerIndex)
        }
        return frame
    }

    private mutating func noise(length: Int32) -> ByteBuffer {
        var frame = ByteBuffer(integer: length)
        frame.writeBytes((0..<min(400, max(0, Int(length)))).map { _ in UInt8(truncatingIfNeeded: next()) })
        return frame
    }
}
