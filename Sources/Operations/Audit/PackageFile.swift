import Audit
import Composition
public import EvidencePackage
import Foundation
import TransparencyLog

/// A package on the disk of whoever checks it; no exchange is needed.
public struct PackageFile {
    private let path: String

    /// Takes the path.
    public init(_ path: String) { self.path = path }

    /// Checks it.
    /// - Parameters:
    ///   - keys: Files or folders of public keys one trusts; empty to use the package's own.
    ///   - pins: A folder of pins that the logs must continue; nil for none.
    ///   - skew: By how much the clocks of two parties may differ; seconds.
    /// - Throws: ``ProgramFailure``, `ZipError`, `PackageError` or `EvidenceError` when it cannot be read, or is of
    ///   another exchange than the keys.
    public func check(keys: [String], pins: String? = nil, skew: Int? = nil) throws -> CheckReport {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ProgramFailure("\(path) cannot be read; check the path")
        }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: ZipArchive.greatestLength + 1) else {
            throw ProgramFailure("\(path) cannot be read")
        }
        var trusted: KeyRing? = keys.isEmpty ? nil : KeyRing()
        for path in keys { try trusted?.add(KeyLines.read(at: path), path: path) }
        let pinned = try pins.map { try Pins(folder: $0) }
        do {
            return try PackageCheck.report(
                on: Array(data), trusted: trusted, pins: pinned,
                skew: skew.map { Int64($0) * 1_000 } ?? StoryCheck.usualSkew)
        } catch {
            throw ProgramFailure("\(path): \(error)")
        }
    }
}
