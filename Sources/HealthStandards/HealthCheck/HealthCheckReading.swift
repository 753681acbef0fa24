import ExchangeSchema

/// The state of reading one envelope: what is met of each record is judged at once and handed on.
final class HealthCheckReading {
    private(set) var soundCount = 0
    private(set) var found = HealthCheckReadings.none
    /// The error of whoever takes the parts, when it threw one.
    private(set) var failure: (any Error)?

    private let accepted: HealthCheckReadings
    private let facility: FacilityCode?
    private let take: (HealthCheckPart) throws -> Void
    private var firstOrdinals: [String: Int] = [:]

    init(
        accepting accepted: HealthCheckReadings, facility: FacilityCode?,
        take: @escaping (HealthCheckPart) throws -> Void
    ) {
        self.accepted = accepted
        self.facility = facility
        self.take = take
    }

    /// - Returns: False where no more is wanted.
    func read(_ raw: RawHealthCheck) -> Bool {
        guard failure == nil else { return false }
        let assembler = HealthCheckAssembler(raw, accepting: accepted, facility: facility)
        found.formUnion(assembler.found)
        var problems = assembler.problems
        let episodeCode = assembler.record.episodeCode
        if !episodeCode.isEmpty {
            if let first = firstOrdinals[episodeCode] {
                problems.add(
                    .repeatedEpisode(firstOrdinal: first), table: HealthCheckBlock.check.name, field: "MA_LK",
                    value: episodeCode)
            } else {
                firstOrdinals[episodeCode] = raw.ordinal
            }
        }
        do {
            for problem in problems.named(episodeCode.isEmpty ? nil : episodeCode) { try take(.problem(problem)) }
            if problems.list.isEmpty {
                soundCount += 1
                try take(.record(assembler.record))
            }
        } catch {
            failure = error
        }
        return failure == nil
    }
}

/// The head of an envelope as it was met.
struct HealthCheckHead {
    var values: [String: String] = [:]
    var problems: [EnvelopeProblem] = []
    var recordCount = 0
    var signatures: Set<String> = []

    /// What is wrong with it.
    var judged: [EnvelopeProblem] {
        problems
            + EnvelopeReading.headProblems(values, count: recordCount) { value in
                HealthCheckDate(value).map { FieldShape.day.accepts($0.text) } ?? false
            }
    }
}
