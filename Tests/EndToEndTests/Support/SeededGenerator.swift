import Foundation

/// Random moments that can be had again: SplitMix64 over a printed seed.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    /// The seed of the environment variable `CLOSED_CYCLE_CHAOS_SEED`, or a new one.
    init() {
        let given = ProcessInfo.processInfo.environment["CLOSED_CYCLE_CHAOS_SEED"].flatMap { UInt64($0) }
        seed = given ?? UInt64.random(in: 1...999_999)
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
