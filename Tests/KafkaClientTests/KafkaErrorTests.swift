import KafkaClient
import Testing

@Suite struct KafkaErrorTests {
    @Test func equalityIsOnTheCode() {
        #expect(KafkaError(code: 3, detail: "a") == KafkaError(code: 3, detail: "b"))
        #expect(KafkaError(code: 3) != KafkaError(code: 1))
    }

    @Test func codesAreSorted() {
        #expect(KafkaError(code: -184).isQueueFull && KafkaError(code: -184).isRetriable)
        #expect(KafkaError(code: -195).isTransport && KafkaError(code: -187).isTransport)
        #expect(KafkaError(code: -192).isTimeout && !KafkaError(code: -192).isTransport)
        #expect(!KafkaError(code: 10).isRetriable)
        #expect(KafkaError(code: -150).isFatal && !KafkaError(code: -150).isRetriable)
        #expect(!KafkaError(code: 5, isFatal: true).isRetriable && KafkaError(code: 5).isRetriable)
    }

    @Test func theTextHoldsWhatTheLibrarySaysAndTheDetail() {
        let text = KafkaError(code: 3, detail: "topic x").description
        #expect(text.contains("Unknown topic or partition") && text.contains("topic x") && text.contains("3"))
        #expect(!KafkaError(code: 123_456).message.isEmpty)
    }
}
