import Audit
import BookStore
import Composition
import ExchangeSchema
public import HealthBook
import PartyStore
public import ReportPage
public import Supervision
import Topology
import Vocabulary

/// `cycle book`: a citizen's book as MoH keeps it, and who looked into it.
public struct CitizenBook: Codable, Sendable {
    /// What is shown.
    public let book: PresentedBook
    /// Who looked into the records of the book, and which facilities asked for them, oldest first, this look as the last.
    public let looks: [BookLook]

    /// Writes the look down, and shows the book of an exchange that runs or does not.
    /// - Parameters:
    ///   - number: 12 digits.
    ///   - history: Whether what does not stand any more is shown.
    ///   - purpose: Why.
    /// - Throws: ``ProgramFailure`` when the number is none, there is no book of the citizen (which is written down too),
    ///   or the look cannot be written down; `StoreError`.
    public static func open(
        _ number: String, history: Bool, purpose: String, layout: ExchangeLayout
    ) throws -> CitizenBook {
        let evidence = try ExchangeEvidence(layout: layout)
        let citizen = try ExchangeEvidence.citizen(number)
        guard let found = try evidence.book(of: citizen) else {
            try AccessNote.note(
                action: "book",
                subject: "a citizen who has no book, pseudonym \(try AccessSeal(layout).pseudonym(of: citizen))",
                purpose: purpose, layout: layout)
            throw ProgramFailure(
                "MoH in \(layout.directory) has no book of this citizen; that you looked is written down")
        }
        let records = Set(found.records)
        let before = (try evidence.looks(at: records) + found.inquiries.map { BookLook($0) }).sorted {
            $0.time < $1.time
        }
        let entry = AccessEntry(action: "book", subject: "", purpose: purpose)
        let subject = found.records.map(\.description).joined(separator: " ")
        try AccessNote.note(
            action: entry.action,
            subject: subject.isEmpty
                ? "a book without visits, pseudonym \(try AccessSeal(layout).pseudonym(of: citizen))" : subject,
            purpose: purpose, layout: layout)
        return CitizenBook(
            book: try PresentedBook(found, history: history), looks: before + [BookLook(entry)])
    }

    /// The page.
    public var page: BookPage { BookPage(book, looks: looks) }

    /// As lines for a terminal.
    public var text: String {
        let lines = looks.map { "  \(PresentedBook.time($0.time))  \($0.who)  \($0.action): \($0.purpose)" }
        return ([book.text, "", "AI ĐÃ XEM (who looked)"] + lines).joined(separator: "\n")
    }
}

extension BookLook {
    init(_ entry: AccessEntry) {
        self.init(who: entry.who, action: entry.action, purpose: entry.purpose, time: entry.time)
    }
}

extension BookLook {
    /// A facility asked.
    init(_ inquiry: HealthBook.Inquiry) {
        let said = inquiry.inquiry
        let outcome =
            said.refusalCode.isEmpty
            ? "\(said.visits) visits" + (said.reader.isEmpty ? " of other facilities" : "")
                + (said.vaccinations > 0 ? ", \(said.vaccinations) vaccinations" : "")
                + (said.healthChecks > 0 ? ", \(said.healthChecks) health checks" : "") : "refused \(said.refusalCode)"
        self.init(
            who: AccessEntry.asker(said),
            action: "\(AccessEntry.history), \(outcome)", purpose: said.purpose, time: inquiry.time)
    }
}

extension ExchangeEvidence {
    /// Where MoH's stores lie, a directory a shard.
    var ministryDirectories: [String] {
        subjects.filter { $0.role == .moh }.map(\.directory).filter { StoreInspection.isPossible(directory: $0) }
    }

    /// The stores of MoH, as of now.
    /// - Throws: ``ProgramFailure`` when there are none here; `StoreError`.
    private func ministryStores() throws -> [StoreInspection] {
        let directories = ministryDirectories
        guard !directories.isEmpty else {
            throw ProgramFailure("\(layout.directory) has no MoH, who alone keeps the books; it may run elsewhere")
        }
        return try directories.map { try StoreInspection(directory: $0) }
    }

    /// What MoH keeps of a citizen; nil for nothing.
    func book(of citizen: CitizenNumber) throws -> HealthBook? {
        try BookReader.book(of: citizen, in: try ministryStores())
    }

    /// Who looked into these records, as far as the auditor has it: one that has just been started has nobody yet.
    fileprivate func looks(at records: Set<RecordIdentifier>) throws -> [BookLook] {
        guard let auditor, StoreInspection.isPossible(directory: auditor.directory) else { return [] }
        do {
            // Who read by a door stands in the book itself.
            return try accesses().map(\.entry).filter {
                $0.action != AccessEntry.door && !records.isDisjoint(with: $0.records)
            }.map { BookLook($0) }
        } catch let error as StoreError where error.code == .notBegun {
            return []
        }
    }
}
