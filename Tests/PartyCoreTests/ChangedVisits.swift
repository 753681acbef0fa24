import CoreTestSupport
import ExchangeSchema
import PartyCore

/// Visits that are amended and withdrawn, one for each way, over and over.
enum ChangedVisits {
    enum Kind: Int, CaseIterable {
        case amended, amendedAtOnce, withdrawn, withdrawnAtOnce, amendedTwiceAndWithdrawn
        case refusedByMoH, refusedByVSSAtOnce, refusedByC06
        case ofAnotherProvince, ofAnotherProvinceAndBack, ofAnotherPerson

        /// Whether its end hangs on which of two revisions is faster.
        var isRace: Bool { self == .refusedByVSSAtOnce }
        /// Whether the history of the book hangs on it.
        var hasRacingHistory: Bool { isRace || self == .amendedAtOnce || self == .withdrawnAtOnce }
    }

    /// One locality for the province of most visits, and one for all others.
    static let provinces: [Set<String>] = [["01"], Set(Province.all.map(\.code)).subtracting(["01"])]

    static func kind(of record: RecordIdentifier) -> Kind? {
        // The two highest bits are the variant of the identifier.
        Kind(rawValue: Int(((record.low & (1 << 62 - 1)) - 1) % UInt64(Kind.allCases.count)))
    }

    static func of(_ count: Int) -> ListedVisits {
        var source = ListedVisits([])
        for number in 0..<count {
            let record = RecordIdentifier.sample(UInt64(number) + 1)
            guard let kind = kind(of: record) else { continue }
            let (revisions, changes) = story(kind, record)
            source.changes[Int64(number)] = changes
            source.visits.append(revisions.map(\.content))
        }
        return source
    }

    private static func story(
        _ kind: Kind, _ record: RecordIdentifier
    ) -> (revisions: [SampleVisit], changes: [ListedVisits.Change]) {
        let good = SampleVisit(record)
        var other = good
        other.clinical.maBenhChinh = "I10"
        var elsewhere = SampleVisit(record, of: SamplePeople.binh)
        var bad = good
        switch kind {
        case .amended: return ([good, other], [.init(.amended, .onceShared)])
        case .amendedAtOnce: return ([good, other], [.init(.amended, .onceSubmitted)])
        case .withdrawn: return ([good], [.init(.withdrawn(reason: "a"), .onceShared)])
        case .withdrawnAtOnce: return ([good], [.init(.withdrawn(reason: "b"), .onceSubmitted)])
        case .amendedTwiceAndWithdrawn:
            return (
                [good, other, good],
                [
                    .init(.amended, .onceShared), .init(.amended, .onceShared, revision: 2),
                    .init(.withdrawn(reason: "c"), .onceShared, revision: 3),
                ]
            )
        case .refusedByMoH:
            bad.clinical.maBenhChinh = "?"
            return ([good, bad], [.init(.amended, .onceShared)])
        case .refusedByVSSAtOnce:
            bad.insurance.gtTheDen = "20250630"
            return ([good, bad], [.init(.amended, .onceSubmitted)])
        case .refusedByC06:
            bad.insurance.maTheBhyt = ""
            bad.administrative.soCccd = "001085999999"
            return ([good, bad], [.init(.amended, .onceShared)])
        case .ofAnotherProvince:
            elsewhere.administrative.matinhCuTru = "79"
            return ([good, elsewhere], [.init(.amended, .onceShared)])
        case .ofAnotherProvinceAndBack:
            elsewhere.administrative.matinhCuTru = "79"
            return (
                [good, elsewhere, other], [.init(.amended, .onceShared), .init(.amended, .onceShared, revision: 2)]
            )
        case .ofAnotherPerson: return ([good, elsewhere], [.init(.amended, .onceShared)])
        }
    }
}
