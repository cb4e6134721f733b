import Testing

@testable import PlaybookWriters

@Suite("BSON, as MongoDB has it")
struct MongoBSONTests {
    @Test("is what the specification's examples show")
    func examples() throws {
        let hello: BSONDocument = ["hello": .string("world")]
        #expect(
            hello.bytes == [0x16, 0, 0, 0, 2] + Array("hello\0".utf8) + [6, 0, 0, 0] + Array("world\0".utf8) + [0])
        let list: BSONDocument = ["BSON": .array([.string("awesome"), .double(5.05), .int32(1986)])]
        #expect(
            list.bytes == [0x31, 0, 0, 0, 4] + Array("BSON\0".utf8) + [0x26, 0, 0, 0, 2, 0x30, 0, 8, 0, 0, 0]
                + Array("awesome\0".utf8) + [1, 0x31, 0, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33, 0x14, 0x40]
                + [0x10, 0x32, 0, 0xC2, 7, 0, 0, 0, 0])
    }

    private static let everything: [(name: String, value: BSONValue)] = [
        ("double", .double(-1.5)), ("string", .string("zeros \0 and é")), ("empty", .string("")),
        ("document", .document(["a": .int32(-1)])), ("array", .array([.null, .bool(true)])),
        ("id", .objectID(Array(1...12))), ("flag", .bool(false)), ("date", .date(-1)), ("null", .null),
        ("int32", .int32(.min)), ("int64", .int64(.max)), ("", .int64(.min)),
    ]

    private static var document: BSONDocument {
        var document = BSONDocument()
        for (name, value) in everything { document.append(name, value) }
        return document
    }

    @Test("is read as it was written")
    func roundTrip() throws {
        let fields = try Self.document.fields()
        #expect(fields.map(\.name) == Self.everything.map(\.name))
        #expect(fields.map(\.value) == Self.everything.map(\.value))
        #expect(try BSONDocument().fields().isEmpty)
    }

    @Test(
        "of types that no journal has is passed over",
        arguments: [
            (0x05, [2, 0, 0, 0, 0, 8, 9]), (0x06, []), (0x0B, [0x61, 0, 0x69, 0]),
            (0x0C, [1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), (0x0D, [2, 0, 0, 0, 0x61, 0]),
            (0x0E, [1, 0, 0, 0, 0]), (0x0F, [5, 0, 0, 0, 0]), (0x11, [1, 2, 3, 4, 5, 6, 7, 8]),
            (0x13, [UInt8](repeating: 7, count: 16)), (0x7F, []), (0xFF, []),
        ] as [(UInt8, [UInt8])])
    func otherTypes(type: UInt8, content: [UInt8]) throws {
        let body = [type, 0x78, 0] + content + [0x10, 0x79, 0, 1, 0, 0, 0, 0]
        let fields = try BSONDocument(bytes: [UInt8(body.count + 4), 0, 0, 0] + body).fields()
        #expect(fields.map(\.name) == ["x", "y"])
        #expect(fields.map(\.value) == [.other(type, content), .int32(1)])
    }

    @Test("that is cut off or damaged is an error, never a crash")
    func damaged() throws {
        let bytes = Self.document.bytes
        for count in 0..<bytes.count {
            #expect(throws: BSONError.self) { try BSONDocument(bytes: Array(bytes.prefix(count))).fields() }
        }
        // Any byte may be anything: it is read, or it is an error.
        var refused = 0
        for index in bytes.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[index] = value
                do {
                    _ = try BSONDocument(bytes: damaged).fields()
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count)
        #expect(throws: BSONError.self) { try BSONDocument(bytes: bytes + [0]).fields() }
    }
}
