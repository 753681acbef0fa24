import ExchangeSchema

/// Recognises what a book was told twice. No public text gives the rule; both are simulator-defined.
///
/// - *One visit by two roads*: two records of one facility with the same NGAY_VAO, NGAY_RA and MA_BENH_CHINH.
/// - *One check at two facilities*: two rows of XML4 in visits at different facilities with the same MA_DICH_VU, MA_CHI_SO,
///   NGAY_KQ and GIA_TRI, none of them empty. A check that was done again has another time.
enum VisitRecognition {
    private struct Stay: Hashable {
        var facility: String
        var admission: String
        var discharge: String
        var diagnosis: String
    }

    private struct Check: Hashable {
        var service: String
        var indicator: String
        var time: String
        var value: String

        init?(_ line: ResultLine) {
            let parts = [line.maDichVu, line.maChiSo, line.ngayKq, line.giaTri]
            guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            (service, indicator, time, value) = (parts[0], parts[1], parts[2], parts[3])
        }
    }

    /// The visits, each once, the latest stay first.
    static func merged(_ visits: [BookVisit]) -> [BookVisit] {
        var result: [BookVisit] = []
        var places: [Stay: Int] = [:]
        for visit in visits.sorted(by: { first($0) < first($1) }) {
            let stay = Stay(
                facility: visit.sources[0].facilityCode, admission: visit.stay.ngayVao, discharge: visit.stay.ngayRa,
                diagnosis: visit.clinical.maBenhChinh)
            if let place = places[stay], !stay.admission.isEmpty {
                result[place].sources += visit.sources
                if result[place].recordSummary == nil { result[place].recordSummary = visit.recordSummary }
            } else {
                places[stay] = result.count
                result.append(visit)
            }
        }
        mergeChecks(&result)
        return result.sorted { ($0.stay.ngayVao, first($0)) > ($1.stay.ngayVao, first($1)) }
    }

    private static func mergeChecks(_ visits: inout [BookVisit]) {
        var places: [Check: (visit: Int, row: Int)] = [:]
        for visit in visits.indices {
            var own: [BookVisit.CheckResult] = []
            for result in visits[visit].results {
                guard let check = Check(result.line), let known = places[check] else {
                    if let check = Check(result.line) { places[check] = (visit, own.count) }
                    own.append(result)
                    continue
                }
                let facility = result.facilityCodes[0]
                if known.visit == visit || visits[known.visit].results[known.row].facilityCodes.contains(facility) {
                    own.append(result)
                } else {
                    visits[known.visit].results[known.row].facilityCodes.append(facility)
                }
            }
            visits[visit].results = own
        }
    }

    private static func first(_ visit: BookVisit) -> Order {
        Order(time: visit.sources[0].authenticatedAt, record: visit.sources[0].record)
    }

    private struct Order: Comparable {
        var time: Int64
        var record: RecordIdentifier

        static func < (one: Order, other: Order) -> Bool { (one.time, one.record) < (other.time, other.record) }
    }
}
