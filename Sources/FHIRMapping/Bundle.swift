/// Bundles and outcomes, as FHIR R4 writes them.
public enum FHIRBundle {
    /// The result of a search.
    /// - Parameters:
    ///   - total: How many there are, on all pages.
    ///   - links: Relation and address.
    ///   - entries: Address and resource of this page.
    ///   - time: When it was answered; Unix milliseconds.
    public static func searchset(
        total: Int, links: [(relation: String, url: String)], entries: [(url: String, resource: FHIRValue)],
        at time: Int64
    ) -> FHIRValue {
        var bundle = FHIRObject()
        bundle.set("resourceType", "Bundle")
        bundle.set("meta", FHIRObject { $0.set("lastUpdated", FHIRInstant.text(time)) })
        bundle.set("type", "searchset")
        bundle.set("total", number: String(total))
        bundle.set(
            "link",
            links.map { link in
                FHIRObject {
                    $0.set("relation", link.relation)
                    $0.set("url", link.url)
                }
            })
        bundle.set(
            "entry",
            entries.map { entry in
                FHIRObject {
                    $0.set("fullUrl", entry.url)
                    $0.set("resource", value: entry.resource)
                    $0.set("search", FHIRObject { $0.set("mode", "match") })
                }
            })
        return bundle.value
    }

    /// What came of one entry of a transaction.
    public struct Response: Sendable {
        /// Status of HTTP with its words.
        public var status: String
        /// Version of what stands now; empty for none.
        public var version: String
        /// What is to be known of it.
        public var outcome: [OutcomeIssue]

        /// Takes all fields.
        public init(status: String, version: String, outcome: [OutcomeIssue]) {
            self.status = status
            self.version = version
            self.outcome = outcome
        }
    }

    /// The answer to a transaction: an entry for each of the request's, in its order.
    public static func transactionResponse(_ responses: [Response]) -> FHIRValue {
        var bundle = FHIRObject()
        bundle.set("resourceType", "Bundle")
        bundle.set("type", "transaction-response")
        bundle.set(
            "entry",
            responses.map { response in
                FHIRObject {
                    $0.set(
                        "response",
                        FHIRObject {
                            $0.set("status", response.status)
                            $0.set("etag", response.version.isEmpty ? nil : "W/\"\(response.version)\"")
                            if !response.outcome.isEmpty {
                                $0.set("outcome", value: OutcomeIssue.outcome(response.outcome))
                            }
                        })
                }
            })
        return bundle.value
    }
}

/// Something that is wrong, or to be known.
public struct OutcomeIssue: Sendable, Equatable {
    /// `IssueSeverity`.
    public var severity: String
    /// `IssueType`.
    public var code: String
    /// For a person.
    public var diagnostics: String
    /// Where, as FHIRPath; empty where it is nowhere in particular.
    public var expression: String

    /// An error, unless told otherwise.
    public init(_ code: String, _ diagnostics: String, at expression: String = "", severity: String = "error") {
        self.code = code
        self.diagnostics = diagnostics
        self.expression = expression
        self.severity = severity
    }

    /// All of them as one OperationOutcome.
    public static func outcome(_ issues: [OutcomeIssue]) -> FHIRValue {
        var outcome = FHIRObject()
        outcome.set("resourceType", "OperationOutcome")
        outcome.set(
            "issue",
            issues.map { issue in
                FHIRObject {
                    $0.set("severity", issue.severity)
                    $0.set("code", issue.code)
                    $0.set("diagnostics", issue.diagnostics)
                    $0.set("expression", texts: issue.expression.isEmpty ? [] : [issue.expression])
                }
            })
        return outcome.value
    }
}
