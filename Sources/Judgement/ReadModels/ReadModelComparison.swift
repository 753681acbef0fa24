import BookStore
import Composition
import ExchangeSchema
import WarehouseStore

/// Compares the book and the warehouses with what follows from the population, a record at a time. Of each visit it keeps
/// some 24 bytes, whatever there is of it.
struct ReadModelComparison {
    let truth: ReadModelTruth
    private(set) var differences = ReadModelDifferences()
    /// What the book has of each visit: nothing where it was not read.
    private var inBook: [BookStanding]

    init(truth: ReadModelTruth) {
        self.truth = truth
        inBook = Array(repeating: BookStanding(), count: Int(truth.records))
    }

    /// The revisions of a visit that a book has, and where the newest of them stands.
    struct BookStanding {
        var revisions = RevisionSet()
        var province: UInt8 = 0
        var citizen: UInt64 = 0
        var time: Int64 = 0
    }

    /// What the book has of a visit.
    func standing(ofVisit visit: Int64) -> BookStanding { inBook[Int(visit)] }

    mutating func note(_ standing: BookStanding, ofVisit visit: Int64) { inBook[Int(visit)] = standing }

    mutating func addToBook(_ text: @autoclosure () -> String) { differences.addToBook(text()) }

    mutating func addToWarehouse(_ text: @autoclosure () -> String) { differences.addToWarehouse(text()) }
}

/// Revisions 1 to 8 of a record. A scenario's visits have two at most.
struct RevisionSet: Equatable {
    private var bits: UInt8 = 0

    mutating func insert(_ revision: UInt32) { bits |= Self.bit(revision) }

    func contains(_ revision: UInt32) -> Bool { bits & Self.bit(revision) != 0 }

    private static func bit(_ revision: UInt32) -> UInt8 {
        (1...8).contains(revision) ? 1 << UInt8(revision - 1) : 0
    }
}
