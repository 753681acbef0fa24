/// The state of reading one envelope after its walk: visits judged so far, and the episode codes already met.
struct EnvelopeReading {
    private(set) var visits: [VisitRecord] = []
    private(set) var problems: [EnvelopeProblem] = []
    private(set) var visitCount = 0

    private let profile: ValidationProfile
    private var firstOrdinals: [String: Int] = [:]

    init(profile: ValidationProfile) { self.profile = profile }

    mutating func readHead(_ document: EnvelopeDocument) {
        problems = document.headProblems
        if (document.head["MACSKCB"] ?? "").isEmpty { reportHead(.required, "MACSKCB", nil) }
        let createdOn = document.head["NGAYLAP"] ?? ""
        if createdOn.isEmpty {
            reportHead(.required, "NGAYLAP", nil)
        } else if !FieldShape.day.accepts(createdOn) {
            reportHead(.notADate(.day), "NGAYLAP", createdOn)
        }
        let count = document.head["SOLUONGHOSO"] ?? ""
        if count.isEmpty {
            reportHead(.required, "SOLUONGHOSO", nil)
        } else if Int(count) != document.visits.count {
            reportHead(.otherCount(found: document.visits.count), "SOLUONGHOSO", count)
        }
    }

    mutating func read(_ raw: RawVisit) {
        visitCount += 1
        let (record, episodeCode, judged) = VisitAssembler.assemble(raw, profile: profile)
        var found = judged
        if let episodeCode {
            if let first = firstOrdinals[episodeCode] {
                found.add(
                    .repeatedEpisode(firstOrdinal: first), table: "XML1", row: 1, field: "MA_LK", value: episodeCode)
            } else {
                firstOrdinals[episodeCode] = raw.ordinal
            }
        }
        if found.list.isEmpty {
            visits.append(record)
        } else {
            problems += found.named(episodeCode)
        }
    }

    private mutating func reportHead(_ rule: EnvelopeProblem.Rule, _ field: String, _ value: String?) {
        problems.append(EnvelopeProblem(field: field, rule: rule, value: value))
    }
}
