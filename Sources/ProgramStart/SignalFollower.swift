import Foundation
import Glibc

/// Signals as events in place of ends of the process, for programs whose work is done on threads. (`broker`, whose tasks
/// run on threads that are there before it, has a dispatch source instead.)
public enum SignalFollower {
    /// Hands each of these signals to the body, on a thread of its own. To be called before any other thread starts, so
    /// that all of them leave these signals to the one that waits for them.
    public static func follow(_ numbers: [Int32], _ body: @escaping @Sendable (_ number: Int32) -> Void) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in numbers { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let waited = signals
        let thread = Thread {
            var set = waited
            var number: Int32 = 0
            while true {
                if sigwait(&set, &number) == 0 { body(number) }
            }
        }
        thread.name = "signals"
        thread.stackSize = 65_536
        thread.start()
    }
}
