import ArgumentParser
import Composition
import InterfaceDescription
import ProgramStart

/// Describes the topics for programs.
struct TopologyDescribe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "asyncapi", abstract: "Describe the topics of a topology as an AsyncAPI 3.0.0 document (JSON).",
        discussion:
            "Who writes and reads each topic, its key, its headers, and which Protocol Buffers message it carries.")

    @OptionGroup var file: TopologyFileOptions

    @Option(help: "Where the .proto files are, as the document names them: a path or an address.")
    var protos = "Sources/ExchangeSchema/Protos/exchange/v1"

    @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write; by default standard output.")
    var output: String?

    func run() throws {
        try ProgramFailure.reported(by: "cycle topology asyncapi") {
            let document = try AsyncAPIDocument(file.load(), protos: protos).json
            if let output {
                try OutputFile(output).write(document)
            } else {
                try StandardOutput.say(String(decoding: document, as: UTF8.self))
            }
        }
    }
}
