public import ArgumentParser
import Glibc

/// How a program writes its log.
public enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// A line for people.
    case text
    /// An object of JSON in each line, for a program that collects logs.
    case json

    /// The environment variable that chooses. It is inherited, so that all programs of an exchange write alike.
    public static let variable = "CLOSED_CYCLE_LOG_FORMAT"

    /// What the environment chooses; ``text`` where it says nothing that is known.
    public static let chosen = getenv(variable).flatMap { LogFormat(rawValue: String(cString: $0)) } ?? .text

    /// Chooses for this program, and for those that it starts later. To be called before anything is logged, and before
    /// other threads read the environment.
    public func choose() { setenv(Self.variable, rawValue, 1) }
}
