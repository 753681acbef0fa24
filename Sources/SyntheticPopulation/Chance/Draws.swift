/// What a draw is for. Each purpose has a stream of its own, so that a new one changes no other.
enum DrawStream: UInt64 {
    case people = 1, citizenSerials, oldIdentityNumbers, socialInsuranceNumbers
    case birthDay, name, ethnicGroup, residence, entitlement, death
    case facilitySerials, facilityRanks
    case visitPlan, recordIdentifier, visitContent, fault
    case civilChange
    case tables
    case lateness
    case vaccination
    case healthCheck
}

/// Random numbers as a pure function of seed, stream, index and the count of draws made so far.
///
/// The finaliser is the one of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014):
/// seed and stream are mixed, then the index, and the n-th draw mixes the result plus n times the golden ratio. Integer
/// arithmetic only, so every machine draws the same numbers, in whatever order it asks.
struct Draws {
    private var state: UInt64

    /// The draws of one thing for one purpose.
    @inline(__always)
    init(seed: UInt64, _ stream: DrawStream, _ index: UInt64) {
        state = Self.mix(Self.key(seed: seed, stream) ^ index &* 0xD134_2543_DE82_EF95)
    }

    /// The key of a stream, for permutations.
    @inline(__always)
    static func key(seed: UInt64, _ stream: DrawStream) -> UInt64 {
        mix(seed &+ stream.rawValue &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The next 64 bits.
    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number from 0 up to, not including, `limit`; 0 when the limit is 0.
    @inline(__always)
    mutating func below(_ limit: UInt64) -> UInt64 { limit.multipliedFullWidth(by: next()).high }

    /// As `below`, for indices.
    @inline(__always)
    mutating func below(_ limit: Int) -> Int { Int(below(UInt64(max(limit, 0)))) }

    /// Whether something of this frequency happens now.
    @inline(__always)
    mutating func happens(partsPerMillion: UInt64) -> Bool { below(1_000_000 as UInt64) < partsPerMillion }

    /// The finaliser of SplitMix64: a bijection of 64 bits in which every input bit reaches every output bit.
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
