import Testing

@testable import Topology

@Suite struct YAMLErrorTests {
    static let broken: [(String, String)] = [
        ("", "t.yaml:1:1: the file is empty; expected a topology: name, version, parties, topics"),
        ("# only a comment\n", "t.yaml:1:1: the file is empty; expected a topology: name, version, parties, topics"),
        ("- a\n- b\n", "t.yaml:1:1: the file is a list; expected a topology: name, version, parties, topics"),
        ("hello", "t.yaml:1:1: the file is hello; expected a topology: name, version, parties, topics"),
        (
            "name: a\nversion: 1\nname: b\n",
            "t.yaml:3:1: the key name is given twice (first in line 1); expected each key once"
        ),
        (
            "parties:\n  - role: moh\n    # again\n    name: a\n\n    role: vss\n",
            "t.yaml:6:5: the key role is given twice (first in line 2); expected each key once"
        ),
        (
            "name: { a: 1, b: 2, \"a\": 3 }\n",
            "t.yaml:1:21: the key a is given twice (first in line 1); expected each key once"
        ),
        (
            "p:\n  - { x: 1, x: 2 }\nq:\n      x: 3\n",
            "t.yaml:2:13: the key x is given twice (first in line 2); expected each key once"
        ),
        (
            "name: a\n\tversion: 1\n",
            "t.yaml:2:1: the YAML cannot be read: found a tab character that violates indentation, "
                + "while scanning a plain scalar that begins in line 1; expected spaces, not tabs, before a key"
        ),
        (
            "name: a: b\n",
            "t.yaml:1:8: the YAML cannot be read: mapping values are not allowed in this context; expected valid YAML"
        ),
        (
            "name: [a, b\n",
            "t.yaml:2:1: the YAML cannot be read: did not find expected ',' or ']', "
                + "while parsing a flow sequence that begins in line 1; expected valid YAML"
        ),
        (
            "name: *none\n",
            "t.yaml:1:7: the YAML cannot be read: found undefined alias; expected valid YAML"
        ),
        (
            "a: 1\n---\nb: 2\n",
            "t.yaml:2:1: the YAML cannot be read: but found another document; expected one document a file"
        ),
        (
            "name: a\nversion: \u{7}\n",
            "t.yaml:2:1: the YAML cannot be read: control characters are not allowed; expected printable text in UTF-8"
        ),
    ]

    @Test(arguments: broken)
    func namesLineAndFaultOfWhatIsNoYAML(text: String, message: String) {
        #expect(Samples.topologyErrors(text) == [message])
    }

    @Test func refusesDeepNestingWithoutHarm() {
        #expect(Samples.topologyErrors("name: " + String(repeating: "[", count: 20_000)).count == 1)
        #expect(Samples.scenarioErrors(String(repeating: "- ", count: 20_000)).count == 1)
    }

    @Test func namesAKeyThatIsNoText() {
        let errors = Samples.scenarioErrors("? [a]\n: 1\n")
        #expect(errors.contains { $0.hasPrefix("s.yaml:1:3: ? is not a scenario key; expected one of name, ") })
    }

    /// Whatever is done to a file, reading it ends in a value or in errors that point into it.
    @Test(arguments: 0..<8)
    func survivesAnyDamage(seed: UInt64) {
        var random = SplitMix(state: seed)
        let damage = Array("\u{0}\n\t :-[]{}#&*!|>'\"%@`0az\u{e9}\u{301}\u{2028}")
        for sample in [Samples.topology, Samples.scenario] {
            for _ in 0..<40 {
                var characters = Array(sample)
                for _ in 0...Int.random(in: 0...3, using: &random) {
                    let place = characters.indices.randomElement(using: &random) ?? 0
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: characters[place] = damage.randomElement(using: &random) ?? " "
                    case 1: characters.remove(at: place)
                    default: characters.removeSubrange(place...)
                    }
                    if characters.isEmpty { characters = ["x"] }
                }
                let text = String(characters)
                let lines = text.count { $0.isNewline } + 2
                for message in Samples.topologyErrors(text) + Samples.scenarioErrors(text) {
                    let line = Int(message.split(separator: ":")[1]) ?? 0
                    #expect((1...lines).contains(line), "\(message)")
                }
            }
        }
    }
}

/// A small generator, so that a failing case can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
