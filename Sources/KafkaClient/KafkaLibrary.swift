import CRdKafka

/// The client library that this program runs with, which need not be the one it was built with.
public enum KafkaLibrary {
    /// A version, as librdkafka counts them.
    public struct Version: Sendable, Comparable, CustomStringConvertible {
        let parts: [Int]

        /// A version by its three numbers.
        public init(_ major: Int, _ minor: Int, _ patch: Int) { parts = [major, minor, patch] }

        /// `2.6.1`.
        public var description: String { parts.map { String($0) }.joined(separator: ".") }

        /// By the first number that differs.
        public static func < (left: Version, right: Version) -> Bool {
            left.parts.lexicographicallyPrecedes(right.parts)
        }
    }

    /// The version in use.
    public static var version: Version {
        let number = Int(rd_kafka_version())
        return Version(number >> 24 & 0xFF, number >> 16 & 0xFF, number >> 8 & 0xFF)
    }
}
