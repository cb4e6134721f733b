import PlaybookCore

extension AlpacaClient {
    /// Which bars are asked for.
    struct BarQuery: Sendable {
        let symbols: [Symbol]
        let timeframe: Timeframe
        /// The first and the last instant that a bar may open at.
        let from: Instant
        let through: Instant
    }

    /// Hands out the pages of bars one after the other, with their numbers from 1; the next one is on its way meanwhile.
    ///
    /// - Throws: a `PlaybookError`, or `RecentDataRefused`.
    func pages(_ query: BarQuery, receive: (AlpacaBarPage, Int) async throws -> Void) async throws {
        var tokens = PageTokens()
        var page = try await self.page(query, nil)
        for number in 1... {
            try tokens.advance(to: page.nextPageToken, isEmpty: page.pieces.isEmpty)
            guard let token = tokens.current else { return try await receive(page, number) }
            async let next = self.page(query, token)
            try await receive(page, number)
            page = try await next
        }
    }

    private func page(_ query: BarQuery, _ token: String?) async throws -> AlpacaBarPage {
        var parameters = [
            ("symbols", query.symbols.map(\.name).joined(separator: ",")), ("timeframe", "\(query.timeframe)"),
            ("start", "\(query.from)"), ("end", "\(query.through)"), ("limit", "10000"), ("adjustment", "raw"),
            ("feed", account.feed), ("sort", "asc"),
        ]
        token.map { parameters.append(("page_token", $0)) }
        return try await get("\(account.dataURL)/v2/stocks/bars", parameters) { try AlpacaBarPage($0) }
    }
}
