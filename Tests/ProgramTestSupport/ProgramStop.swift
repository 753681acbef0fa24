package import Testing

/// How a program ended that was asked to.
package struct ProgramStop: Sendable {
    package var program: String
    /// The exit code, or the signal's number below zero.
    package var status: Int32
    /// From the signal to the end.
    package var took: Duration
    /// The part of it in which the program could have run and the machine did other things.
    package var heldUp: Duration

    /// The program's own part.
    package var own: Duration { max(.zero, took - heldUp) }

    /// Whether its own part was less.
    package func isPrompt(within allowance: Duration) -> Bool { own < allowance }

    /// Each program ends within its own allowance, whatever the others take.
    /// - Parameter allowance: In place of the one that programs of this name have.
    package func expectPrompt(within allowance: Duration? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        let allowance = allowance ?? Self.allowances[program, default: .seconds(2)]
        #expect(
            isPrompt(within: allowance), "\(program) took \(took), of which it was held up for \(heldUp)",
            sourceLocation: sourceLocation)
    }

    /// What programs may take that are more than one process, or give way to others; any other has two seconds.
    private static let allowances: [String: Duration] = ["cycle": .seconds(15), "auditor": .seconds(5)]
}
