import Foundation

/// The built programs, which stand beside the test bundle that is running.
enum BuiltPrograms {
    static let folder: String = {
        var folder = ""
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            folder = (own as NSString).deletingLastPathComponent
        }
        for argument in CommandLine.arguments where argument.contains(".xctest") {
            folder = (argument as NSString).deletingLastPathComponent
        }
        return folder
    }()

    static func path(_ name: String) -> String { folder + "/" + name }

    /// The folder with the shipped topology and scenarios.
    static let topologyFolder: String = {
        var place = #filePath as NSString
        for _ in 0..<4 { place = place.deletingLastPathComponent as NSString }
        return place.appendingPathComponent("topology")
    }()
}
