import HTTPTypes
import PlaybookCore

/// The OpenAPI document, made of the tables that requests are read and answered by.
struct OpenAPI {
    /// What requests may hold.
    let scope: RequestScope

    init(_ scope: RequestScope) { self.scope = scope }

    /// The document.
    var document: JSONValue {
        var paths: [String: JSONValue] = [:]
        for endpoint in Endpoint.allCases {
            paths[endpoint.path] = .fields([endpoint.method.rawValue.lowercased(): Self.operation(endpoint, scope)])
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "trading-playbook", "version": .text(programVersion),
                "description": "Backtests of trading playbooks, and a journal of every session.",
            ],
            "paths": .fields(paths),
            "components": [
                "schemas": schemas,
                "securitySchemes": [
                    "idToken": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                        "description": "A Google ID token, where OIDC_AUDIENCE is set.",
                    ]
                ],
            ],
        ]
    }

    private static func operation(_ endpoint: Endpoint, _ scope: RequestScope) -> JSONValue {
        var operation: JSONValue = [
            "operationId": .text(endpoint.operation), "summary": .text(endpoint.summary),
            "responses": responses(endpoint),
        ]
        if endpoint.isProtected { operation = operation + ["security": [[:], ["idToken": []]]] }
        let symbols: JSONValue = [.text(scope.symbols?.first?.name ?? "QQQ")]
        if endpoint == .sweep {
            return operation + [
                "requestBody": [
                    "required": true,
                    "description":
                        "The sessions, and a range first:last:step or an array of values for each parameter.",
                    "content": [
                        "application/json": [
                            "schema": Schema.reference("SweepRequest"),
                            "examples": [
                                "grid": [
                                    "value": [
                                        "symbols": symbols, "start": "2025-10-15", "end": "2025-11-04",
                                        "strategy": "dp20",
                                        "grid": ["stop-atr": "0.8:2.0:0.4", "window-end": ["10:30", "11:00"]],
                                        "where": ["window-start < window-end"], "min_trades": .number("5"),
                                    ]
                                ]
                            ],
                        ]
                    ],
                ]
            ]
        }
        guard endpoint == .backtest else { return operation }
        return operation + [
            "requestBody": [
                "required": false,
                "description": "Without a body: the symbols that are set, today. A body needs its Content-Type.",
                "content": [
                    "application/json": [
                        "schema": Schema.reference("BacktestRequest"),
                        "examples": [
                            "today": ["value": [:]],
                            "day": ["value": ["symbols": symbols, "date": "2025-11-04"]],
                            "range": [
                                "value": [
                                    "symbols": symbols, "start": "2025-09-01", "end": "2025-11-04", "strategy": "dp20",
                                    "params": ["stop-atr": .number("1.5")],
                                ]
                            ],
                            "catch-up": ["value": ["catch_up": true, "start": "2025-10-01"]],
                        ],
                    ]
                ],
            ]
        ]
    }

    private static func responses(_ endpoint: Endpoint) -> JSONValue {
        var responses: [String: JSONValue] = [:]
        for (code, kinds) in Dictionary(grouping: endpoint.problems, by: \.status.code) {
            let titles = kinds.map { "\($0.title) (\($0.rawValue))." }
            var response: JSONValue = [
                "description": .text(titles.joined(separator: " ")),
                "content": ["application/problem+json": ["schema": Schema.reference("Problem")]],
            ]
            if kinds.contains(where: { $0.retryAfter != nil }), !endpoint.statuses.contains(where: { $0.code == code })
            {
                response =
                    response + [
                        "headers": ["Retry-After": ["required": true, "schema": ["type": "integer", "minimum": 1]]]
                    ]
            }
            responses[String(code)] = response
        }
        for status in endpoint.statuses {
            let old = responses[String(status.code)]
            let content = JSONValue.fields([
                "application/json": ["schema": Schema.reference(endpoint.schemaName)]
            ])
            responses[String(status.code)] = [
                "description": old?["description"] ?? .text(endpoint.summary),
                "content": content + (old?["content"] ?? [:]),
            ]
        }
        return .fields(responses)
    }
}
