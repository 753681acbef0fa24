/// Samples of one name, as Prometheus reads them (text exposition format 0.0.4).
public struct MetricFamily: Sendable {
    /// What a number does over time.
    public enum Kind: String, Sendable {
        /// A number that only grows, also over restarts.
        case counter
        /// A number that rises and falls.
        case gauge
    }

    private let name: String
    private let help: String
    private let kind: Kind
    private var samples: [(labels: [(String, String)], value: Double)] = []

    /// A family without samples.
    /// - Parameters:
    ///   - name: What follows `closed_cycle_`: lower case, unit last, `_total` at the end of a counter.
    ///   - help: One sentence.
    public init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "closed_cycle_" + name
        self.kind = kind
        self.help = help
    }

    /// Adds a sample; one without a value is left out, because 0 would be something else.
    public mutating func add(_ value: Double?, _ labels: (String, String)...) {
        guard let value else { return }
        samples.append((labels, value))
    }

    /// Adds a sample; one without a value is left out.
    public mutating func add(_ value: Int64?, _ labels: (String, String)...) {
        guard let value else { return }
        samples.append((labels, Double(value)))
    }

    /// Head and samples; nothing where there are none.
    public var text: String {
        guard !samples.isEmpty else { return "" }
        var text = "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
            text += labels.isEmpty ? name : "\(name){\(labels)}"
            text += " \(Self.number(sample.value))\n"
        }
        return text
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? "\(value)"
    }
}
