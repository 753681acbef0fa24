import DoorDesk
import DoorHouse
public import ExchangeSchema
import FHIRMapping

/// That a book was read, or asked for in vain, as whoever watches over reading is told it.
public struct BookLookNote: Sendable, Equatable {
    /// UUID of the request.
    public var identifier: String
    /// Who asked.
    public var inquiry: HistoryInquiry
    /// The records that were given; none of a refusal.
    public var records: [String]
    /// Whose book was asked for, as it was given: for a pseudonym, and to be written down nowhere.
    public var citizen: String
    /// When MoH answered; Unix milliseconds.
    public var time: Int64
}

/// Asks MoH for books. What it answers has been committed with who asked, and leaves only when the watch over reading has it
/// too.
struct BookDesk: Sendable {
    private struct Order: Sendable {
        var request: ReadBook
    }

    private static let lanes = 4

    private let ministry: PartyLine
    private let gathering: Gathering<Order, BookExtract>
    private let note: @Sendable (BookLookNote) async throws -> Void

    init(
        directories: [String], patience: Duration, note: @escaping @Sendable (BookLookNote) async throws -> Void
    ) {
        let ministry = PartyLine(directories: directories, lanes: Self.lanes, patience: patience)
        self.ministry = ministry
        self.note = note
        gathering = Gathering(
            .init(items: 1, weight: 1, waiting: 2_000, lanes: Self.lanes), weigh: { _ in 1 },
            work: { lane, orders in
                var answers: [BookExtract] = []
                for order in orders { answers.append(try await ministry.read(order.request, on: lane)) }
                return answers
            })
    }

    /// What an account may have of a person's book.
    /// - Throws: An answer of 400, 403 or 503; `nil` is returned where MoH knows nobody of that number.
    func read(
        _ citizen: String, as account: FHIRAccount, purpose: String, officer: String
    ) async throws(FHIRRefusal) -> BookExtract? {
        var request = ReadBook()
        request.requestID = RecordIdentifier.drawn().description
        request.citizenNumber = citizen
        request.purpose = purpose
        request.officer = officer
        switch account.role {
        case .facility: request.facilityCode = account.code ?? ""
        case .province: request.province = account.code ?? ""
        case .ministry: break
        }
        let extract: BookExtract
        do {
            extract = try await gathering.deal(with: Order(request: request))
            try await note(Self.note(request, extract))
        } catch is TooMuchWaiting {
            throw FHIRRefusal(
                503, OutcomeIssue("throttled", "too much waits; send the same again"), "too much waits")
        } catch {
            throw FHIRRefusal(
                503, OutcomeIssue("transient", "MoH does not answer just now; send the same again"),
                "nothing is given: \(error)")
        }
        if extract.refusalCode.isEmpty { return extract }
        if extract.refusalCode == "moh.person-unknown" { return nil }
        throw Self.refusal(extract)
    }

    /// Why MoH is not asked just now.
    func obstacles() async -> [String] { await ministry.silence().map { ["MoH: \($0)"] } ?? [] }

    private static func refusal(_ extract: BookExtract) -> FHIRRefusal {
        let words = "\(extract.refusalCode): \(extract.rule)"
        switch extract.refusalCode {
        case "moh.purpose-missing":
            return FHIRRefusal(400, OutcomeIssue("required", "X-Purpose: \(words)"), extract.refusalCode)
        case "moh.unreadable":
            return FHIRRefusal(400, OutcomeIssue("value", "X-Officer: \(words)"), extract.refusalCode)
        case "moh.no-book":
            return FHIRRefusal(503, OutcomeIssue("exception", words), extract.refusalCode)
        default: return FHIRRefusal(403, OutcomeIssue("forbidden", words), extract.refusalCode)
        }
    }

    private static func note(_ request: ReadBook, _ extract: BookExtract) -> BookLookNote {
        let look = BookLook(request, extract)
        return BookLookNote(
            identifier: request.requestID, inquiry: look.inquiry, records: look.records,
            citizen: request.citizenNumber, time: extract.answeredAt)
    }
}

extension RecordIdentifier {
    /// A UUID of version 4 (RFC 9562).
    fileprivate static func drawn() -> RecordIdentifier {
        RecordIdentifier(
            high: .random(in: .min ... .max) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: .random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}
