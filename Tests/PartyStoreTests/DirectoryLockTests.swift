import Foundation
import Testing

@testable import PartyStore

/// Who holds a directory, and who waits for it.
@Suite struct DirectoryLockTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func theNextOneWaitsAndSaysForWhom() throws {
        var former: DirectoryLock? = try DirectoryLock(directory: directory.path)
        #expect(DirectoryLock.isHeld(directory: directory.path))
        var said: [String] = []
        let next = try DirectoryLock(directory: directory.path, patience: .seconds(60)) {
            said.append($0)
            former = nil
        }
        #expect(said.count == 1 && former == nil)
        #expect(said[0].contains("still held by another process (\(getpid())); waiting up to 60 s for its end"))
        #expect(DirectoryLock.isHeld(directory: directory.path))
        withExtendedLifetime(next) {}
    }

    @Test func whoWaitedInVainTakesNothingLater() throws {
        let former = try DirectoryLock(directory: directory.path)
        let error = #expect(throws: StoreError.self) {
            try DirectoryLock(directory: directory.path, patience: .milliseconds(20))
        }
        #expect(error?.code == .inUse && error?.description.contains("stop it (\(getpid())), or") == true)
        withExtendedLifetime(former) {}
        _ = consume former
        _ = try DirectoryLock(directory: directory.path, patience: .seconds(60))
    }

    @Test func askingWhetherItIsHeldMakesNothing() throws {
        #expect(!DirectoryLock.isHeld(directory: directory.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
        _ = try DirectoryLock(directory: directory.path)
        #expect(!DirectoryLock.isHeld(directory: directory.path))
    }
}
