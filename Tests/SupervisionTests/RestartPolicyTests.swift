import Supervision
import Testing

@Suite struct RestartPolicyTests {
    @Test(arguments: [(1, 100), (2, 200), (3, 400), (6, 3_200), (7, 5_000)])
    func delayDoublesUpToTheLongest(failures: Int, milliseconds: Int) {
        #expect(RestartPolicy().delay(afterQuickFailures: failures) == .milliseconds(milliseconds))
    }

    @Test func eightQuickFailuresAreEnough() {
        #expect(RestartPolicy().delay(afterQuickFailures: 8) == nil)
    }
}
