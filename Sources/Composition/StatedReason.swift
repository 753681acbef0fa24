import ExchangeSchema

/// What a person says about why something is done. It is written into logs that many may read, and that nothing is taken out of.
package enum StatedReason {
    /// What is wrong with it, as a sentence that begins with the option's name; nil when nothing is.
    /// - Parameter meaning: What the option says, for example `says why, in a few words`.
    package static func problem(_ text: String, option: String, meaning: String) -> String? {
        if text.allSatisfy(\.isWhitespace) { return "\(option) \(meaning)" }
        if NumberInWords.stands(in: text) {
            return
                "\(option) holds what looks like the number of a person or a card, and would stand in the log for good; leave it out"
        }
        return nil
    }
}
