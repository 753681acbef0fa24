import ExchangeSchema
import PartyCore
import Vocabulary

/// What VSS remembers under a card's holder: who asked about the card last, and which visits it has taken in last. Ten of
/// each, in notes of five words, which are written anew in turn.
struct CardMemory {
    /// Most of each that are remembered. Simulator-defined.
    static let capacity = 10

    private enum Ring: UInt64 {
        case inquiries = 0
        case visits = 1
        /// Beside the ring's own mark, what its notes are told apart by from notes about something else.
        var mark: UInt64 { 0x43_0000 | rawValue }
    }

    private let base: RecordIdentifier

    /// The memory of this person.
    init(of number: SocialInsuranceNumber) {
        base = MessageIdentifier(.assessment, about: "card holder|\(number)").uuid
    }

    /// Who asked, latest first.
    func inquiries(in state: inout some PartyState) throws -> [CardInquiry] {
        try entries(.inquiries, in: &state).map { words in
            var inquiry = CardInquiry()
            inquiry.code = Self.digits(words.first >> 32, count: 3)
            inquiry.askedAt = Int64(bitPattern: words.second)
            inquiry.officerNumber = Self.digits(words.third, count: 12)
            inquiry.account = Self.text(words.fourth, words.fifth)
            return inquiry
        }
    }

    /// The visits that stand, latest first.
    func visits<State: PartyState>(in state: inout State) throws -> [CardVisit] where State.Record == VSSRecord {
        var seen: Set<RecordIdentifier> = []
        return try entries(.visits, in: &state).compactMap { words in
            let record = RecordIdentifier(high: words.second, low: words.third)
            guard seen.insert(record).inserted, try state.record(record)?.phase == .shared else { return nil }
            var visit = CardVisit()
            visit.recordID = record.description
            visit.facilityCode = Self.digits(words.first >> 32, count: 5)
            visit.admitted = Self.digits(words.fourth, count: 12)
            visit.discharged = Self.digits(words.fifth, count: 12)
            return visit
        }
    }

    /// Notes that somebody has asked.
    func note(
        _ question: CardQuestion, answered code: String, at now: Int64, in state: inout some PartyState
    ) throws {
        let account = Self.words(question.account)
        try add(
            .inquiries, UInt64(code) ?? 0,
            (UInt64(bitPattern: now), UInt64(question.officerNumber) ?? 0, account.0, account.1), in: &state)
    }

    /// Notes that a visit was taken in.
    func note(
        _ record: RecordIdentifier, at facilityCode: String, _ insurance: ExaminedInsurance,
        in state: inout some PartyState
    ) throws {
        try add(
            .visits, UInt64(facilityCode) ?? 0,
            (record.high, record.low, UInt64(insurance.ngayVao) ?? 0, UInt64(insurance.ngayRa) ?? 0), in: &state)
    }

    private func place(_ ring: Ring, _ index: UInt64) -> RecordIdentifier {
        RecordIdentifier(high: base.high, low: base.low &+ (ring.rawValue << 8 | index))
    }

    private func count(_ ring: Ring, in state: inout some PartyState) throws -> UInt64 {
        guard let head = try state.note(place(ring, 0)), head.first == ring.mark else { return 0 }
        return head.second
    }

    private func entries(_ ring: Ring, in state: inout some PartyState) throws -> [RecordWords] {
        let count = try count(ring, in: &state)
        var found: [RecordWords] = []
        for back in 0..<min(count, UInt64(Self.capacity)) {
            let index = (count - 1 - back) % UInt64(Self.capacity)
            if let words = try state.note(place(ring, 1 + index)) { found.append(words) }
        }
        return found
    }

    private func add(
        _ ring: Ring, _ number: UInt64, _ words: (UInt64, UInt64, UInt64, UInt64), in state: inout some PartyState
    ) throws {
        let count = try count(ring, in: &state)
        let mark = ring.mark | number << 32
        state.setNote(
            RecordWords(mark, words.0, words.1, words.2, words.3), for: place(ring, 1 + count % UInt64(Self.capacity)))
        state.setNote(RecordWords(ring.mark, count + 1, 0, 0, 0), for: place(ring, 0))
    }

    /// Nothing for the number 0.
    private static func digits(_ number: UInt64, count: Int) -> String {
        let digits = String(number)
        if number == 0, count > 3 { return "" }
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }

    /// The first 16 bytes of a text.
    private static func words(_ text: String) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        for (place, byte) in text.utf8.prefix(16).enumerated() {
            let shifted = UInt64(byte) << UInt64(56 - place % 8 * 8)
            if place < 8 { words.0 |= shifted } else { words.1 |= shifted }
        }
        return words
    }

    private static func text(_ first: UInt64, _ second: UInt64) -> String {
        let bytes = [first, second].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) } }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
