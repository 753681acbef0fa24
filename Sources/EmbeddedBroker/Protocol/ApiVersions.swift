/// ApiVersions (key 18), versions 0 to 4. The request's body (client name and version) is of no interest.
struct ApiVersionsReply {
    var error: ErrorCode

    func write(to writer: inout WireWriter, version: Int16) {
        writer.error(error)
        writer.array(APIKey.allCases) { writer, api in
            writer.integer(api.rawValue)
            writer.integer(api.announcedVersions.lowerBound)
            writer.integer(api.announcedVersions.upperBound)
            writer.tags()
        }
        if version >= 1 { writer.integer(Int32(0)) }
        writer.tags()
    }
}
