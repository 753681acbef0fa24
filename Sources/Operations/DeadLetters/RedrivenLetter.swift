import Composition
import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// A dead letter and the message that it becomes.
struct RedrivenLetter {
    let letter: TrafficRecord
    /// What goes back into the topic.
    let content: LetterEdit.Content
    private let original: LetterEdit.Content

    /// - Throws: ``ProgramFailure`` when the letter cannot be edited as ordered.
    init(_ letter: TrafficRecord, _ order: DeadLetterRedrive.Order, type: MessageType?) throws(ProgramFailure) {
        self.letter = letter
        let own: Set<String> = [
            DeadLetterRedrive.causeHeader, DeadLetterRedrive.causationHeader, DeadLetterRedrive.userHeader,
            DeadLetterRedrive.purposeHeader,
        ]
        original = LetterEdit.Content(
            key: letter.key, value: letter.value,
            headers: letter.headers.filter { !$0.name.hasPrefix("dlt_") && !own.contains($0.name) })
        var content = original
        if let edit = order.edit { content = try edit.applied(to: original, type: type, place: letter.place) }
        let cause =
            letter.header(EventAttribute.identifier.header).flatMap { $0.isEmpty ? nil : $0 }
            ?? Array(letter.place.utf8)
        content.headers += [
            TrafficHeader(DeadLetterRedrive.causeHeader, Array(letter.place.utf8)),
            TrafficHeader(DeadLetterRedrive.causationHeader, cause),
            TrafficHeader(DeadLetterRedrive.userHeader, Array(order.user.utf8)),
            TrafficHeader(DeadLetterRedrive.purposeHeader, Array(order.purpose.utf8)),
        ]
        self.content = content
    }

    /// Says what becomes of the letter; in a dry run also what is changed.
    func announce(_ order: DeadLetterRedrive.Order, type: MessageType?, _ say: (String) -> Void) {
        let texts = letter.texts
        let what = texts[EventAttribute.identifier.header].map { "message \($0)" } ?? "a message without ce_id"
        let verb = order.isDryRun ? "would redrive" : "redrives"
        say("\(verb) \(letter.place): \(what): \(texts["dlt_reason"] ?? "no reason given")")
        guard order.isDryRun else { return }
        for line in changes(type) { say("  " + line) }
    }

    /// What the edit changes, one line each: `- ` what was, `+ ` what will be.
    private func changes(_ type: MessageType?) -> [String] {
        var lines: [String] = []
        func note(_ name: String, _ before: String?, _ after: String?) {
            guard before != after else { return }
            if let before { lines.append("- \(name): \(before)") }
            if let after { lines.append("+ \(name): \(after)") }
        }
        let (before, after) = (Self.texts(original.headers), Self.texts(content.headers))
        for name in Set(before.keys).union(after.keys).sorted() { note("header \(name)", before[name], after[name]) }
        note("key", Self.text(original.key), Self.text(content.key))
        guard original.value != content.value else { return lines }
        let values = [original.value, content.value].map { bytes in
            bytes.flatMap { bytes in type.flatMap { MessageText.value($0, bytes) } }
        }
        if let old = values[0], let new = values[1] {
            for part in old.differences(from: new) { note("payload \(part.path)", part.first?.text, part.second?.text) }
        } else {
            note("payload", Self.shown(original.value, values[0]), Self.shown(content.value, values[1]))
        }
        return lines
    }

    /// The mark that is left beside the letter.
    func mark(_ order: DeadLetterRedrive.Order) -> LetterEdit.Content {
        LetterEdit.Content(
            key: letter.key, value: [],
            headers: [
                TrafficHeader(DeadLetterBox.mark, Array(letter.place.utf8)),
                TrafficHeader(DeadLetterRedrive.userHeader, Array(order.user.utf8)),
                TrafficHeader(DeadLetterRedrive.purposeHeader, Array(order.purpose.utf8)),
            ])
    }

    private static func shown(_ bytes: [UInt8]?, _ json: JSONValue?) -> String {
        guard let bytes else { return "none" }
        return json?.text ?? "base64 " + Data(bytes).base64EncodedString()
    }

    private static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    private static func texts(_ headers: [TrafficHeader]) -> [String: String] {
        Dictionary(
            headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension TrafficRecord {
    /// The headers as texts, the first of each name.
    var texts: [String: String] {
        Dictionary(
            headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) },
            uniquingKeysWith: { first, _ in first })
    }
}
