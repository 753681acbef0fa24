import Foundation

/// The programs that were built, which stand beside the test bundle that is running, and the files that are shipped.
package enum BuiltPrograms {
    package static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? own
        return (bundle as NSString).deletingLastPathComponent
    }()

    package static func path(_ program: String) -> String { folder + "/" + program }

    /// The folder with the shipped topologies and scenarios.
    package static let topologyFolder: String = {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        return place.appendingPathComponent("topology")
    }()
}
