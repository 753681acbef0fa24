import ExchangeSchema

/// A HOSO as an envelope KHAMSUCKHOE holds it: the rows of its tables, not yet judged.
struct RawHealthCheck {
    /// One table.
    struct Table {
        /// LOAIHOSO.
        var kind: String
        /// The element that it is.
        var root: String
        var rows: [[OtherField]]
    }

    let ordinal: Int
    var tables: [Table] = []
    var problems: VisitProblems
    var contents: Set<HealthCheckReadings.Content> = []
    /// Characters of NOIDUNGFILE so far.
    var contentLength = 0

    init(ordinal: Int) {
        self.ordinal = ordinal
        problems = VisitProblems(ordinal: ordinal)
    }

    /// Adds a table that came as a document of its own.
    mutating func add(_ document: [UInt8], kind: String) {
        let handler = CarriedDocument(kind, problems: problems)
        do throws(XMLFault) {
            _ = try XMLWalk.walk(document, depthLimit: VisitAssembler.depthLimit, handler: handler)
        } catch {
            // Whoever has nothing to say of a table leaves it empty.
            if error != .empty { problems.add(.notXML(error), table: kind) }
            return
        }
        problems = handler.problems
        tables.append(Table(kind: kind, root: handler.rootName, rows: handler.rows))
    }

    /// Adds the text of NOIDUNGFILE, which holds a document.
    mutating func add(text: [UInt8], kind: String) {
        guard let first = text.first(where: { $0 > 0x20 }) else { return }
        if first == 0x3C || first == 0x7B {
            contents.insert(.escaped)
            addDocument(text, first, kind: kind)
            return
        }
        contents.insert(.base64)
        switch Base64Text.decode(text) {
        case .failure(let fault): problems.add(fault.rule, table: kind, field: "NOIDUNGFILE")
        case .success(let document): addDocument(document, document.first { $0 > 0x20 } ?? 0, kind: kind)
        }
    }

    private mutating func addDocument(_ document: [UInt8], _ first: UInt8, kind: String) {
        if first == 0x7B {
            HealthCheckJSON.add(table: document, kind: kind, to: &self)
        } else {
            add(Array(document.drop { $0 <= 0x20 }), kind: kind)
        }
    }
}
