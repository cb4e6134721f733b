import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases
import Testing

@testable import PlaybookServer

@Suite("The OpenAPI document")
struct OpenAPITests {
    private let scope: RequestScope
    private var document: JSONValue { OpenAPI(scope).document }

    init() throws {
        let settings = try Settings(
            flags: [:], environment: ["SYMBOLS": "QQQ"], envFile: nil, readsFile: false)
        scope = try #require(
            RequestScope(
                settings.strategyName, settings.serviceBudget(), playbooks: settings.playbookDescriptors(),
                allowsInline: true))
    }

    private func names(_ value: JSONValue?) throws -> Set<String> {
        guard case .fields(let fields) = try #require(value) else { return [] }
        return Set(fields.keys)
    }

    @Test("has every path, method and status of the service, and no others")
    func operations() throws {
        let paths = try #require(document["paths"])
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
        let schemas = try #require(document["components"]?["schemas"])
        var described: Set<String> = []
        for one in scope.all {
            for choice in SessionChoice.allCases {
                described.formUnion(try names(schemas[one.schemaName(choice)]?["properties"]))
            }
        }
        #expect(described == Set(RequestField.all.map(\.name)))
    }

    @Test("gives each playbook its own parameters")
    func parameters() throws {
        let schemas = try #require(document["components"]?["schemas"])
        for playbook in scope.playbooks {
            var one = scope
            one.playbook = playbook
            for choice in SessionChoice.allCases {
                let schema = try #require(schemas[one.schemaName(choice)])
                let properties = try #require(schema["properties"])
                #expect(properties["strategy"]?["const"] == .text(playbook.name))
                #expect(try names(properties["params"]?["properties"]) == Set(playbook.parameters.map(\.name)))
                #expect(properties["params"]?["additionalProperties"] == false)
                guard case .list(let required) = schema["required"] ?? [] else { continue }
                // Only the playbook that is set may go without being named.
                #expect(required.contains("strategy") == (playbook.name != "dp20"))
            }
        }
    }

    @Test("lets a request that brings a playbook have parameters that the document does not know")
    func inline() throws {
        let schemas = try #require(document["components"]?["schemas"])
        var own = scope
        own.playbook = nil
        for choice in SessionChoice.allCases {
            let schema = try #require(schemas[own.schemaName(choice)])
            let properties = try names(schema["properties"])
            #expect(properties.isSuperset(of: ["playbook", "params"]) && !properties.contains("strategy"))
            #expect(schema["properties"]?["params"]?["properties"] == nil)
            guard case .list(let required) = schema["required"] ?? [] else { continue }
            #expect(required.contains("playbook"))
        }
    }

    @Test("has a schema's name for each playbook")
    func schemaNames() throws {
        let names = ["a1", "a-1", "a-b", "ab", "a--b", "a-b-", "inline"].map { name in
            var one = scope
            one.playbook = StrategyDescriptor(name: name, summary: "", rules: [], parameters: [])
            return one.schemaName(.day)
        }
        #expect(Set(names).count == names.count)
        var own = scope
        own.playbook = nil
        #expect(!names.contains(own.schemaName(.day)))
    }

    @Test("names every kind of problem, and what it refers to is there")
    func references() throws {
        let schemas = try #require(document["components"]?["schemas"])
        let kinds = schemas["Problem"]?["properties"]?["type"]?["enum"]
        #expect(kinds == .list(ProblemKind.allCases.map { .text($0.type) }))
        let known = try names(schemas)
        for part in document.document.split(separator: "#/components/schemas/").dropFirst() {
            #expect(known.contains(String(part.prefix { $0 != "\"" })))
        }
        // A problem of no endpoint's is one that is answered before its path or method is known.
        let answered = Set(Endpoint.allCases.flatMap(\.problems))
        #expect(Set(ProblemKind.allCases).subtracting(answered) == [.notFound, .methodNotAllowed])
    }
}
