import Foundation
import ProgramTestSupport

/// A shipped topology in which parties have more instances than there.
enum WrittenTopology {
    /// Writes it into a directory of the test.
    ///
    /// What C06 reports of people by itself and what facilities ask of MoH is left out: it is not keyed by record, so that
    /// MoH and C06 may have one instance only where it is sent.
    static func write(
        _ file: String, instances: Int, of parties: [String], to directory: TemporaryDirectory
    ) throws -> String {
        var text = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/" + file, encoding: .utf8)
            .components(separatedBy: "\n\n")
            .filter { part in
                !["civilStatus", "bookHandover", "historyRequest", "sharedHistory"].contains {
                    part.contains("carries: \($0)")
                }
            }
            .joined(separator: "\n\n")
        for party in parties {
            text = text.replacing("role: \(party), instances: 1", with: "role: \(party), instances: \(instances)")
        }
        let path = directory.path + "/topology.yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
