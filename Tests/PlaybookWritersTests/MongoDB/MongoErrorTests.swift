import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

@Suite("Errors of MongoDB")
struct MongoErrorTests {
    private static let location = "mongodb://db.example/trading.trades"

    @Test(
        "are classed by what can be done",
        arguments: [
            (.server, 13, .configuration), (.server, 18, .configuration), (.server, 8000, .configuration),
            (.authentication, 11, .configuration), (.selection, 13_053, .tryAgain), (.network, 4, .tryAgain),
            (.server, 91, .tryAgain), (.server, 189, .tryAgain), (.server, 11_600, .tryAgain),
            (.server, 10_107, .tryAgain), (.writeConcern, 64, .tryAgain), (.server, 11_000, .cannotWrite),
            (.server, 121, .cannotWrite), (.library, 22, .cannotWrite),
        ] as [(MongoFailure.Kind, Int, PlaybookError.Code)])
    func classes(kind: MongoFailure.Kind, code: Int, expected: PlaybookError.Code) {
        let error = MongoFailure(kind: kind, code: code, message: "the reason").playbookError(Self.location)
        #expect(error.code == expected)
        #expect(error.message.hasPrefix(Self.location) && error.message.contains("the reason"))
        #expect(error.message.contains("\(code)") == (kind == .server || kind == .writeConcern))
        #expect(error.nextStep?.isEmpty == false)
        if expected == .configuration { #expect(error.nextStep?.contains("<set mongoConnection>") == true) }
    }

    @Test(
        "show no user and no password",
        arguments: [
            ("at mongodb://joe:hunter2@h/x failed", "at mongodb://***@h/x failed"),
            ("'mongodb+srv://joe:a/b@c@h/' and mongodb://h2/", "'mongodb+srv://***@h/' and mongodb://h2/"),
            ("the word hunter2 and hunter%32", "the word *** and ***"), ("joe@example.com", "joe@example.com"),
            ("", ""),
        ])
    func secrets(text: String, shown: String) {
        #expect(MongoSecrets(["hunter2", "", "hunter%32"]).removed(from: text) == shown)
    }

    @Test(
        "of a connection string show its fault, but nothing of its user and password",
        arguments: [
            "", "hunter2", "http://joe:hunter2@h/", "mongodb://joe:hunter2@", "mongodb://joe:hunter2@h:x/",
            "mongodb://joe:hun/ter2@h/", "mongodb://joe:hunter2@/h:p@ss/w@", "mongodb://joe:hunter2",
            "mongodb://:hunter2@h",
            "mongodb://joe:hunter2%zz@h/", "mongodb://joe:hunter2@h/?w=hunter2&tls=maybe&tlsInsecure=1",
            "mongodb+srv://joe:hunter2@h:27017/", "mongodb+srv://joe:hunter2@localhost/", "mongodb://joe:hun@ter2@h/",
            "mongodb://joe:1/hunter2@h/", "mongodb://joe:1/x?a=hunter2@h/",
            "mongodb://joe:hunter2\0@h/", "mongodb://jo:e:hunter2@h/",
        ])
    func malformed(uri: String) throws {
        let error = try #require(throws: PlaybookError.self) {
            _ = try MongoCollection(uri, database: "trading", collection: "trades")
        }
        #expect(error.code == .configuration && error.message.contains("<mongoConnection>"))
        for part in ["hun", "ter2", "joe", "p@ss"] { #expect(!"\(error)".contains(part), "\(error)") }
    }

    @Test("of a connection string without a user give the reason")
    func reason() {
        let error = #expect(throws: PlaybookError.self) {
            _ = try MongoCollection("mongodb://h/?replicaSet=", database: "trading", collection: "trades")
        }
        #expect(
            error?.message.hasPrefix("<mongoConnection> is not a connection string: ") == true,
            "\(String(describing: error))")
    }

    @Test(
        "locate the collection by hosts and names alone",
        arguments: [
            ("mongodb://h", "mongodb://h"), ("mongodb://joe:hunter2@h:27017/admin?w=1", "mongodb://h"),
            ("mongodb://joe:p%40%2Fss@a:27018,b,c:1/?replicaSet=rs", "mongodb://a:27018,b,c:1"),
            ("mongodb+srv://joe:hunter2@cluster0.ab1cd.mongodb.net/", "mongodb+srv://cluster0.ab1cd.mongodb.net"),
            ("mongodb://joe:hunter2@[::1]:27017/", "mongodb://[::1]:27017"),
        ])
    func locations(uri: String, address: String) throws {
        let collection = try MongoCollection(uri, database: "trading", collection: "trades.all")
        #expect(collection.location == "\(address)/trading.trades.all")
        #expect(MongoTradeWriter(collection).place == JournalPlace(writer: "mongodb", location: collection.location))
        #expect(MongoJournalReader(collection).place == MongoTradeWriter(collection).place)
    }

    @Test(
        "name a database or collection that cannot be",
        arguments: ["", "a b", "a/b", "a.b", "$x", String(repeating: "x", count: 64)])
    func names(name: String) {
        let database = #expect(throws: PlaybookError.self) {
            _ = try MongoCollection("mongodb://h", database: name, collection: "trades")
        }
        #expect(database?.code == .configuration)
        guard name.isEmpty || name.contains("$") else { return }
        let collection = #expect(throws: PlaybookError.self) {
            _ = try MongoCollection("mongodb://h", database: "trading", collection: name)
        }
        #expect(collection?.code == .configuration)
    }

    private static func status(_ privileges: [BSONValue]) -> BSONDocument {
        [
            "authInfo": .document([
                "authenticatedUsers": .array([.document(["user": .string("joe")])]),
                "authenticatedUserPrivileges": .array(privileges),
            ])
        ]
    }

    private static func privilege(_ resource: BSONDocument, _ actions: String...) -> BSONValue {
        .document(["resource": .document(resource), "actions": .array(actions.map { .string($0) })])
    }

    @Test("say what the user lacks, as far as the server tells")
    func privileges() {
        let name = MongoName(database: "trading", collection: "trades")
        func missing(_ privileges: BSONValue...) -> [String]? {
            MongoCollection.missingActions(Self.status(privileges), name)
        }
        func on(_ database: String, _ collection: String, _ actions: String...) -> BSONValue {
            .document([
                "resource": .document(["db": .string(database), "collection": .string(collection)]),
                "actions": .array(actions.map { .string($0) }),
            ])
        }
        #expect(missing(on("trading", "", "find", "insert", "update", "remove")) == [])
        #expect(
            missing(on("", "", "find"), on("trading", "trades", "insert"), on("trading", "", "update", "remove")) == [])
        #expect(missing(on("trading", "", "find")) == ["insert", "update", "remove"])
        #expect(
            missing(on("other", "", "find", "insert", "update"), on("trading", "other", "find")) == [
                "find", "insert", "update", "remove",
            ])
        #expect(missing(Self.privilege(["anyResource": .bool(true)], "anyAction")) == [])
        #expect(
            missing(Self.privilege(["cluster": .bool(true)], "find", "insert", "update")) == [
                "find", "insert", "update", "remove",
            ])
        #expect(missing() == nil)
        #expect(MongoCollection.missingActions(["ok": .double(1)], name) == nil)
        #expect(
            MongoCollection.missingActions(["authInfo": .document(["authenticatedUsers": .array([])])], name) == nil)
    }
}
