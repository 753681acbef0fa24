import Replay
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        // RFC 7396, appendix A.
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#), (#"["a","b"]"#, #"["c"]"#, #"["c"]"#),
        (#"{"a":"foo"}"#, #"null"#, #"null"#), (#"{"e":null}"#, #"{"a":1}"#, #"{"a":1,"e":null}"#),
        (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        (#"{}"#, #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
    func patchesAreLaidOverAsTheStandardSays(target: String, patch: String, result: String) throws {
        #expect(try JSONValue(text: target).merged(with: JSONValue(text: patch)).text == result)
    }

    @Test func differencesAreNamedByTheirPaths() throws {
        let first = try JSONValue(text: #"{"a":{"b":1,"c":"x"},"d":[1,{"e":true}],"f":null}"#)
        let second = try JSONValue(text: #"{"a":{"b":2,"c":"x"},"d":[1,{"e":false},3]}"#)
        let found = first.differences(from: second)
        #expect(found.map(\.path) == ["a.b", "d[1].e", "d[2]", "f"])
        #expect(found[0].first == .number(1) && found[0].second == .number(2))
        #expect(found[2].first == nil && found[3].second == nil)
        #expect(first.differences(from: first).isEmpty)
    }

    @Test func whatIsNoJSONIsRefused() {
        for text in ["", "{", "{\"a\":}", "nul"] { #expect(throws: DecodingError.self) { try JSONValue(text: text) } }
    }
}
