import Foundation

/// Processor time that this process has spent.
struct ProcessorTime: CustomStringConvertible {
    /// In its own code, and in the kernel for it; seconds.
    var (user, system): (Double, Double)

    static var now: ProcessorTime {
        var spent = tms()
        times(&spent)
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return ProcessorTime(user: Double(spent.tms_utime) / ticks, system: Double(spent.tms_stime) / ticks)
    }

    static func - (later: ProcessorTime, earlier: ProcessorTime) -> ProcessorTime {
        ProcessorTime(user: later.user - earlier.user, system: later.system - earlier.system)
    }

    /// Microseconds for each of so many things.
    func each(_ count: Int) -> String { Machine.fixed((user + system) / Double(max(1, count)) * 1_000_000, 1) }

    var description: String { Machine.fixed(user, 2) + " s user, " + Machine.fixed(system, 2) + " s system" }
}
