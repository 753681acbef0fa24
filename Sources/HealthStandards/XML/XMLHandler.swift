/// Takes the elements and text of a document in their order. CDATA comes as text; comments, processing instructions
/// and attributes carry nothing in this standard and do not come at all.
protocol XMLHandler: AnyObject {
    /// False once nothing more is wanted: the rest of the document is then not read.
    var wantsMore: Bool { get }

    func start(_ name: String, line: Int)
    /// A piece of text; one run of text may come in several pieces.
    func text(_ text: String)
    func end(_ name: String)
}

extension XMLHandler {
    var wantsMore: Bool { true }
}
