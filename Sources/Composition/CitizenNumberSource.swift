import Foundation

/// A citizen number as a person gives it: on the command line, or as the first line of a file, where nobody else on the
/// machine sees it.
package struct CitizenNumberSource {
    private let argument: String?
    private let file: String?

    /// - Parameter file: Path of the file; `-` for standard input, which is also taken where there is neither.
    package init(argument: String?, file: String?) {
        self.argument = argument
        self.file = file
    }

    /// The number as it was given, unchecked.
    /// - Throws: ``ProgramFailure`` when the file cannot be read.
    package func read() throws -> String {
        if let argument { return argument }
        let path = file ?? "-"
        let line: String?
        if path == "-" {
            line = readLine()
        } else {
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw ProgramFailure("cannot read \(path)")
            }
            line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
        }
        return (line ?? "").trimmingCharacters(in: .whitespaces)
    }
}
