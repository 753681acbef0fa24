import Foundation
import Testing

import struct GRDB.DatabaseError
import class GRDB.DatabaseQueue
import struct GRDB.ResultCode

@testable import PartyStore

/// What SQLite refuses is said, where it is refused.
@Suite struct StatementTests {
    private func withStatement(_ sql: String, _ body: (Statement) throws -> Void) throws {
        try DatabaseQueue().read { database in
            try body(Statement(try #require(database.sqliteConnection), sql))
        }
    }

    @Test func aPlaceThatIsNotThereIsRefused() throws {
        try withStatement("SELECT ?1") { statement in
            try statement.bind(1, at: 1)
            #expect(throws: StoreError(.database, "")) { try statement.bind(1, at: 2) }
            [UInt8](repeating: 1, count: 4).withUnsafeBytes { bytes -> Void in
                #expect(throws: StoreError(.database, "")) { try statement.bind(borrowed: bytes, at: 2) }
            }
        }
    }

    @Test func aStatementThatRunsIsNotBound() throws {
        try withStatement("SELECT ?1 UNION SELECT 2") { statement in
            try statement.bind(1, at: 1)
            #expect(try statement.step())
            #expect(throws: StoreError(.database, "")) { try statement.bind(3, at: 1) }
            statement.reset()
            try statement.bind(3, at: 1)
        }
    }

    @Test func moreBytesThanSQLiteTakesAreRefused() throws {
        try withStatement("SELECT ?1") { statement in
            // Never read: the length alone is refused.
            let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 16), count: 1 << 31)
            let error = #expect(throws: StoreError.self) { try statement.bind(borrowed: bytes, at: 1) }
            #expect(error?.description.contains("too big") == true)
        }
    }

    @Test func afterItsEndNothingIsDone() throws {
        try withStatement("SELECT 1") { statement in
            statement.finalize()
            #expect(throws: StoreError(.database, "")) { try statement.run() }
        }
    }

    static let codes: [(Int32, StoreError.Code)] = [
        (13, .diskFull), (10, .diskFull), (10 | 3 << 8, .diskFull), (26, .damaged), (11, .damaged), (5, .inUse),
        (6, .inUse), (8, .database), (14, .database), (1, .database),
    ]

    @Test(arguments: codes) func aResultCodeMeansTheSameWhoeverMeetsIt(code: Int32, meaning: StoreError.Code) {
        #expect(StoreError(sqlite: code, path: "/d", "text").code == meaning)
        let error = DatabaseError(resultCode: ResultCode(rawValue: code), message: "text")
        let mapped = StoreError(error, path: "/d")
        #expect(
            mapped.code == meaning && mapped.description == StoreError(sqlite: code, path: "/d", "text").description)
    }
}
