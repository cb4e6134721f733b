import PlaybookCore
import PlaybookPostgres

extension PostgresTable {
    /// Makes the schema and the table where they are not there, and brings one of the first schema to the present.
    ///
    /// - Returns: the columns that are there now.
    func prepare(_ session: borrowing PostgresSession) throws -> [Column] {
        let columns = try columns(session)
        if !columns.isEmpty, Self.missing(columns).isEmpty { return columns }
        try session.transaction {
            try session.execute("SELECT pg_advisory_xact_lock(\(Self.lock("schema of " + name)))")
            let columns = try self.columns(session)
            if columns.isEmpty {
                try create(session)
            } else if !Self.missing(columns).isEmpty {
                _ = try migrate(session, columns)
            }
        }
        return try self.columns(session)
    }

    private func create(_ session: borrowing PostgresSession) throws {
        try makeSchema(session)
        let columns = JournalColumn.allCases.map { column in
            "\(PostgresText.name(PostgresRow.name(of: column))) \(PostgresRow.type(of: column))"
        }
        try session.execute(
            "CREATE TABLE \(name) (\(columns.joined(separator: ", ")), CONSTRAINT trades_pkey PRIMARY KEY (\(Self.keyList)))"
        )
        try makeIndex(session)
    }

    func makeSchema(_ session: borrowing PostgresSession) throws {
        // A user who may not make schemas is refused even where the schema is there.
        if try session.query("SELECT to_regnamespace($1)", [PostgresText.name(schema)])[0][0] == nil {
            try session.execute("CREATE SCHEMA \(PostgresText.name(schema))")
        }
    }

    private func makeIndex(_ session: borrowing PostgresSession) throws {
        try session.execute(
            "CREATE INDEX IF NOT EXISTS trades_symbol_date ON \(name) (symbol, trade_date)")
    }

    static let keyList = PostgresRow.key.map { PostgresText.name(PostgresRow.name(of: $0)) }.joined(
        separator: ", ")

    /// Adds the columns that are missing, and writes all rows anew as they are read: with what the later columns say of
    /// rows of the first schema.
    ///
    /// - Returns: how many rows there are.
    private func migrate(_ session: borrowing PostgresSession, _ columns: [Column]) throws -> Int {
        try session.execute("LOCK TABLE \(name) IN ACCESS EXCLUSIVE MODE")
        let records = try self.records(session, columns, where: "true", includesProblems: false)
        let additions = Self.missing(columns).map {
            "ADD COLUMN \(PostgresText.name(PostgresRow.name(of: $0))) \(PostgresRow.type(of: $0))"
        }
        try session.execute("ALTER TABLE \(name) \(additions.joined(separator: ", "))")
        let constraints = try session.query(
            "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype IN ('p', 'u')",
            [name])
        for constraint in constraints {
            try session.execute(
                "ALTER TABLE \(name) DROP CONSTRAINT \(PostgresText.name(constraint[0] ?? ""))")
        }
        try session.execute("DELETE FROM \(name)")
        try send(records, extras: Self.extras(columns), into: name, session)
        try session.execute(
            "ALTER TABLE \(name) ADD CONSTRAINT trades_pkey PRIMARY KEY (\(Self.keyList))")
        try makeIndex(session)
        return records.count
    }

    /// Brings a table of the first schema to the present one.
    func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        try await server.perform { session in
            var upgrade = JournalUpgrade()
            let columns = try self.columns(session)
            guard !columns.isEmpty else { return upgrade }
            let count = Int(try session.execute("SELECT count(*) FROM \(name)")[0][0] ?? "") ?? 0
            let isFormer = !Self.missing(columns).isEmpty
            upgrade.count(rows: count, upgraded: isFormer ? count : 0)
            if isFormer, !isDryRun { _ = try prepare(session) }
            return upgrade
        }
    }

    /// Checks that the table can be read and written, or made.
    ///
    /// - Throws: a `PlaybookError` that says which right is missing.
    func requireAccess(_ session: borrowing PostgresSession) throws {
        let place = try session.query(
            """
            SELECT current_user, current_database(), pg_is_in_recovery() OR current_setting('transaction_read_only')::bool, \
            has_database_privilege(current_database(), 'TEMPORARY'), has_database_privilege(current_database(), 'CREATE'), \
            (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = $1), \
            (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = $1)
            """, [schema])[0]
        func require(_ isGiven: Bool, _ right: String) throws {
            guard !isGiven else { return }
            throw PostgresFailure.forbidden(NeutralText(location), "the user \(place[0] ?? "") lacks \(right)")
        }
        if place[2] == "t" {
            throw PostgresFailure(state: "25006", message: "it is a standby or set to read only").playbookError(
                NeutralText(location))
        }
        try require(place[3] == "t", "TEMPORARY on the database \(place[1] ?? "")")
        guard let mayCreate = place[5] else {
            return try require(
                place[4] == "t", "CREATE on the database \(place[1] ?? ""), in which the schema \(schema) is to be made"
            )
        }
        try require(place[6] == "t", "USAGE on the schema \(schema)")
        let rights = try session.query(
            """
            SELECT string_agg(privilege, ', ') FILTER (WHERE NOT has_table_privilege(class.oid, privilege)), \
            bool_and(pg_has_role(relowner, 'USAGE')) \
            FROM pg_class class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege \
            WHERE class.oid = to_regclass($1)
            """, [name])[0]
        guard let owns = rights[1] else {
            return try require(mayCreate == "t", "CREATE on the schema \(schema), in which the table is to be made")
        }
        try require(rights[0] == nil, "\(rights[0] ?? "") on \(schema).trades")
        if try !Self.missing(columns(session)).isEmpty {
            try require(owns == "t", "ownership of \(schema).trades, which lacks columns")
        }
    }
}
