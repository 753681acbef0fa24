/// The members of a JSON object as they stand in the text: a signature is made over bytes, and not over values.
struct RawMembers {
    /// Why a text is no object of which the members can be told apart.
    enum Fault: Error, Equatable {
        /// It is no object of JSON.
        case notAnObject
        /// A member stands twice; which of them is signed and which is read nobody can say.
        case repeated(String)
    }

    /// The text of each value, by the name of its member.
    private(set) var values: [String: ArraySlice<UInt8>] = [:]

    /// Finds the members of the outermost object. That a value is sound JSON is not looked at.
    init(_ text: [UInt8]) throws(Fault) {
        var scan = Scan(text: text)
        guard scan.take(0x7B) else { throw .notAnObject }
        if !scan.take(0x7D) {
            repeat {
                guard let name = scan.string(), scan.take(0x3A), let value = scan.value() else { throw .notAnObject }
                let key = String(decoding: text[(name.lowerBound + 1)..<(name.upperBound - 1)], as: UTF8.self)
                guard values.updateValue(text[value], forKey: key) == nil else { throw .repeated(key) }
            } while scan.take(0x2C)
            guard scan.take(0x7D) else { throw .notAnObject }
        }
        guard scan.isAtEnd else { throw .notAnObject }
    }

    private struct Scan {
        let text: [UInt8]
        var place = 0

        var isAtEnd: Bool {
            mutating get {
                skipBlanks()
                return place == text.count
            }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipBlanks()
            guard place < text.count, text[place] == byte else { return false }
            place += 1
            return true
        }

        /// The next string with its quotes.
        mutating func string() -> Range<Int>? {
            skipBlanks()
            let start = place
            guard place < text.count, text[place] == 0x22 else { return nil }
            place += 1
            while place < text.count {
                switch text[place] {
                case 0x5C: place += 2
                case 0x22:
                    place += 1
                    return start..<place
                default: place += 1
                }
            }
            return nil
        }

        /// The next value, whatever it is.
        mutating func value() -> Range<Int>? {
            skipBlanks()
            let start = place
            guard place < text.count else { return nil }
            switch text[place] {
            case 0x22: return string()
            case 0x7B, 0x5B: return container()
            default:
                while place < text.count, ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0A, 0x0D].contains(text[place]) {
                    place += 1
                }
                return place > start ? start..<place : nil
            }
        }

        private mutating func container() -> Range<Int>? {
            let start = place
            var depth = 0
            while place < text.count {
                switch text[place] {
                case 0x22:
                    guard string() != nil else { return nil }
                    continue
                case 0x7B, 0x5B: depth += 1
                case 0x7D, 0x5D: depth -= 1
                default: break
                }
                place += 1
                if depth == 0 { return start..<place }
            }
            return nil
        }

        private mutating func skipBlanks() {
            while place < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[place]) { place += 1 }
        }
    }
}
