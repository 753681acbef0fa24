public import Glibc

/// What a process has used, by the kernel's account of it.
public struct ProcessUse: Sendable, Equatable {
    /// Processor time, its own and the kernel's for it, seconds.
    public var processorSeconds: Double
    /// Largest resident memory so far, bytes. A child begins with the peak of the process that started it.
    public var peakResidentBytes: Int64

    /// Reads the kernel's account.
    public init(_ usage: rusage) {
        processorSeconds =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
        peakResidentBytes = Int64(usage.ru_maxrss) * 1_024
    }

    /// Of this process, so far.
    public static var ofThisProcess: ProcessUse {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return ProcessUse(usage)
    }
}
