public import PartyCore
public import PartyStore

/// A read model that writes a row for each change, whether it had it before or not: a change that comes twice is two rows.
public final class SampleReadModel: ReadModelWriter {
    /// Why it writes no more.
    public struct Full: Error {}

    private let insert: Statement
    private var room: Int

    /// - Parameter room: Batches that it takes before it fails.
    public init(_ connection: StoreConnection, room: Int = .max) throws {
        try connection.execute(
            "CREATE TABLE IF NOT EXISTS sample (number INTEGER NOT NULL, content BLOB NOT NULL) STRICT")
        insert = try connection.statement("INSERT INTO sample (number, content) VALUES (?1, ?2)")
        self.room = room
    }

    /// A plan for it.
    public static func plan(
        _ place: ReadModelPlan.Place, room: Int = .max, patience: Duration = .zero, mostChanges: Int = .max
    ) -> ReadModelPlan {
        ReadModelPlan(place, patience: patience, mostChanges: mostChanges) { try SampleReadModel($0, room: room) }
    }

    /// Writes the rows, and fails after them when there is no room.
    public func apply(_ changes: ReadModelChanges) throws {
        room -= 1
        for change in changes.changes {
            try Array(changes.content(of: change)).withUnsafeBytes { content in
                try insert.bind(Int64(change.subject), at: 1)
                try insert.bind(borrowed: content, at: 2)
                try insert.run()
            }
        }
        if room < 0 { throw Full() }
    }

    /// Lets go of the statement.
    public func finalize() { insert.finalize() }
}

extension SampleBatch {
    /// What the batch filled last changes in a read model: two changes, of which the subject is a number without gaps.
    public var readModel: ReadModelChanges {
        var changes = ReadModelChanges()
        for subject in UInt64(number * 2 - 1)...UInt64(number * 2) {
            changes.append(
                .entry, subject: subject, record: .stored(Int64(subject)), revision: 1, time: number,
                content: [UInt8](repeating: UInt8(truncatingIfNeeded: subject), count: 300))
        }
        return changes
    }
}
