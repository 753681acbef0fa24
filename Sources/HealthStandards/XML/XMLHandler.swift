/// Takes the elements and text of a document in their order. CDATA comes as text; comments, processing instructions
/// and attributes carry nothing in this standard and do not come at all.
protocol XMLHandler: AnyObject {
    func start(_ name: String, line: Int)
    /// A piece of text; one run of text may come in several pieces.
    func text(_ text: String)
    func end(_ name: String)
}
