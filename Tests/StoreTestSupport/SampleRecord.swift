public import ExchangeSchema
public import PartyCore
public import PartyStore

/// A state of the store's tests.
public struct SampleRecord: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase
    /// Anything.
    public var value: UInt64
    /// Where bytes are kept; 0 for nowhere.
    public var keptAt: Int64

    /// Takes all fields.
    public init(_ phase: RecordPhase, _ value: UInt64, keptAt: Int64 = 0) {
        self.phase = phase
        self.value = value
        self.keptAt = keptAt
    }

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(phase, words.second, keptAt: Int64(bitPattern: words.third))
    }

    /// The stored form.
    public var words: RecordWords { RecordWords(UInt64(phase.rawValue), value, UInt64(bitPattern: keptAt), 0, 0) }
}

extension StoreIdentity {
    /// The party and exchange of the tests.
    public static let sample = StoreIdentity(party: "moh", exchange: "exchange-1")
}

extension RecordIdentifier {
    /// The record of the store's tests with this number.
    public static func stored(_ number: Int64) -> RecordIdentifier {
        RecordIdentifier(milliseconds: number, randomHigh: 0, randomLow: UInt64(bitPattern: number))
    }
}
