public import ExchangeSchema

/// Tests that were done again although a result was there: what the decision on health books wants to spare people. The
/// texts at hand say neither when a test counts as repeated nor after how many days it may be: both are simulator-defined.
///
/// A result of XML4 is a *repeat* when the person has a result of the same MA_DICH_VU and MA_CHI_SO in another visit, at
/// most so many days earlier by NGAY_KQ. It was *known* when that other visit was in the book before the admission of the
/// later one: then the facility could have read it.
public enum RepeatTests {
    /// A result, as far as it is looked at.
    public struct Result: Sendable, Equatable {
        /// The record of its visit.
        public var record: RecordIdentifier
        /// MA_CSKCB.
        public var facility: String
        /// MA_DICH_VU and MA_CHI_SO.
        public var (service, code): (String, String)
        /// NGAY_VAO and NGAY_KQ as the tables have them, `2026-11-28 09:20` or `2026-11-28`.
        public var (admitted, resulted): (String, String)
        /// When MoH authenticated the visit; Unix milliseconds.
        public var sharedAt: Int64

        /// Takes all fields.
        public init(
            record: RecordIdentifier, facility: String, service: String, code: String, admitted: String,
            resulted: String, sharedAt: Int64
        ) {
            self.record = record
            self.facility = facility
            (self.service, self.code) = (service, code)
            (self.admitted, self.resulted) = (admitted, resulted)
            self.sharedAt = sharedAt
        }
    }

    /// What is found of a result.
    public struct Finding: Sendable, Equatable {
        /// The place of the latest earlier result, in the list given.
        public var earlier: Int
        /// Whole days between the two.
        public var days: Int
        /// Whether the earlier one was in the book when the later visit began.
        public var wasKnown: Bool
    }

    /// - Parameters:
    ///   - results: Those of one person's current visits, in any order. What has no code, or no time, is not compared.
    ///   - days: At most so many days between two results, 1 or more.
    /// - Returns: Of each result, in the order given; nil for what repeats nothing.
    public static func findings(_ results: [Result], within days: Int) -> [Finding?] {
        var findings = [Finding?](repeating: nil, count: results.count)
        var last: [Test: [Place]] = [:]
        let minutes = results.map { WrittenMoment.localMinute($0.resulted) }
        let order = results.indices.filter { minutes[$0] != nil }
            .sorted { (minutes[$0] ?? 0, results[$0].record, $0) < (minutes[$1] ?? 0, results[$1].record, $1) }
        for place in order {
            let result = results[place]
            guard let minute = minutes[place], !result.code.isEmpty || !result.service.isEmpty else { continue }
            let test = Test(service: result.service, code: result.code)
            // A visit has one entry here, its latest: of a series within a stay none repeats another.
            let others = last[test]?.last { $0.record != result.record }
            if let others, minute - others.minute <= Int64(days) * 1_440 {
                let admission = WrittenMoment.localMinute(result.admitted)
                let known = LocalMinute.of(unixMilliseconds: results[others.place].sharedAt)
                findings[place] = Finding(
                    earlier: others.place, days: Int((minute - others.minute) / 1_440),
                    wasKnown: admission.map { known <= $0 } ?? false)
            }
            last[test, default: []].removeAll { $0.record == result.record }
            last[test, default: []].append(Place(record: result.record, minute: minute, place: place))
        }
        return findings
    }

    private struct Test: Hashable {
        var service: String
        var code: String
    }

    private struct Place {
        var record: RecordIdentifier
        var minute: Int64
        var place: Int
    }
}
