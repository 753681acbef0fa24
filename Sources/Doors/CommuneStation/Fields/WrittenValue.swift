import ExchangeSchema
import Foundation
import Registers

/// What a person types, as the standard writes it: a day as `31/12/2026`, a time as `31/12/2026 14:30`. What is no such day or
/// time stays as it was typed, so that the rules of the table name it.
enum WrittenValue {
    static func standard(_ typed: String, _ kind: StationField.Kind) -> String {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return "" }
        switch kind {
        case .day: return WrittenDay.read(text)?.description ?? text
        case .days:
            return text.split(separator: ";", omittingEmptySubsequences: false).map { part in
                WrittenDay.read(part.trimmingCharacters(in: .whitespaces))?.description ?? String(part)
            }.joined(separator: ";")
        case .moment:
            guard let moment = WrittenMoment.read(text), moment.hourAndMinute != nil else { return text }
            return moment.description
        case .birth:
            if let day = WrittenDay.read(text, mayBePartly: true) { return "\(day)0000" }
            guard let moment = WrittenMoment.read(text), moment.hourAndMinute != nil else { return text }
            return moment.description
        case .line, .digits, .decimal, .lines, .choice: return text
        }
    }
}
