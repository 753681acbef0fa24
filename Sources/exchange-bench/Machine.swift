import Foundation

/// The machine the figures belong to.
enum Machine {
    /// Processor, cores, memory and kernel, in one line.
    static var description: String {
        let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = processors.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
        let information = ProcessInfo.processInfo
        let memory = information.physicalMemory / 1_073_741_824
        return "\(name), \(information.activeProcessorCount) cores, \(memory) GiB, "
            + information.operatingSystemVersionString
    }

    /// Where this program lies; the others lie beside it.
    static var ownPath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// Bytes of all files below a directory.
    static func bytesOnDisk(_ directory: String) -> Int64 {
        let files = FileManager.default.enumerator(atPath: directory)
        var total: Int64 = 0
        while let path = files?.nextObject() as? String {
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + path)
            total += (attributes?[.size] as? NSNumber)?.int64Value ?? 0
        }
        return total
    }

    /// A number with so many decimals.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    /// Most memory that this process has had at once, as the kernel says it; 0 when it does not.
    static var peakResidentBytes: Int64 { peakResidentBytes(of: getpid()) }

    /// Most memory that a process has had at once, as the kernel says it; 0 when it does not.
    static func peakResidentBytes(of process: Int32) -> Int64 {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) } ?? 0) << 10
    }

    /// Processor time that a process has spent, its own and the kernel's for it, seconds; 0 when it is gone.
    static func processorSeconds(of process: Int32) -> Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The name, in brackets, may hold spaces.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
