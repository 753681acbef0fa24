import Foundation

/// A citizen number as a person gives it: on the command line, as the first line of a file, or, where nobody else on the
/// machine and nobody behind the back sees it, at a terminal.
package struct CitizenNumberSource {
    private let argument: String?
    private let file: String?

    /// - Parameter file: Path of the file; `-` for standard input. Where there is neither, a person at a terminal is asked.
    package init(argument: String?, file: String?) {
        self.argument = argument
        self.file = file
    }

    /// What is wrong with how it is given; nil when nothing is.
    /// - Parameter what: What there is to give, for example `the citizen number`.
    package func problem(_ what: String) -> String? {
        if argument != nil, file != nil { return "give \(what), or --citizen-file, and not both" }
        guard argument == nil, file == nil, !CitizenNumberPrompt().isPossible else { return nil }
        return "give \(what), or --citizen-file PATH (- for standard input); at a terminal you are asked for it"
    }

    /// The number as it was given, unchecked.
    /// - Throws: ``ProgramFailure`` when the file cannot be read.
    package func read() throws -> String {
        if let argument { return argument }
        let line: String?
        switch file {
        case nil: line = try CitizenNumberPrompt().ask()
        case "-"?: line = readLine()
        case let path?:
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw ProgramFailure("cannot read \(path)")
            }
            line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
        }
        return (line ?? "").trimmingCharacters(in: .whitespaces)
    }
}
