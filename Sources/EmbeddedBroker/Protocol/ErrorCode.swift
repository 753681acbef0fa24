/// Kafka's error codes, as far as this broker answers with them.
///
/// Source: Kafka protocol guide, "Error Codes".
enum ErrorCode: Int16, Sendable {
    case unknownServerError = -1
    case none = 0
    case offsetOutOfRange = 1
    case corruptMessage = 2
    case unknownTopicOrPartition = 3
    case invalidFetchSize = 4
    case messageTooLarge = 10
    case offsetMetadataTooLarge = 12
    case invalidTopic = 17
    case invalidRequiredAcks = 21
    case unknownMemberId = 25
    case unsupportedVersion = 35
    case topicAlreadyExists = 36
    case invalidPartitions = 37
    case invalidReplicationFactor = 38
    case invalidReplicaAssignment = 39
    case invalidConfig = 40
    case invalidRequest = 42
    case unsupportedForMessageFormat = 43
    case policyViolation = 44
    case outOfOrderSequenceNumber = 45
    case duplicateSequenceNumber = 46
    case invalidProducerEpoch = 47
    case transactionalIdAuthorizationFailed = 53
    case storageError = 56
    case unknownProducerId = 59
    case fetchSessionIdNotFound = 70
    case unsupportedCompressionType = 76
    case invalidRecord = 87
}
