import Testing

@testable import EmbeddedBroker

/// What is not served is said in words, and once.
@Suite struct RefusedRequestTests {
    @Test func clientAPIAndVersionsAreNamed() {
        let fetch = ProtocolError.unsupported(api: 1, version: 17, client: "rdkafka")
        #expect(
            fetch.description == "client rdkafka asks for fetch in version 17, and this broker serves 4 to 16")
        let unknown = ProtocolError.unsupported(api: 68, version: 0, client: nil)
        #expect(
            unknown.description
                == "client without a name asks for API 68 in version 0, which this broker does not serve")
    }

    @Test func eachIsNewsOnce() {
        var refused = RefusedRequests()
        let first = [17, 17, 18].map { refused.note(.unsupported(api: 1, version: $0, client: "a")) }
        #expect(first == [true, false, true])
        let other = refused.note(.unsupported(api: 1, version: 17, client: "b"))
        #expect(other)
        let damaged = (0..<2).map { _ in refused.note(.notUTF8) }
        #expect(damaged == [true, true])
    }
}
