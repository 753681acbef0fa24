import Composition
import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// What is changed in a dead letter before it goes back: an edit file in JSON.
///
///     {
///       "headers": { "set": { "ce_type": "exchange.v1.Correction" }, "remove": ["origin"] },
///       "key": "01013",
///       "payload": { "merge": { "field": "HO_TEN" } }
///     }
///
/// All members are optional. `key` is a text, `{"base64": "…"}`, or null for none. `payload` is one of `merge` (ProtoJSON
/// laid over the readable message, null removes a field; a block such as `clinical` is changed inside), `json` (the whole
/// message in ProtoJSON), `base64`, `hex` and `file` (a path beside the edit file), or null for none. `"raw": true` sends
/// back what is no message of the topic.
public struct LetterEdit: Sendable, Equatable {
    /// A change of the payload.
    enum Payload: Sendable, Equatable {
        case merge(JSONValue)
        case json(JSONValue)
        case bytes([UInt8]?)
    }

    /// A change of the key.
    enum Key: Sendable, Equatable {
        case kept
        case replaced([UInt8]?)
    }

    var setHeaders: [String: String] = [:]
    var removedHeaders: Set<String> = []
    var key = Key.kept
    var payload: Payload?
    var isRaw = false

    /// Changes nothing.
    init() {}

    /// A letter's parts that an edit changes.
    struct Content: Equatable {
        var key: [UInt8]?
        var value: [UInt8]?
        var headers: [TrafficHeader]
    }

    /// The letter as it goes back.
    /// - Parameters:
    ///   - type: What the topic carries; nil when nobody knows.
    ///   - place: The letter's, for the error.
    /// - Throws: ``ProgramFailure`` when the payload cannot be changed so, or is no message of the topic afterwards.
    func applied(to content: Content, type: MessageType?, place: String) throws(ProgramFailure) -> Content {
        var content = content
        content.headers.removeAll { removedHeaders.contains($0.name) }
        for (name, text) in setHeaders.sorted(by: { $0.key < $1.key }) {
            let header = TrafficHeader(name, Array(text.utf8))
            if let at = content.headers.firstIndex(where: { $0.name == name }) {
                content.headers[at] = header
            } else {
                content.headers.append(header)
            }
        }
        if case .replaced(let key) = key { content.key = key }
        do {
            content.value = try changed(content.value, type)
        } catch {
            throw ProgramFailure("\(place): \(error.reason); nothing was put back")
        }
        guard !isRaw, let type else { return content }
        guard let value = content.value, MessageText.json(type, value) != nil else {
            throw ProgramFailure(
                "\(place): after the edit the payload is no readable \(type.eventType); nothing was put back (say \"raw\": "
                    + "true in the edit to send it as it is)")
        }
        return content
    }

    private func changed(_ value: [UInt8]?, _ type: MessageType?) throws(ProgramFailure) -> [UInt8]? {
        switch payload {
        case nil: return value
        case .bytes(let bytes): return bytes
        case .json(let json):
            guard let type else { throw ProgramFailure("nobody knows which message the topic carries") }
            return try EditedMessage(type).encoded(json)
        case .merge(let patch):
            guard let type else { throw ProgramFailure("nobody knows which message the topic carries") }
            return try EditedMessage(type).merged(value ?? [], with: patch)
        }
    }
}
