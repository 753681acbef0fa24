import ExchangeSchema
import Testing
import Vocabulary

/// The provinces before and after July 2025.
@Suite struct ProvinceTests {
    @Test func has63FormerAnd34PresentProvinces() {
        #expect(FormerProvince.all.count == 63)
        #expect(Province.all.count == 34)
        #expect(Province.all.map(\.index) == Array(0..<34))
        #expect(Province.all.map(\.wards).reduce(0, +) == 3_321)
        #expect(Set(FormerProvince.all.map(\.province)).count == 34)
    }

    @Test func readsEveryCodeBack() {
        for province in FormerProvince.all {
            #expect(FormerProvince(code: province.code) == province)
            #expect(FormerProvince(twoDigits: province.twoDigits) == province)
            #expect(FormerProvince(number: province.number) == province)
            #expect(FormerProvince.all[province.index] == province)
        }
        for province in Province.all { #expect(Province(code: province.code) == province) }
    }

    @Test(arguments: ["", "1", "003", "01", "0001", "A01", "999", "000"])
    func refusesCodesThatAreNone(_ code: String) { #expect(FormerProvince(code: code) == nil) }

    @Test(arguments: ["", "1", "02", "001", "99", "-1"])
    func refusesPresentCodesThatAreNone(_ code: String) { #expect(Province(code: code) == nil) }

    /// The new code of a merged province can be the code of the other partner.
    @Test(arguments: [
        ("010", "Lào Cai", "15"), ("015", "Yên Bái", "15"), ("027", "Bắc Ninh", "24"), ("024", "Bắc Giang", "24"),
        ("091", "Kiên Giang", "91"), ("087", "Đồng Tháp", "82"), ("077", "Bà Rịa - Vũng Tàu", "79"),
    ])
    func mergesFormerProvinces(_ code: String, _ name: String, _ present: String) throws {
        let former = try #require(FormerProvince(code: code))
        #expect(former.name == name)
        #expect(former.province.code == present)
    }

    @Test func topologyFilesKnowTheSameCodes() {
        #expect(Province.all.map(\.code) == ProvinceCode.all)
    }
}
