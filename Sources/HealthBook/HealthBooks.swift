public import ExchangeSchema
public import PartyCore

/// All books in memory: what the tables of a store hold, as a value.
public struct HealthBooks: ReadModel {
    private var items: [UInt64: [BookItem]] = [:]
    /// Each former number, with the one that came after it.
    private var successors: [UInt64: UInt64] = [:]

    /// No books.
    public init() {}

    /// What is known of one person, as it stands after these changes: enough to answer questions about the person.
    /// - Parameters:
    ///   - successors: Each former number, with the one that came after it, before the changes.
    ///   - items: What was told under a number before the changes.
    public static func excerpt(
        of citizen: UInt64, successors: [UInt64: UInt64], after changes: ReadModelChanges,
        items: (UInt64) throws -> [BookItem]
    ) rethrows -> HealthBooks {
        var later = successors
        for change in changes.changes where change.kind == .renumbering {
            if let number = NumberChain.number(changes.content(of: change)) { later[change.subject] = number }
        }
        var books = HealthBooks()
        books.successors = successors
        for number in NumberChain(later).numbers(of: citizen) { books.items[number] = try items(number) }
        books.apply(changes)
        return books
    }

    /// Citizens with a book, by their numbers at the time.
    public var citizens: Set<UInt64> { Set(items.keys) }

    /// What was told under a number, in the order in which it was told.
    public func items(of citizen: UInt64) -> [BookItem] { items[citizen] ?? [] }

    /// What was told of records, by record, with the number under which it was told.
    public var itemsByRecord: [RecordIdentifier: [(citizen: UInt64, item: BookItem)]] {
        var found: [RecordIdentifier: [(citizen: UInt64, item: BookItem)]] = [:]
        for (citizen, items) in items {
            for item in items where item.kind != .enrolment {
                found[item.record, default: []].append((citizen, item))
            }
        }
        return found
    }

    /// Each former number, with the one that came after it.
    public var newerNumbers: [UInt64: UInt64] { successors }

    /// Takes in what a batch changed.
    public mutating func apply(_ changes: ReadModelChanges) {
        for change in changes.changes {
            let content = Array(changes.content(of: change))
            switch change.kind {
            case .enrolment where isEnrolled(change.subject): continue
            case .entry, .withdrawal, .enrolment, .departure, .inquiry:
                items[change.subject, default: []].append(
                    BookItem(
                        change.kind, record: change.record, revision: change.revision, time: change.time,
                        content: content))
            case .renumbering:
                if let number = NumberChain.number(content) { successors[change.subject] = number }
            // In MoH's own figures, and in a table beside the books.
            case .coverage, .refusal: continue
            case .erasure:
                for number in numbers(of: change.subject) {
                    items[number] = nil
                    successors[number] = nil
                }
            }
        }
    }

    /// What a question is answered with, as the books stand after these changes.
    public func answer(_ question: ReadModelQuestion, after changes: ReadModelChanges) throws -> ReadModelAnswer? {
        Self.excerpt(of: question.subject, successors: successors, after: changes) { items[$0] ?? [] }
            .answer(question)
    }

    /// What a question is answered with, as the books stand.
    public func answer(_ question: ReadModelQuestion) -> ReadModelAnswer? {
        switch question.kind {
        case .bookExtract:
            guard let citizen = CitizenNumber(number: question.subject),
                let request = try? ReadBook(decoding: question.content)
            else { return nil }
            let book: HealthBook?
            do {
                book = try self.book(of: citizen)
            } catch {
                return BookExtraction.unreadable(request, at: question.time)
            }
            return BookExtraction.answer(
                to: request, by: book, releasing: question.releasing, at: question.time)
        case .sharedHistory:
            guard let citizen = CitizenNumber(number: question.subject),
                let request = try? HistoryRequest(decoding: question.content)
            else { return nil }
            let book: HealthBook?
            do {
                book = try self.book(of: citizen)
            } catch {
                // A facility has sent tables that are none. Whoever asks about the person must not stop MoH by it.
                return HistoryRelease.unreadable(request, at: question.time)
            }
            return HistoryRelease.answer(to: request, by: book, releasing: question.releasing, at: question.time)
        }
    }

    /// The book of a citizen, under any number that they have had.
    /// - Returns: Nil when nothing is known of them.
    /// - Throws: `UnreadablePayload` when an entry is damaged.
    public func book(of citizen: CitizenNumber) throws -> HealthBook? {
        let numbers = numbers(of: citizen.number)
        let found = numbers.flatMap { items[$0] ?? [] }
        return found.isEmpty ? nil : try HealthBook(numbers: numbers, items: found)
    }

    /// Whether a book was opened before any visit for whoever has, or had, this number: then a second enrolment is none.
    private func isEnrolled(_ citizen: UInt64) -> Bool {
        numbers(of: citizen).contains { items[$0]?.contains { $0.kind == .enrolment } == true }
    }

    private func numbers(of citizen: UInt64) -> [UInt64] { NumberChain(successors).numbers(of: citizen) }
}

/// Numbers that were issued to one person after each other.
public struct NumberChain: Sendable {
    private let successors: [UInt64: UInt64]
    private let formers: [UInt64: [UInt64]]

    /// - Parameter successors: Each former number, with the one that came after it.
    public init(_ successors: [UInt64: UInt64]) {
        self.successors = successors
        formers = successors.reduce(into: [:]) { $0[$1.value, default: []].append($1.key) }
    }

    /// All numbers of the person who has or had this one, the one in force first, then from the latest to the first.
    public func numbers(of citizen: UInt64) -> [UInt64] {
        var known: Set<UInt64> = [citizen]
        var newest = citizen
        while let next = successors[newest], known.insert(next).inserted { newest = next }
        var numbers = [newest]
        var place = 0
        while place < numbers.count {
            for former in (formers[numbers[place]] ?? []).sorted(by: >) where !numbers.contains(former) {
                numbers.append(former)
            }
            place += 1
        }
        return numbers
    }

    /// A number as the content of a renumbering writes it; nil for anything else.
    public static func number(_ content: some Sequence<UInt8>) -> UInt64? {
        (try? CitizenNumber(parsing: String(decoding: Array(content), as: UTF8.self)))?.number
    }
}
