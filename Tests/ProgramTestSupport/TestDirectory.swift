import Foundation

/// A directory of a test's own, gone when the test is.
package final class TestDirectory: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "closed-cycle-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}

/// The programs that were built, and the files that are shipped.
package enum Built {
    package static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? own
        return (bundle as NSString).deletingLastPathComponent
    }()

    package static let topology: String = {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        return place.appendingPathComponent("topology")
    }()
}
