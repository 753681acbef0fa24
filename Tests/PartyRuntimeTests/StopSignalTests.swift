import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing

@testable import PartyRuntime

/// A wish to stop ends a process that only waits, and none that is opening its store.
@Suite struct StopSignalTests {
    /// Were it to end the process, the whole test run would end here with 99.
    @Test func aHostThatOpensItsStoreLooksAtTheSignalItself() throws {
        let stop = StopSignal()
        stop.endsProcessUntilHostBegins(exitCode: 99)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("stop-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var openings: [Bool] = []
        let store = try PartyStore<SampleRecord>(
            directory: directory, identity: .sample, durability: .process,
            willOpen: {
                openings.append(StoreInspection.isPossible(directory: directory))
                #expect(DirectoryLock.isHeld(directory: directory))
                stop.hostBegins()
                stop.request()
            })
        #expect(openings == [false] && stop.isRequested)
        try store.close()
        #expect(try StoreInspection(directory: directory).progress.nextSequence == 0)
    }
}
