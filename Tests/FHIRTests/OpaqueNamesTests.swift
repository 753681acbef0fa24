import ExchangeSchema
import FHIRMapping
import Testing

@testable import FHIR

/// Names of resources: they lead back, say nothing, and nobody else can make one.
@Suite struct OpaqueNamesTests {
    private let names = OpaqueNames(secret: Array(0..<32))
    private let record = RecordIdentifier(high: 0x0123_4567_89AB_7DEF, low: 0x8123_4567_89AB_CDEF)

    @Test func aNameLeadsBackAndIsTheSameEachTime() throws {
        for type in FHIRType.allCases {
            let key = ResourceKey(type, record: record, row: .max - 3)
            let name = names.name(key, of: 999_999_999_999)
            #expect(name == OpaqueNames(secret: Array(0..<32)).name(key, of: 999_999_999_999))
            let found = try #require(names.resource(name, type))
            #expect(found.citizen == 999_999_999_999 && found.key == key)
            #expect(
                name.utf8.count <= 64
                    && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) })
            #expect(!name.contains("999999"))
        }
    }

    @Test func aNameOfAnotherTypeOrKeyOrWithAnyOtherCharacterIsNone() {
        let name = names.name(ResourceKey(.encounter, record: record), of: 1_085_000_001)
        #expect(names.resource(name, .patient) == nil)
        #expect(OpaqueNames(secret: Array(1..<33)).resource(name, .encounter) == nil)
        for place in name.indices {
            var other = name
            other.replaceSubrange(place...place, with: name[place] == "A" ? "B" : "A")
            #expect(names.resource(other, .encounter) == nil || other == name)
        }
        for text in ["", "Patient", "001180000101", name + "A", String(name.dropLast())] {
            #expect(names.resource(text, .encounter) == nil)
        }
    }

    @Test func twoResourcesOfOnePersonShareNothing() {
        let one = names.name(ResourceKey(.encounter, record: record), of: 1_085_000_001)
        let other = names.name(ResourceKey(.encounter, record: record, row: 1), of: 1_085_000_001)
        #expect(zip(one, other).count { $0 == $1 } < 12)
    }
}
