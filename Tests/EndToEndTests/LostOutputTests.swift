import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// Output that nobody reads, and standard descriptors that were closed before the start, end no run.
@Suite struct LostOutputTests {
    @Test(arguments: [
        "\"$0\" \"$@\" 2>&-; echo $? > status",
        "\"$0\" \"$@\" >&- 2>&-; echo $? > status",
        "\"$0\" \"$@\" <&- 2>&-; echo $? > status",
        "{ \"$0\" \"$@\"; echo $? > status; } 2>&1 | head -1",
    ])
    func aRunEndsAsItWould(command: String) async throws {
        try await ExchangeSlots.run { directory in
            let arguments = ["run", "clean", "--records", "200", "--data", directory.data]
            let shell = try Program(
                "/bin/sh", ["-c", command, BuiltPrograms.path("cycle")] + arguments, in: directory.path)
            #expect(await shell.exit() == 0)
            let status = try String(contentsOfFile: directory.path + "/status", encoding: .utf8)
            #expect(status == "0\n")
            // No line for people went into a file of the exchange.
            let path = ExchangeLayout(directory.data).partyDirectory("moh") + "/party.sqlite"
            let database = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(database.starts(with: Data("SQLite format 3".utf8)))
        }
    }
}
