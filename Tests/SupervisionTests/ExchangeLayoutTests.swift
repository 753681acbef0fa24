import Composition
import Foundation
import ProgramTestSupport
import Supervision
import Testing

@Suite struct ExchangeLayoutTests {
    let directory: TemporaryDirectory
    var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TemporaryDirectory() }

    private func record() -> ExchangeRecord {
        ExchangeRecord(purpose: .run, scenario: "clean", seed: nil, records: 5, broker: "", ownsBroker: true)
    }

    @Test func newDirectoryIsAccepted() throws {
        try layout.requireUnused()
        let lock = try layout.lock()
        try layout.write(record())
        #expect(try layout.record()?.scenario == "clean")
        #expect(layout.isInUse)
        _ = lock
    }

    @Test func directoryOfAnotherRunIsRefused() throws {
        do {
            _ = try layout.lock()
            try layout.write(record())
        }
        let failure = #expect(throws: ProgramFailure.self) { try layout.requireUnused() }
        #expect(failure?.reason.contains("holds another run") == true)
        #expect(failure?.reason.contains("use another --data") == true)
    }

    @Test func directoryOfAnotherVersionIsRefused() throws {
        do { _ = try layout.lock() }
        try Data(#"{"format": 2, "layout": "tomorrow's"}"#.utf8).write(to: URL(fileURLWithPath: layout.recordPath))
        let failure = #expect(throws: ProgramFailure.self) { try layout.record() }
        #expect(failure?.reason.contains("has format 2, this program reads 1") == true)
    }

    @Test func damagedRecordIsSaidToBeDamaged() throws {
        do { _ = try layout.lock() }
        try Data("{".utf8).write(to: URL(fileURLWithPath: layout.recordPath))
        let failure = #expect(throws: ProgramFailure.self) { try layout.record() }
        #expect(failure?.reason.contains("damaged") == true)
    }

    @Test func directoryWithSomethingElseIsRefused() throws {
        _ = try directory.write("letters", to: "something")
        let failure = #expect(throws: ProgramFailure.self) { try ExchangeLayout(directory.path).requireUnused() }
        #expect(failure?.reason.contains("not empty") == true)
    }

    @Test func directoryInUseSaysByWhom() throws {
        let lock = try layout.lock()
        try layout.write(record())
        let failure = #expect(throws: ProgramFailure.self) { try layout.lock() }
        #expect(failure?.reason.contains("process \(getpid())") == true)
        #expect(failure?.reason.contains("cycle down") == true)
        _ = lock
    }
}
