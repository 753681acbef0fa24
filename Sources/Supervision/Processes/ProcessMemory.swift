import Foundation

/// The memory of processes, from /proc.
enum ProcessMemory {
    /// Largest resident memory so far, bytes; nil when the process is gone. `getrusage` would be no substitute: a child
    /// inherits there the peak of the process that started it.
    static func peakResidentBytes(of process: Int32) -> Int64? {
        guard let file = FileManager.default.contents(atPath: "/proc/\(process)/status") else { return nil }
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return line.split(separator: " ").compactMap { Int64($0) }.first.map { $0 * 1_024 }
        }
        return nil
    }
}
