import Dispatch
import Foundation
import GRDB
import Synchronization

/// Writes people into the two registers on a thread of its own, while the next ones are read: reading and writing cost about
/// as much.
final class PeopleWriting: Sendable {
    /// A person with the line of the file.
    struct Row: Sendable {
        var person: PersonEntry
        var line: Int
    }

    /// Few enough that memory does not count, enough that a batch costs nothing by itself.
    static let batchSize = 1_000

    private let batches = BatchHandover<Row>(capacity: 4)
    private let isGivenUp = Mutex(false)
    private let outcome = Mutex(Result<FoundProblems, any Error>.success(FoundProblems()))
    private let end = DispatchSemaphore(value: 0)

    /// Begins.
    init(to draft: RegisterFiles, file: String) {
        Thread.detachNewThread { [self] in
            let result = Result { try write(to: draft, file: file) }
            outcome.withLock { $0 = result }
            batches.abandon()
            end.signal()
        }
    }

    /// Hands rows over; waits while much is unwritten.
    /// - Throws: What ended the writing.
    func put(_ rows: [Row]) throws {
        if batches.put(rows) { return }
        _ = try finish()
        throw Stopped()
    }

    /// Waits until all is written.
    /// - Returns: What is wrong with people beside each other.
    /// - Throws: SQLite's error.
    func finish() throws -> FoundProblems {
        batches.finish()
        end.wait()
        end.signal()
        return try outcome.withLock { $0 }.get()
    }

    /// What was written is of no use: nothing is written any more when this is over.
    func giveUp() {
        isGivenUp.withLock { $0 = true }
        batches.finish()
        end.wait()
        end.signal()
    }

    /// The writing has ended before the file did, without an error of its own.
    private struct Stopped: Error {}

    private func write(to draft: RegisterFiles, file: String) throws -> FoundProblems {
        let population = try RegisterDatabase.create(draft.population, schema: PopulationWriter.schema)
        let insured = try RegisterDatabase.create(draft.insured, schema: InsuredWriter.schema)
        let problems = try population.write { populationDatabase in
            try insured.write { insuredDatabase in
                let problems = try write(
                    to: PopulationWriter(populationDatabase), and: InsuredWriter(insuredDatabase), file: file)
                // Two rows of one citizen are among the problems, and the index would not take them.
                if problems.isEmpty { try insuredDatabase.execute(sql: InsuredWriter.index) }
                return problems
            }
        }
        try population.close()
        try insured.close()
        return problems
    }

    private func write(
        to population: PopulationWriter, and insured: InsuredWriter, file: String
    ) throws -> FoundProblems {
        var problems = FoundProblems()
        while let batch = batches.take() {
            if isGivenUp.withLock({ $0 }) { throw Stopped() }
            for row in batch {
                problems.add(try population.add(row.person, line: row.line, file: file))
                if let insurance = row.person.insurance {
                    problems.add(try insured.add(row.person, insurance, line: row.line, file: file))
                }
            }
        }
        problems.add(try population.numbersOfTwoPeople(file: file))
        return problems
    }
}
