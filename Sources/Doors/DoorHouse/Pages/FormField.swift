/// One field of a form: label, hint, what is wrong with it, and the control, tied to each other.
public struct FormField: Sendable {
    /// How a value is put in.
    public enum Control: Sendable {
        /// A line of text; the keyboard that a telephone shows for it: `text`, `numeric`, `decimal`.
        case line(inputMode: String)
        /// Lines of text.
        case lines(Int)
        /// One of these.
        case choice([(value: String, label: String)])
    }

    /// As it is sent, and as addresses of the page name it.
    public var name: String
    /// What is asked for.
    public var label: String
    /// The name of the field in the standard; empty for none.
    public var code = ""
    /// How it is written; empty for nothing to say.
    public var hint = ""
    /// The value that stands in it.
    public var value = ""
    /// What is wrong with the value, a sentence each.
    public var faults: [String] = []
    /// What is said of a field without which nothing goes, for example `(required)`; nil of others.
    public var demand: String?
    /// How the value is put in.
    public var control = Control.line(inputMode: "text")

    /// Takes what has no default.
    public init(name: String, label: String) {
        self.name = name
        self.label = label
    }

    /// The field.
    public var html: String {
        let id = EscapedText.of(name)
        var parts = ["<label for=\"\(id)\">\(EscapedText.of(label))"]
        if !code.isEmpty { parts.append(" <code>\(EscapedText.of(code))</code>") }
        if let demand { parts.append(" \(EscapedText.of(demand))") }
        parts.append("</label>")
        var described: [String] = []
        if !hint.isEmpty {
            parts.append("<span class=\"hint\" id=\"\(id)-hint\">\(EscapedText.of(hint))</span>")
            described.append("\(id)-hint")
        }
        if !faults.isEmpty {
            let lines = faults.map { "<span class=\"fault\">\(EscapedText.of($0))</span>" }.joined()
            parts.append("<span id=\"\(id)-fault\">\(lines)</span>")
            described.append("\(id)-fault")
        }
        var attributes = "id=\"\(id)\" name=\"\(id)\""
        if !described.isEmpty { attributes += " aria-describedby=\"\(described.joined(separator: " "))\"" }
        if demand != nil { attributes += " aria-required=\"true\"" }
        if !faults.isEmpty { attributes += " aria-invalid=\"true\"" }
        parts.append(controlHTML(attributes))
        return "<div class=\"field\(faults.isEmpty ? "" : " wrong")\(isWide ? " wide" : "")\">\(parts.joined())</div>\n"
    }

    private var isWide: Bool { if case .lines = control { true } else { false } }

    private func controlHTML(_ attributes: String) -> String {
        switch control {
        case .line(let inputMode):
            return
                "<input \(attributes) value=\"\(EscapedText.of(value))\" inputmode=\"\(inputMode)\" autocomplete=\"off\">"
        case .lines(let count):
            // The line's end that follows the tag does not count.
            return
                "<textarea \(attributes) rows=\"\(count)\" autocomplete=\"off\">\n\(EscapedText.of(value))</textarea>"
        case .choice(let choices):
            // What was sent and is none of them stays: it is for whoever looks at it to change.
            let known = choices.contains { $0.value == value } ? choices : choices + [(value, value)]
            let options = known.map { choice in
                "<option value=\"\(EscapedText.of(choice.value))\"\(choice.value == value ? " selected" : "")>"
                    + "\(EscapedText.of(choice.label))</option>"
            }
            return "<select \(attributes)>\(options.joined())</select>"
        }
    }

    /// A value that is not shown.
    public static func hidden(_ name: String, _ value: String) -> String {
        "<input type=\"hidden\" name=\"\(EscapedText.of(name))\" value=\"\(EscapedText.of(value))\">"
    }
}
