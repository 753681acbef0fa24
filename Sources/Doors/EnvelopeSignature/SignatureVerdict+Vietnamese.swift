extension SignatureVerdict.Fault {
    /// What is wrong, in Vietnamese.
    public var vietnamese: String {
        switch self {
        case .unreadable: "không đọc được tệp XML, hoặc tệp có DOCTYPE"
        case .several: "CHUKYDONVI có nhiều chữ ký; chỉ được một"
        case .coversPart(let uri): "chữ ký chỉ bao phủ \"\(uri)\"; phải ký toàn bộ tài liệu (URI=\"\")"
        case .references(let count): "chữ ký có \(count) tham chiếu; phải có đúng một, đến toàn bộ tài liệu (URI=\"\")"
        case .noCertificate: "chữ ký không kèm chứng thư số (KeyInfo, X509Data, X509Certificate)"
        case .notAccepted: "phương thức ký không được chấp nhận; phải là RSA với SHA-256, enveloped-signature"
        case .otherContents: "nội dung đã thay đổi sau khi ký"
        case .otherKey: "chữ ký không phải do khóa của chứng thư số tạo ra"
        }
    }
}

extension FacilityAuthority.Distrust {
    /// What is wrong, in Vietnamese.
    public var vietnamese: String {
        switch self {
        case .unreadable: "không đọc được chứng thư số"
        case .notIssuedHere: "chứng thư số không do hệ thống này cấp (cycle keys make facility)"
        case .outOfTime: "chứng thư số không có hiệu lực tại thời điểm này"
        case .namesNoFacility: "chứng thư số không ghi mã cơ sở"
        }
    }
}
