import Foundation

/// What one pair of runs measured.
struct PairFigures: Codable {
    var cyclesPerSecond: Double
    var cycleSeconds: Double
    var relayCyclesPerSecond: Double?
    var relayRecordsPerSecond: Double?
    /// Cycles a second of the exchange over those of the bare relay, or of the other exchange.
    var ratio: Double?
    /// What the other exchange was.
    var other: OtherExchange?
    var otherCyclesPerSecond: Double?
    /// Processor time of each program, and of those of the other exchange.
    var processorSeconds: [String: Double]
    var otherProcessorSeconds: [String: Double]?
    var peakResidentBytes: [String: Int64]
    var bytesOnDisk: Int64
    /// Bytes on disk for each visit, by program; what belongs to no party is the broker's.
    var bytesPerVisit: [String: Int64]

    init(
        report: CycleReport, relay: RelayBaseline.Outcome?, other: (OtherExchange, CycleReport)?,
        brokerPeakBytes: Int64, bytesOnDisk: Int64
    ) {
        cyclesPerSecond = report.cyclesPerSecond
        cycleSeconds = report.elapsedSeconds
        relayCyclesPerSecond = relay?.cyclesPerSecond
        relayRecordsPerSecond = relay.map { $0.cyclesPerSecond * Double(RelayBaseline.hops.count) }
        self.other = other?.0
        otherCyclesPerSecond = other?.1.cyclesPerSecond
        ratio = (relayCyclesPerSecond ?? otherCyclesPerSecond).map { report.cyclesPerSecond / $0 }
        func seconds(_ report: CycleReport) -> [String: Double] {
            Dictionary(report.processes.map { ($0.name, $0.processorSeconds ?? 0) }, uniquingKeysWith: +)
        }
        processorSeconds = seconds(report)
        otherProcessorSeconds = other.map { seconds($0.1) }
        peakResidentBytes = Dictionary(
            report.processes.map { ($0.name, $0.peakResidentBytes) }, uniquingKeysWith: { max($0, $1) })
        peakResidentBytes["broker"] = brokerPeakBytes
        self.bytesOnDisk = bytesOnDisk
        let visits = max(1, report.submitted)
        bytesPerVisit = Dictionary(report.disk.map { ($0.name, $0.bytes / visits) }, uniquingKeysWith: +)
        bytesPerVisit["broker"] = (bytesOnDisk - report.disk.reduce(0) { $0 + $1.bytes }) / visits
    }

    var summary: String {
        let relay = relayCyclesPerSecond.map { ", relay \(Int($0)) cycles/s" } ?? ""
        let other = otherCyclesPerSecond.map { ", \(self.other?.rawValue ?? "") \(Int($0)) cycles/s" } ?? ""
        let ratio = ratio.map { ", ratio " + Machine.fixed($0, 3) } ?? ""
        return ": \(Int(cyclesPerSecond)) cycles/s\(relay)\(other)\(ratio)"
    }
}

/// All figures, with what is needed to measure them again.
struct BenchReport: Codable {
    var machine: String
    var command: String
    var records: Int
    var scenario: String
    var pairs: [PairFigures]

    var table: String {
        var lines = ["", "machine  \(machine)", "command  \(command)", ""]
        lines.append("cycles/s        \(Int(median(pairs.map(\.cyclesPerSecond))))")
        let relays = pairs.compactMap(\.relayCyclesPerSecond)
        if !relays.isEmpty {
            lines.append("relay cycles/s  \(Int(median(relays)))")
            lines.append("relay records/s \(Int(median(pairs.compactMap(\.relayRecordsPerSecond))))")
        }
        let others = pairs.compactMap(\.otherCyclesPerSecond)
        let name = pairs.compactMap(\.other).first?.rawValue ?? ""
        if !others.isEmpty { lines.append("cycles/s        \(Int(median(others))) \(name)") }
        if !relays.isEmpty || !others.isEmpty {
            lines.append("ratio           \(Machine.fixed(median(pairs.compactMap(\.ratio)), 3))")
        }
        for program in Set(pairs.flatMap { Array($0.processorSeconds.keys) }).sorted() {
            let others = pairs.compactMap { $0.otherProcessorSeconds?[program] }
            let seconds = median(pairs.compactMap { $0.processorSeconds[program] })
            lines.append(
                "processor       \(program): \(Machine.fixed(seconds, 2)) s"
                    + (others.isEmpty ? "" : ", \(name) \(Machine.fixed(median(others), 2)) s"))
        }
        lines.append("bytes on disk   \(Int(median(pairs.map { Double($0.bytesOnDisk) })) / 1_048_576) MiB (cycle)")
        for name in Set(pairs.flatMap { Array($0.bytesPerVisit.keys) }).sorted() {
            let bytes = median(pairs.compactMap { $0.bytesPerVisit[name].map(Double.init) })
            lines.append("bytes a visit   \(name): \(Int(bytes))")
        }
        for name in Set(pairs.flatMap { Array($0.peakResidentBytes.keys) }).sorted() {
            let peak = pairs.compactMap { $0.peakResidentBytes[name] }.max() ?? 0
            lines.append("peak memory     \(name): \(peak / 1_048_576) MiB")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted.count % 2 == 1
            ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    }
}
