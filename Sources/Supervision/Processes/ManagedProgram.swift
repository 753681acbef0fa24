import Foundation
import ProgramStart

/// A program that a supervisor keeps running.
public struct ManagedProgram: Sendable {
    /// Name of its process: of the log, in messages and in the report.
    public var name: String
    /// Path of the executable.
    public var executable: String
    /// Its arguments.
    public var arguments: [String]
    /// When it is stopped.
    public var stops: StopTurn

    /// The order in which programs are stopped, each turn once the turn before has ended.
    public enum StopTurn: Sendable, CaseIterable {
        /// The doors, which then have answered what the parties have taken in.
        case beforeParties
        /// The parties.
        case first
        /// The auditor, which then reads to the end what the parties have sent.
        case afterParties
        /// The broker.
        case last

        /// How long a program may take before it is ended by force.
        public var patience: Duration { self == .afterParties ? .seconds(75) : .seconds(5) }
    }

    /// Takes all fields.
    public init(name: String, executable: String, arguments: [String], stops: StopTurn = .first) {
        self.name = name
        self.executable = executable
        self.arguments = arguments
        self.stops = stops
    }
}

/// What a program's processes used, all its starts together.
public struct ProcessReport: Sendable, Codable, Equatable {
    /// Name of the program.
    public var name: String
    /// Largest resident memory of any of its processes, bytes.
    public var peakResidentBytes: Int64
    /// Processor time, seconds.
    public var processorSeconds: Double
    /// Times it was started again.
    public var restarts: Int
    /// Why it could not go on, with the end of its log; nil where it could.
    public var failure: String?

    /// What this process has used so far.
    package static func ofThisProcess(_ name: String) -> ProcessReport {
        ProcessReport(
            name: name, peakResidentBytes: ProcessMemory.peakResidentBytes(of: getpid()) ?? 0,
            processorSeconds: ProcessUse.ofThisProcess.processorSeconds, restarts: 0)
    }
}
