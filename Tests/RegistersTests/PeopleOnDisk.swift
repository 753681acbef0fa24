import Foundation
import Registers

/// A folder with a file of people in it, gone when the test is.
final class PeopleOnDisk {
    let folder: String
    let file: String

    init(_ text: String, name: String = "patients.csv") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("people-\(UUID().uuidString)").path
        file = folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var registers: RegisterFiles { RegisterFiles(directory: folder + "/registers") }

    /// The problems of an import that fails, each as a person reads it, without the folder.
    func problems() -> [String] {
        do {
            _ = try PeopleImport.run(file, into: registers)
            return []
        } catch let error as RegisterFileError {
            return error.problems.map { $0.description.replacingOccurrences(of: folder + "/", with: "") }
        } catch {
            return [String(describing: error).replacingOccurrences(of: folder + "/", with: "")]
        }
    }

    /// What lies in the folder of the registers.
    func left() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/registers")) ?? []).sorted()
    }

    /// A file with the headings of a small one, and these rows.
    static let headings =
        "citizenNumber,earlierNumbers,fullName,birthDate,sex,province,card,cardValidFrom,cardValidTo,diedOn"
}
