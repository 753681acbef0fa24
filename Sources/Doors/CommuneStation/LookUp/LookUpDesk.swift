import Crypto
import DoorDesk
import ExchangeSchema
import Foundation

/// Asks VSS about a card, and MoH for a book.
struct LookUpDesk: Sendable {
    let cards: CardDesk
    let ministry: PartyLine
    /// Writes down that a book was read; nothing is shown before it has returned.
    let note: @Sendable (HistoryInquiry, _ citizen: String, _ records: [String], _ time: Int64) async throws -> Void

    /// What VSS says of a card.
    func check(_ wanted: LookUpForm, for account: StationAccount) async -> CardAnswer {
        var question = CardQuestion()
        question.card = wanted.cleanNumber
        question.fullName = wanted.fullName
        question.birthDate = wanted.birth ?? ""
        question.account = account.username
        question.officerNumber = account.officerNumber
        return await cards.ask(question)
    }

    /// What MoH gives the station of a book. A form that is sent twice is one look.
    /// - Throws: ``PartyLine/Failure``, or why the look is not written down: nothing is shown then.
    func read(_ wanted: LookUpForm, for account: StationAccount, at now: Int64) async throws -> BookExtract {
        var request = ReadBook()
        request.requestID = Self.identifier(wanted, account).description
        request.facilityCode = account.facility
        request.citizenNumber = wanted.cleanNumber
        request.purpose = wanted.purpose
        request.officer = account.officer
        let extract = try await ministry.read(request, on: 0)
        let look = BookLook(request, extract)
        try await note(
            look.inquiry, request.citizenNumber, look.records, extract.answeredAt > 0 ? extract.answeredAt : now)
        return extract
    }

    /// Why nobody can be looked up just now.
    func obstacles() async -> [String] {
        await cards.obstacles() + (ministry.silence().map { ["MoH: \($0)"] } ?? [])
    }

    /// Of the form and all that was asked by it: a UUID of version 8 (RFC 9562, section 5.8). Whom it was about cannot be
    /// worked out from it, for the form's own name is drawn.
    private static func identifier(_ wanted: LookUpForm, _ account: StationAccount) -> RecordIdentifier {
        let text = [wanted.form, account.username, wanted.cleanNumber, wanted.purpose].joined(separator: "\n")
        let bytes = Array(SHA256.hash(data: Data(text.utf8)))
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        return RecordIdentifier(
            high: word(0..<8) & 0xFFFF_FFFF_FFFF_0FFF | 0x8000,
            low: word(8..<16) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}
