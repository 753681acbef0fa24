/// How files of health checks are written where the public texts contradict each other, or implementers write otherwise. A
/// reader accepts some of them, and says which ones a file uses.
public struct HealthCheckReadings: Sendable, Equatable {
    /// How NOIDUNGFILE holds its table.
    public enum Content: String, Sendable, CaseIterable {
        /// As elements, as the sample of the annex has it; with a declaration of its own, which no XML may have there, or without.
        case nested
        /// As Base64 of a document.
        case base64
        /// As text: a document with its `<` escaped, or in a CDATA section.
        case escaped
    }

    /// How dates are written.
    public enum Dates: String, Sendable, CaseIterable {
        /// `yyyymmdd` or `yyyymmddHHMM`, as Decision 3176/QD-BYT.
        case decision3176 = "3176"
        /// `ddmmyyyy`, as the sample of the annex.
        case dayFirst = "ddMMyyyy"
        /// `yyyy-mm-dd`, as implementers; an hour may follow.
        case iso
    }

    /// By what LOAIHOSO counts. Which table it is, its root says in either case.
    public enum Numbering: String, Sendable, CaseIterable {
        /// By the annex.
        case annex
        /// By any other list: XML5 for the history, XML6 for internal medicine, XML9 for laboratory results.
        case implementers
    }

    /// How NOIDUNGFILE holds its table.
    public var contents: Set<Content>
    /// How dates are written.
    public var dates: Set<Dates>
    /// By what LOAIHOSO counts.
    public var numberings: Set<Numbering>

    /// Takes all fields.
    public init(contents: Set<Content>, dates: Set<Dates>, numberings: Set<Numbering>) {
        self.contents = contents
        self.dates = dates
        self.numberings = numberings
    }

    /// Every reading.
    public static let all = HealthCheckReadings(
        contents: Set(Content.allCases), dates: Set(Dates.allCases), numberings: Set(Numbering.allCases))
    /// None: of a file in which nothing was met yet.
    public static let none = HealthCheckReadings(contents: [], dates: [], numberings: [])

    /// Adds those of another one.
    mutating func formUnion(_ other: HealthCheckReadings) {
        contents.formUnion(other.contents)
        dates.formUnion(other.dates)
        numberings.formUnion(other.numberings)
    }
}

extension HealthCheckReadings: CustomStringConvertible {
    /// `content nested; dates 3176, ddMMyyyy; numbering annex`; what was not met is left out.
    public var description: String {
        [
            ("content", Self.names(contents)), ("dates", Self.names(dates)), ("numbering", Self.names(numberings)),
        ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: "; ")
    }

    /// Their names, in their order.
    static func names<Reading: RawRepresentable<String> & CaseIterable & Hashable>(_ readings: Set<Reading>) -> String {
        Reading.allCases.filter(readings.contains).map(\.rawValue).joined(separator: ", ")
    }
}
