extension OpenAPI {
    /// The schemas of everything that is sent either way.
    var schemas: JSONValue {
        var schemas: [String: JSONValue] = [
            "BacktestRequest": [
                "oneOf": .list(
                    scope.all.flatMap { one in
                        SessionChoice.allCases.map { Schema.reference(one.schemaName($0)) }
                    })
            ],
            "SweepRequest": Self.sweepRequest(scope), "Sweep": Self.sweep,
            "Backtest": Self.backtest, "Performance": Self.performance, "Group": Self.group, "Receipt": Self.receipt,
            "Traffic": Self.traffic, "Problem": Self.problem,
            "Health": Schema.object(["status": Schema.word("ok")]), "DetailedHealth": Self.detailedHealth,
            "OpenAPI": ["type": "object", "required": ["openapi", "info", "paths"]],
        ]
        for one in scope.all {
            for choice in SessionChoice.allCases {
                schemas[one.schemaName(choice)] = RequestField.schema(choice, one)
            }
        }
        return .fields(schemas)
    }

    /// `trading-playbook/backtest/1`.
    private static var backtest: JSONValue {
        Schema.object(
            [
                "schema": Schema.word("trading-playbook/backtest/1"),
                "status": Schema.word("completed", "partial", "skipped"), "run_id": Schema.text,
                "strategy": Schema.text, "params": Schema.map(Schema.text), "params_id": Schema.text,
                "symbols": Schema.list(Schema.text), "data_source": Schema.text, "synthetic": Schema.flag,
                "by_symbol": Schema.map(Schema.reference("Performance")), "dry_run": Schema.flag,
                "receipts": Schema.list(Schema.reference("Receipt")), "warnings": Schema.list(Schema.text),
                "errors": Schema.list(
                    Schema.object(["symbol": Schema.text, "code": Schema.exitCode, "message": Schema.text])),
                "traffic": Schema.reference("Traffic"), "elapsed_seconds": Schema.number,
            ],
            optional: [
                "reason": Schema.text, "detail": Schema.text, "start": Schema.date, "end": Schema.date,
                "summary": Schema.reference("Performance"),
            ])
    }

    private static var performance: JSONValue {
        let groups = Schema.list(Schema.reference("Group"))
        let interval = Schema.list(Schema.number)
        return Schema.object(
            [
                "sessions": Schema.count, "incomplete_sessions": Schema.count, "trades": Schema.count,
                "net_usd": Schema.number, "costs_usd": Schema.number, "max_drawdown_usd": Schema.number,
                "exits": Schema.map(Schema.count), "sessions_by_trades": Schema.map(Schema.count),
                "by_entry_bucket": groups, "by_atr_tercile": groups, "by_side": groups, "by_setup": groups,
                "by_exit_reason": groups, "by_month": groups, "by_weekday": groups, "by_r": groups,
            ],
            optional: [
                "win_rate": Schema.number, "expectancy_r": Schema.number,
                "mean_net_usd": Schema.number, "profit_factor": Schema.number, "win_rate95": interval,
                "expectancy_r95": interval, "mean_net_usd95": interval, "profit_factor95": interval,
                "mean_mae": Schema.number, "mean_mfe": Schema.number, "mean_mae_r": Schema.number,
                "mean_mfe_r": Schema.number,
            ])
    }

    private static var group: JSONValue {
        Schema.object(
            ["group": Schema.text, "trades": Schema.count, "net_usd": Schema.number],
            optional: ["win_rate": Schema.number, "expectancy_r": Schema.number])
    }

    private static var receipt: JSONValue {
        Schema.object(
            ["writer": Schema.text, "location": Schema.text],
            optional: [
                "added": Schema.count, "replaced": Schema.count, "unchanged": Schema.count, "removed": Schema.count,
                "error": Schema.object(["code": Schema.exitCode, "message": Schema.text]),
            ])
    }

    private static var traffic: JSONValue {
        let names = [
            "sessions_from_cache", "sessions_fetched", "cache_bytes_read", "cache_bytes_written", "files_set_aside",
            "requests", "retries", "bytes_received",
        ]
        return Schema.object(Dictionary(uniqueKeysWithValues: names.map { ($0, Schema.count) }))
    }

    /// RFC 9457.
    private static var problem: JSONValue {
        Schema.object(
            [
                "type": ["type": "string", "enum": .list(ProblemKind.allCases.map { .text($0.type) })],
                "title": Schema.text, "status": ["type": "integer", "minimum": 400, "maximum": 599],
                "detail": Schema.text,
            ],
            optional: [
                "errors": Schema.list(Schema.object(["field": Schema.text, "detail": Schema.text])),
                "next_step": Schema.text, "run_id": Schema.text, "exit_code": Schema.exitCode,
                "result": Schema.reference("Backtest"),
            ])
    }

    private static var detailedHealth: JSONValue {
        let component = Schema.object([
            "name": Schema.text, "status": Schema.word("ok", "failing"), "detail": Schema.text,
        ])
        let lastRun = Schema.object([
            "run_id": Schema.text, "status": Schema.word("completed", "partial", "skipped", "failed"),
            "exit_code": ["type": "integer", "minimum": 0, "maximum": 78],
        ])
        return Schema.object([
            "status": Schema.word("ok", "failing", "stopping"), "ready": Schema.flag, "version": Schema.text,
            "uptime_seconds": Schema.count, "components": Schema.list(component),
            "last_run": ["anyOf": [lastRun, ["type": "null"]]],
        ])
    }
}
