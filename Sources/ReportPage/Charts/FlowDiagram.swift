import Audit
import Topology
import Vocabulary

/// The cycle as a picture: who sends what to whom, how much of it arrived, and where it stands still.
struct FlowDiagram {
    let content: ReportContent

    private let layout: FlowLayout

    init(content: ReportContent) {
        self.content = content
        layout = FlowLayout(content.topology)
    }

    var markup: Markup {
        let heads = ["flow", "wait", "idle"].map { kind in
            Markup.tag(
                "marker",
                [
                    "id": "head-\(kind)", "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "markerWidth": "8",
                    "markerHeight": "8", "orient": "auto", "markerUnits": "userSpaceOnUse",
                ], [.tag("path", ["d": "M0 0 L8 4 L0 8 z", "class": "head \(kind)"])])
        }
        let parts =
            [
                Markup.tag(
                    "title", ["id": "flow-title"],
                    text: content.say("Flow of messages between the parties", "Luồng thông điệp giữa các bên")),
                Markup.tag("desc", ["id": "flow-desc"], text: description), .tag("defs", [:], heads),
            ] + layout.arrows.compactMap(arrow) + PartyRole.allCases.compactMap(box)
        return .tag(
            "div",
            [
                "class": "scroll", "tabindex": "0", "role": "region",
                "aria-label": content.say("Flow diagram", "Sơ đồ luồng"),
            ],
            [
                .tag(
                    "svg",
                    [
                        "class": "flow", "viewBox": "0 0 1000 \(FlowLayout.height)", "role": "img",
                        "aria-labelledby": "flow-title flow-desc", "xmlns": "http://www.w3.org/2000/svg",
                    ], parts)
            ])
    }

    private func hop(_ arrow: FlowLayout.Arrow) -> HopFigures? {
        content.figures.hops.first { hop in
            hop.type == arrow.kind.name && content.topology.party(named: hop.reader)?.role == arrow.reader
        }
    }

    private var description: String {
        layout.arrows.filter(\.hasWords).compactMap(hop).map { hop in
            let senders = content.say.list(hop.senders.map(content.title))
            return "\(senders) → \(content.title(hop.reader)), \(hop.topic): " + counts(hop).joined(separator: ", ")
        }.joined(separator: ". ")
    }

    private func counts(_ hop: HopFigures) -> [String] {
        let say = content.say
        func words(_ count: Int64, _ english: String, _ vietnamese: String) -> String {
            "\(NumberText.count(count)) \(say(english, vietnamese))"
        }
        var found = [words(hop.sent, "sent", "đã gửi"), words(hop.received, "received", "đã nhận")]
        if hop.refused > 0 { found.append(words(hop.refused, "refused", "bị từ chối")) }
        if hop.pending > 0 { found.append(words(hop.pending, "pending", "đang chờ")) }
        if hop.held > 0 { found.append(words(hop.held, "held", "bị giữ")) }
        if hop.deadLetters > 0 { found.append(words(hop.deadLetters, "dead letters", "thư chết")) }
        return found
    }

    private func arrow(_ arrow: FlowLayout.Arrow) -> Markup? {
        guard let hop = hop(arrow) else { return nil }
        let isWaiting = hop.pending > 0 || hop.held > 0
        let kind = isWaiting ? "wait" : hop.sent + hop.received == 0 ? "idle" : "flow"
        let words = counts(hop)
        func text(_ line: String, _ offset: Int, _ style: String) -> Markup {
            .tag(
                "text",
                [
                    "x": "\(arrow.words.x)", "y": "\(arrow.words.y + offset)", "text-anchor": arrow.anchor,
                    "class": style,
                ], text: line)
        }
        // A level arrow has its name above and its numbers below; beside an upright one they follow each other.
        let offset = arrow.from.y == arrow.to.y ? 26 : 18
        let second = words.dropFirst(2).joined(separator: " · ")
        let line = Markup.tag(
            "path",
            [
                "d": "M\(arrow.from.x) \(arrow.from.y) L\(arrow.to.x) \(arrow.to.y)", "class": "arrow \(kind)",
                "marker-end": "url(#head-\(kind))",
            ])
        guard arrow.hasWords else { return .tag("g", [:], [line, text(hop.topic, 0, "topic")]) }
        return .tag(
            "g", [:],
            [
                line, text(hop.topic, 0, "topic"), text(words.prefix(2).joined(separator: " · "), offset, "count"),
            ] + (second.isEmpty ? [] : [text(second, offset + 16, isWaiting ? "count waits" : "count")]))
    }

    private func box(_ role: PartyRole) -> Markup? {
        guard let box = layout.boxes[role], let party = content.party(role) else { return nil }
        let middle = box.x + box.width / 2
        func text(_ line: String, _ y: Int, _ style: String) -> Markup {
            .tag("text", ["x": "\(middle)", "y": "\(y)", "text-anchor": "middle", "class": style], text: line)
        }
        let top = box.y + box.height / 2 - (box.height > 90 ? 22 : 10)
        var lines = [text(name(role), top, "party")]
        var counts = ["\(NumberText.count(party.shared)) \(sharing(role))"]
        if box.height > 90 {
            counts.append("\(NumberText.count(party.refused)) \(content.say("refused", "bị từ chối"))")
            counts.append("\(NumberText.count(party.pending)) \(content.say("pending", "đang chờ"))")
        }
        for (place, line) in counts.enumerated() {
            // The third line is what is pending.
            lines.append(text(line, top + 22 + place * 17, place == 2 && party.pending > 0 ? "count waits" : "count"))
        }
        return .tag(
            "g", [:],
            [
                .tag(
                    "rect",
                    [
                        "x": "\(box.x)", "y": "\(box.y)", "width": "\(box.width)", "height": "\(box.height)",
                        "rx": "6", "class": "box",
                    ])
            ] + lines)
    }

    private func name(_ role: PartyRole) -> String {
        switch role {
        case .facility: content.say("Facilities", "Cơ sở KCB")
        case .moh: content.say("MoH", "Bộ Y tế")
        case .vss: content.say("VSS", "BHXH Việt Nam")
        case .c06: "C06"
        case .locality: content.say("Localities", "Địa phương")
        }
    }

    private func sharing(_ role: PartyRole) -> String {
        switch role {
        case .facility, .moh: content.say("in the book", "đã vào sổ")
        case .vss: content.say("passed on", "đã chuyển tiếp")
        case .c06: content.say("matched", "đã khớp")
        case .locality: content.say("taken in", "đã tiếp nhận")
        }
    }
}
