/// What the message schemas of Apache Kafka say of the APIs that the embedded broker serves: an account of them that
/// shares no code with the broker, so that the one tests the other.
public enum WireTable {
    /// Every API, by its number.
    public static let apis: [Int16: WireAPI] = Dictionary(
        uniqueKeysWithValues: (data + groups + administration).map {
            ($0.key, $0)
        })

    private static let data: [WireAPI] = [
        WireAPI(
            0, 3...9, flexible: 9,
            "transactionalId:ns acks:i16 timeout:i32 topics:[ name:s partitions:[ index:i32 records:nb ] ]",
            """
            topics:[ name:s partitions:[ index:i32 error:i16 offset:i64 time:i64 start:i64@5
              recordErrors:[ index:i32 message:ns ]@8 message:ns@8 ] ] throttle:i32
            """),
        WireAPI(
            1, 4...16, flexible: 12,
            """
            replica:i32@0-14 wait:i32 minimum:i32 maximum:i32 isolation:i8 session:i32@7 epoch:i32@7
            topics:[ name:s@0-12 id:uuid@13 partitions:[ index:i32 leaderEpoch:i32@9 offset:i64 lastEpoch:i32@12 start:i64@5
              maximum:i32 ] ]
            forgotten:[ name:s@0-12 id:uuid@13 partitions:[i32] ]@7 rack:s@11
            """,
            """
            throttle:i32 error:i16@7 session:i32@7 topics:[ name:s@0-12 id:uuid@13 partitions:[ index:i32 error:i16 end:i64
              stable:i64 start:i64@5 aborted:n[ producer:i64 first:i64 ] replica:i32@11 records:nb ] ]
            """),
        WireAPI(
            2, 1...7, flexible: 6,
            """
            replica:i32 isolation:i8@2 topics:[ name:s partitions:[ index:i32 leaderEpoch:i32@4 timestamp:i64 ] ]
            """,
            """
            throttle:i32@2 topics:[ name:s partitions:[ index:i32 error:i16 timestamp:i64 offset:i64
              leaderEpoch:i32@4 ] ]
            """),
        WireAPI(
            3, 0...12, flexible: 9,
            """
            topics:n[ id:uuid@10 name:s@0-9 name:ns@10 ] create:bool@4 clusterOperations:bool@8-10 topicOperations:bool@8
            """,
            """
            throttle:i32@3 brokers:[ node:i32 host:s port:i32 rack:ns@1 ] cluster:ns@2 controller:i32@1
            topics:[ error:i16 name:s@0-11 name:ns@12 id:uuid@10 internal:bool@1 partitions:[ error:i16 index:i32 leader:i32 leaderEpoch:i32@7
              replicas:[i32] isr:[i32] offline:[i32]@5 ] operations:i32@8 ]
            operations:i32@8-10
            """),
        WireAPI(
            22, 0...4, flexible: 2,
            "transactionalId:ns timeout:i32 producer:i64@3 epoch:i16@3",
            "throttle:i32 error:i16 producer:i64 epoch:i16"),
        WireAPI(
            23, 0...4, flexible: 4,
            "replica:i32@3 topics:[ name:s partitions:[ index:i32 current:i32@2 epoch:i32 ] ]",
            "throttle:i32@2 topics:[ name:s partitions:[ error:i16 index:i32 epoch:i32@1 end:i64 ] ]"),
        WireAPI(
            24, 0...3, flexible: 3,
            "transactionalId:s producer:i64 epoch:i16 topics:[ name:s partitions:[i32] ]",
            "throttle:i32 topics:[ name:s partitions:[ index:i32 error:i16 ] ]"),
        WireAPI(
            25, 0...3, flexible: 3, "transactionalId:s producer:i64 epoch:i16 group:s", "throttle:i32 error:i16"),
        WireAPI(
            26, 0...3, flexible: 3, "transactionalId:s producer:i64 epoch:i16 commit:bool", "throttle:i32 error:i16"),
        WireAPI(
            28, 0...3, flexible: 3,
            """
            transactionalId:s group:s producer:i64 epoch:i16 generation:i32@3 member:s@3 instance:ns@3
            topics:[ name:s partitions:[ index:i32 offset:i64 leaderEpoch:i32@2 metadata:ns ] ]
            """,
            "throttle:i32 topics:[ name:s partitions:[ index:i32 error:i16 ] ]"),
    ]

    private static let groups: [WireAPI] = [
        WireAPI(
            8, 1...8, flexible: 8,
            """
            group:s generation:i32 member:s instance:ns@7 retention:i64@2-4
            topics:[ name:s partitions:[ index:i32 offset:i64 time:i64@1-1 leaderEpoch:i32@6 metadata:ns ] ]
            """,
            "throttle:i32@3 topics:[ name:s partitions:[ index:i32 error:i16 ] ]"),
        WireAPI(
            9, 1...8, flexible: 6,
            """
            group:s@0-7 topics:n[ name:s partitions:[i32] ]@0-7
            groups:[ group:s topics:n[ name:s partitions:[i32] ] ]@8 stable:bool@7
            """,
            """
            throttle:i32@3 topics:[ name:s partitions:[ index:i32 offset:i64 leaderEpoch:i32@5 metadata:ns error:i16 ] ]@0-7
            error:i16@2-7 groups:[ group:s topics:[ name:s partitions:[ index:i32 offset:i64 leaderEpoch:i32
              metadata:ns error:i16 ] ] error:i16 ]@8
            """),
        WireAPI(
            10, 0...4, flexible: 3,
            "key:s@0-3 type:i8@1 keys:[s]@4",
            """
            throttle:i32@1 error:i16@0-3 message:ns@1-3 node:i32@0-3 host:s@0-3 port:i32@0-3
            coordinators:[ key:s node:i32 host:s port:i32 error:i16 message:ns ]@4
            """),
        WireAPI(
            11, 0...9, flexible: 6,
            """
            group:s session:i32 rebalance:i32@1 member:s instance:ns@5 type:s protocols:[ name:s metadata:b ] reason:ns@8
            """,
            """
            throttle:i32@2 error:i16 generation:i32 type:ns@7 protocol:ns leader:s skip:bool@9 member:s
            members:[ id:s instance:ns@5 metadata:b ]
            """),
        WireAPI(
            12, 0...4, flexible: 4, "group:s generation:i32 member:s instance:ns@3", "throttle:i32@1 error:i16"),
        WireAPI(
            13, 0...5, flexible: 4,
            "group:s member:s@0-2 members:[ id:s instance:ns reason:ns@5 ]@3",
            "throttle:i32@1 error:i16 members:[ id:s instance:ns error:i16 ]@3"),
        WireAPI(
            14, 0...5, flexible: 4,
            """
            group:s generation:i32 member:s instance:ns@3 type:ns@5 protocol:ns@5
            assignments:[ id:s assignment:b ]
            """,
            "throttle:i32@1 error:i16 type:ns@5 protocol:ns@5 assignment:b"),
        WireAPI(
            15, 0...5, flexible: 5,
            "groups:[s] operations:bool@3",
            """
            throttle:i32@1 groups:[ error:i16 group:s state:s type:s protocol:s members:[ id:s instance:ns@4 client:s
              host:s metadata:b assignment:b ] operations:i32@3 ]
            """),
        WireAPI(
            16, 0...5, flexible: 3, "states:[s]@4 types:[s]@5",
            "throttle:i32@1 error:i16 groups:[ group:s protocol:s state:s@4 type:s@5 ]"),
        WireAPI(42, 0...2, flexible: 2, "groups:[s]", "throttle:i32 groups:[ group:s error:i16 ]"),
        WireAPI(
            47, 0...0, flexible: .max, "group:s topics:[ name:s partitions:[ index:i32 ] ]",
            "error:i16 throttle:i32 topics:[ name:s partitions:[ index:i32 error:i16 ] ]"),
    ]

    private static let administration: [WireAPI] = [
        WireAPI(17, 0...1, flexible: .max, "mechanism:s", "error:i16 mechanisms:[s]"),
        WireAPI(
            18, 0...4, flexible: 3, "name:s@3 version:s@3",
            "error:i16 keys:[ key:i16 from:i16 to:i16 ] throttle:i32@1"),
        WireAPI(
            19, 0...7, flexible: 5,
            """
            topics:[ name:s count:i32 replication:i16 assignments:[ index:i32 brokers:[i32] ]
              configs:[ name:s value:ns ] ] timeout:i32 validate:bool@1
            """,
            """
            throttle:i32@2 topics:[ name:s id:uuid@7 error:i16 message:ns@1 count:i32@5 replication:i16@5
              configs:n[ name:s value:ns readOnly:bool source:i8 sensitive:bool ]@5 ]
            """),
        WireAPI(
            20, 0...6, flexible: 4, "wanted:[ name:ns id:uuid ]@6 topics:[s]@0-5 timeout:i32",
            "throttle:i32@1 topics:[ name:s@0-5 name:ns@6 id:uuid@6 error:i16 message:ns@5 ]"),
        WireAPI(
            21, 0...2, flexible: 2, "topics:[ name:s partitions:[ index:i32 offset:i64 ] ] timeout:i32",
            "throttle:i32 topics:[ name:s partitions:[ index:i32 low:i64 error:i16 ] ]"),
        WireAPI(
            32, 0...4, flexible: 4,
            "resources:[ type:i8 name:s keys:n[s] ] synonyms:bool@1 documentation:bool@3",
            """
            throttle:i32 results:[ error:i16 message:ns type:i8 name:s configs:[ name:s value:ns readOnly:bool
              default:bool@0-0 source:i8@1 sensitive:bool synonyms:[ name:s value:ns source:i8 ]@1 type:i8@3
              documentation:ns@3 ] ]
            """),
        WireAPI(
            33, 0...2, flexible: 2, "resources:[ type:i8 name:s configs:[ name:s value:ns ] ] validate:bool",
            "throttle:i32 results:[ error:i16 message:ns type:i8 name:s ]"),
        WireAPI(36, 0...2, flexible: 2, "token:b", "error:i16 message:ns token:b lifetime:i64@1"),
        WireAPI(
            37, 0...3, flexible: 2,
            "topics:[ name:s count:i32 assignments:n[ brokers:[i32] ] ] timeout:i32 validate:bool",
            "throttle:i32 results:[ name:s error:i16 message:ns ]"),
        WireAPI(
            44, 0...1, flexible: 1,
            "resources:[ type:i8 name:s configs:[ name:s operation:i8 value:ns ] ] validate:bool",
            "throttle:i32 results:[ error:i16 message:ns type:i8 name:s ]"),
        WireAPI(
            60, 0...1, flexible: 0, "operations:bool endpoints:i8@1",
            """
            throttle:i32 error:i16 message:ns endpoints:i8@1 cluster:s controller:i32
            brokers:[ node:i32 host:s port:i32 rack:ns ] operations:i32
            """),
    ]
}
