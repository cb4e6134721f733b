import Testing

@testable import PlaybookServer

@Suite("The OpenAPI document")
struct OpenAPITests {
    private func names(_ value: JSONValue?) throws -> Set<String> {
        guard case .fields(let fields) = try #require(value) else { return [] }
        return Set(fields.keys)
    }

    @Test("has every path, method and status of the service, and no others")
    func operations() throws {
        let paths = try #require(OpenAPI.document["paths"])
        #expect(try names(paths) == Set(Endpoint.allCases.map(\.path)))
        for endpoint in Endpoint.allCases {
            let path = try #require(paths[endpoint.path])
            let methods = Endpoint.allCases.filter { $0.path == endpoint.path }.map { $0.method.rawValue.lowercased() }
            #expect(try names(path) == Set(methods))
            let responses = path[endpoint.method.rawValue.lowercased()]?["responses"]
            let statuses = endpoint.statuses + endpoint.problems.map(\.status)
            #expect(try names(responses) == Set(statuses.map { String($0.code) }))
        }
    }

    @Test("describes every field that requests are read by, and no others")
    func fields() throws {
        let schemas = try #require(OpenAPI.document["components"]?["schemas"])
        var described: Set<String> = []
        for choice in SessionChoice.allCases {
            described.formUnion(try names(schemas[choice.schemaName]?["properties"]))
        }
        #expect(described == Set(RequestField.all.map(\.name)))
    }

    @Test("names every kind of problem, and what it refers to is there")
    func references() throws {
        let schemas = try #require(OpenAPI.document["components"]?["schemas"])
        let kinds = schemas["Problem"]?["properties"]?["type"]?["enum"]
        #expect(kinds == .list(ProblemKind.allCases.map { .text($0.type) }))
        let known = try names(schemas)
        for part in OpenAPI.text.split(separator: "#/components/schemas/").dropFirst() {
            #expect(known.contains(String(part.prefix { $0 != "\"" })))
        }
        // A problem of no endpoint's is one that is answered before its path or method is known.
        let answered = Set(Endpoint.allCases.flatMap(\.problems))
        #expect(Set(ProblemKind.allCases).subtracting(answered) == [.notFound, .methodNotAllowed])
    }
}
