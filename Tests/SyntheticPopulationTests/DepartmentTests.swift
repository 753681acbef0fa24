import ExchangeSchema
import SyntheticPopulation
import Testing
import Vocabulary

/// What a department's report needs of a population: facilities that send nothing, and visits that are sent late.
@Suite struct DepartmentTests {
    @Test(arguments: [(378, 295), (900, 600), (1, 0), (40, 9_000)])
    func silentFacilitiesHaveCodesOfTheirOwn(senders: Int, silent: Int) throws {
        let population = try FacilityAndClockTests.population { $0.facilities = senders }
        let codes = (0..<senders).map { population.facility($0).code }
        let others = population.silentFacilities(silent)
        #expect(others.count == silent && Set(codes + others.map(\.code)).count == senders + silent)
        #expect(others.allSatisfy { population.facilityIndex(ofCode: $0.code) == nil })
        #expect(others.allSatisfy { $0.province == $0.code.formerProvince.province })
    }

    private static func minutes(_ time: String) throws -> Int {
        let time = try VisitTime(parsing: time, field: "NGAY_RA")
        // Days of one month are told apart by their number.
        return Int(time.date.day) * 1_440 + Int(time.hour) * 60 + Int(time.minute)
    }

    @Test func theShareThatIsLateIsSentOneToFiveDaysAfterTheDischarge() throws {
        let population = try FacilityAndClockTests.population { $0.latePartsPerMillion = 100_000 }
        let usual = try FacilityAndClockTests.population { _ in }
        var late = 0
        for visit in 0..<2_000 as Range<UInt64> {
            let (here, there) = (population.visit(visit), usual.visit(visit))
            let shift = try Self.minutes(there.insurance.ngayRa) - Self.minutes(here.insurance.ngayRa)
            if shift == 0 {
                #expect(here.insurance == there.insurance && here.clinical == there.clinical)
            } else {
                late += 1
                #expect((1_440..<5 * 1_440).contains(shift))
            }
            #expect(
                here.insurance.ngayVao < here.insurance.ngayRa
                    && here.administrative.soCccd == there.administrative.soCccd)
        }
        #expect((140...260).contains(late))
    }
}
