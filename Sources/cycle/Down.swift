import ArgumentParser
import Composition
import Supervision

/// Ends an exchange.
struct Down: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End an exchange that was started with cycle up; nothing of it is lost.")

    @OptionGroup var data: DataOptions

    func run() throws {
        try ProgramFailure.reported(by: "cycle") {
            let wasRunning = try ExchangeControl(layout: data.layout).stop()
            print(wasRunning ? "stopped" : "the exchange in \(data.data) was not running")
        }
    }
}
