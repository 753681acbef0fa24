import ExchangeSchema
import Replay
import Vocabulary

/// The letters of one message: each reader that could not read it has written one. Put back once, all of them have it.
struct LetterGroup {
    /// In the order of the topic; never empty.
    private(set) var letters: [RedrivenLetter]
    /// The letter that goes back, and is named as its cause.
    var first: RedrivenLetter { letters[0] }

    /// Letters that name the same record of the same topic belong together; one that names none stands by itself.
    static func groups(_ letters: [RedrivenLetter]) -> [LetterGroup] {
        var groups: [LetterGroup] = []
        var indices: [[String]: Int] = [:]
        for letter in letters {
            let texts = letter.letter.texts
            let place = ["dlt_topic", "dlt_partition", "dlt_offset"].compactMap { texts[$0] }
            if place.count == 3, let index = indices[place] {
                groups[index].letters.append(letter)
                continue
            }
            if place.count == 3 { indices[place] = groups.count }
            groups.append(LetterGroup(letters: [letter]))
        }
        return groups
    }

    /// Says what becomes of each letter.
    func announce(_ order: DeadLetterRedrive.Order, type: MessageType?, _ say: (String) -> Void) {
        first.announce(order, type: type, say)
        for other in letters.dropFirst() {
            let reader = other.letter.texts["dlt_reader"] ?? "another reader"
            say("\(other.letter.place): the same message, given up by \(reader)")
        }
    }
}
