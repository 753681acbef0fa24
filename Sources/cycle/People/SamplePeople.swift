import ArgumentParser
import Composition
import Foundation
import Operations

/// `cycle people sample`: made-up people, in the form in which one's own are given.
struct SamplePeople: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Write made-up people as CSV, to be changed at will.",
        discussion: "All of them are computed; the same seed gives the same people. No real person is among them.")

    @Argument(help: "How many, 1 to 1000000.")
    var count: Int

    @Option(help: "The seed they are computed from.")
    var seed: UInt64 = 1

    @Option(name: .shortAndLong, help: "The file to write; by default standard output.")
    var output: String?

    func validate() throws {
        if !(1...1_000_000).contains(count) { throw ValidationError("the number of people is 1 to 1000000") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle people sample") {
            let text = try PeopleSample(count: count, seed: seed).text()
            if let output {
                try OutputFile(output).write(Data(text.utf8))
                try StandardOutput.say("\(count) people in \(output)")
            } else {
                try StandardOutput.say(String(text.dropLast()))
            }
        }
    }
}
