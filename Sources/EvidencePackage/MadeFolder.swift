import Foundation

/// A folder that is new or empty before something is written into it, and is so again when that fails.
struct MadeFolder {
    private let path: String
    /// The highest folder that has to be made for it; nil when it is there already.
    private let highest: String?

    init(_ path: String) {
        self.path = path
        var missing: String?
        var place = path
        while !place.isEmpty, !FileManager.default.fileExists(atPath: place) {
            missing = place
            place = (place as NSString).deletingLastPathComponent
        }
        highest = missing
    }

    func make() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    /// Removes what was written; a folder that was there stays, empty as it was.
    func undo() {
        let manager = FileManager.default
        if let highest {
            try? manager.removeItem(atPath: highest)
        } else {
            for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
                try? manager.removeItem(atPath: path + "/" + name)
            }
        }
    }

    /// The system's words for an error of Foundation's, in one line.
    static func reason(_ error: any Error) -> String {
        var found = error as NSError
        while let inner = found.userInfo[NSUnderlyingErrorKey] as? NSError { found = inner }
        return found.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(found.code))) : found.localizedDescription
    }
}
