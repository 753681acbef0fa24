/// Where in the layout of an envelope an element stands; VSS dispatch 1245/BHXH-CNTT (3 May 2024).
enum EnvelopePlace {
    case document, root, unit, facilityCode, records, createdOn, count, list, visit, file, kind, content, signature
    /// An element that the layout does not know, or anything below one or below the signature.
    case other

    /// Whether the element holds text that is read.
    var isLeaf: Bool {
        switch self {
        case .facilityCode, .createdOn, .count, .kind, .content: true
        default: false
        }
    }

    /// - Parameter root: The root of the format. Decision 2062/QD-BYT gives health checks the same layout under another one.
    func child(_ name: String, root: String = "GIAMDINHHS") -> EnvelopePlace {
        switch (self, name) {
        case (.document, root): .root
        case (.root, "THONGTINDONVI"): .unit
        case (.unit, "MACSKCB"): .facilityCode
        case (.root, "THONGTINHOSO"): .records
        case (.records, "NGAYLAP"): .createdOn
        case (.records, "SOLUONGHOSO"): .count
        case (.records, "DANHSACHHOSO"): .list
        case (.list, "HOSO"): .visit
        case (.visit, "FILEHOSO"): .file
        case (.file, "LOAIHOSO"): .kind
        case (.file, "NOIDUNGFILE"): .content
        case (.root, "CHUKYDONVI"): .signature
        default: .other
        }
    }
}
