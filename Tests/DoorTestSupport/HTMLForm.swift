import Foundation

/// A form of a page as a browser without scripts has it: the fields with what stands in them, and the buttons.
package struct HTMLForm: Sendable {
    /// A button that sends it.
    package struct Button: Sendable {
        package var name: String
        package var value: String
        /// Where it sends the form, in place of the form's own address.
        package var action: String?
    }

    package var action: String
    package var method: String
    package var fields: [(name: String, value: String)]
    package var buttons: [Button]

    /// An empty one.
    package init(action: String = "", method: String = "") {
        self.action = action
        self.method = method
        fields = []
        buttons = []
    }

    /// What stands in a field; empty where there is none.
    package subscript(name: String) -> String {
        get { fields.last { $0.name == name }?.value ?? "" }
        set {
            if let place = fields.lastIndex(where: { $0.name == name }) {
                fields[place].value = newValue
            } else {
                fields.append((name, newValue))
            }
        }
    }

    /// Whether it has a field of this name.
    package func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// Fills several fields, each of which must be there.
    package mutating func fill(_ values: [String: String]) throws {
        for (name, value) in values {
            guard has(name) else { throw NoField(name: name) }
            self[name] = value
        }
    }

    /// There is no such field.
    package struct NoField: Error {
        package var name: String
    }

    /// What a browser sends when the button with this value is pressed, or the first one where none is named.
    package func sent(pressing value: String? = nil) -> (address: String, body: [UInt8]) {
        let button = value.map { value in buttons.first { $0.value == value } } ?? buttons.first
        var all = fields
        if let button, !button.name.isEmpty { all.append((button.name, button.value)) }
        let body = all.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
        return (button?.action ?? action, Array(body.utf8))
    }

    private static func escaped(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{20}"..."\u{7E}"))
        allowed.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    /// All forms of a page, in their order.
    package static func all(in html: String) -> [HTMLForm] {
        var reader = Reader()
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let text = rest[rest.startIndex..<start]
            reader.take(text: String(text))
            reader.take(tag: String(rest[rest.index(after: start)..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return reader.forms
    }

    private struct Reader {
        var forms: [HTMLForm] = []
        private var isInForm = false
        private var selected: (name: String, value: String?, first: String?)?
        private var area: (name: String, text: String)?

        mutating func take(text: String) { if area != nil { area?.text += text } }

        mutating func take(tag: String) {
            let name = String(tag.prefix { !$0.isWhitespace }).lowercased()
            let attributes = Self.attributes(tag)
            switch name {
            case "form":
                forms.append(HTMLForm(action: attributes["action"] ?? "", method: attributes["method"] ?? "get"))
                isInForm = true
            case "/form": isInForm = false
            case "input":
                if let field = attributes["name"] { add(field, attributes["value"] ?? "") }
            case "select": selected = (attributes["name"] ?? "", nil, nil)
            case "option":
                let value = attributes["value"] ?? ""
                if selected?.first == nil { selected?.first = value }
                if attributes["selected"] != nil { selected?.value = value }
            case "/select":
                if let selected { add(selected.name, selected.value ?? selected.first ?? "") }
                selected = nil
            case "textarea": area = (attributes["name"] ?? "", "")
            case "/textarea":
                if let area {
                    add(
                        area.name, HTMLForm.plain(area.text.hasPrefix("\n") ? String(area.text.dropFirst()) : area.text)
                    )
                }
                area = nil
            case "button":
                guard isInForm, !forms.isEmpty else { return }
                forms[forms.count - 1].buttons.append(
                    Button(
                        name: attributes["name"] ?? "", value: attributes["value"] ?? "",
                        action: attributes["formaction"]))
            default: break
            }
        }

        private mutating func add(_ name: String, _ value: String) {
            guard isInForm, !forms.isEmpty else { return }
            forms[forms.count - 1].fields.append((name, value))
        }

        /// Names and values; of one without a value, an empty one.
        private static func attributes(_ tag: String) -> [String: String] {
            var found: [String: String] = [:]
            for match in tag.matches(of: #/([a-z-]+)(?:="([^"]*)")?/#) {
                found[String(match.1)] = HTMLForm.plain(String(match.2 ?? ""))
            }
            return found
        }
    }

    /// Text without the escapes of HTML.
    package static func plain(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }
}
