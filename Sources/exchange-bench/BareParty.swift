import ArgumentParser
import Composition
import Foundation
import ProgramStart
import Vocabulary

/// MoH or the locality without its book or warehouse: this program under the name of theirs. What it leaves out the real
/// programs cannot leave out.
struct BareParty: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bare-party")

    @OptionGroup var options: PartyOptions

    /// Whose program this one stands for; nil when it is called by its own name.
    static var role: PartyRole? {
        let name = URL(fileURLWithPath: Machine.ownPath).lastPathComponent
        return [PartyRole.moh, .locality].first { $0.rawValue == name }
    }

    func run() throws {
        guard let role = Self.role else { throw ValidationError("link this program to moh or locality") }
        try PartyProgram.run(role, options, keepsReadModel: false)
    }

    /// A folder with the programs of an exchange, of which two are this one.
    static func makePrograms(in folder: String) throws {
        let programs = URL(fileURLWithPath: Machine.ownPath).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["cycle", "facility", "moh", "vss", "c06", "locality", "auditor", "broker"] {
            let isBare = name == PartyRole.moh.rawValue || name == PartyRole.locality.rawValue
            let original = isBare ? Machine.ownPath : programs + "/" + name
            // A program finds the others beside the path under which it was started, so a symbolic link will not do.
            if link(original, folder + "/" + name) != 0 {
                try FileManager.default.copyItem(atPath: original, toPath: folder + "/" + name)
            }
        }
    }
}
