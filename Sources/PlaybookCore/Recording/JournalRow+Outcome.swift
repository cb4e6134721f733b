extension JournalRow {
    /// A row of a session's outcome.
    ///
    /// - Parameters:
    ///   - trade: which of its trades, counted from 0; 0 without one.
    ///   - context: what is the same for all rows of a run.
    ///   - dataID: digest of the bars that decided the outcome.
    init(_ outcome: SessionOutcome, trade number: Int, context: JournalContext, dataID: String) {
        let slice = context.history.slices[outcome.slice]
        let decimals = PriceDecimals(sessionOpen: slice.bars.isEmpty ? 1 : slice.firstOpen)
        let trade = outcome.trades.isEmpty ? nil : outcome.trades[number]
        let setup = trade?.fill.setup ?? outcome.untraded?.setup ?? 0
        self.init(
            tradeDate: slice.session.date, symbol: context.symbol, strategy: context.strategy,
            parametersID: context.parametersID, tradeNumber: number + 1, trades: outcome.trades.count,
            side: context.setups[setup].side, setup: context.setups[setup].name,
            market: context.market,
            completeness: (slice.completeness * 10_000).rounded(.toNearestOrEven) / 10_000,
            parameters: context.parameters, dataSource: context.dataSource, dataID: dataID, runID: context.runID,
            decimals: decimals)
        if let trade {
            addRules(
                setup, trade.steps, trade.values, trade.window, outcome.filters, context, slice)
            reversalStrong = reversalStrong ?? (context.columns.strength[setup] == nil ? nil : true)
            self.trade = context.closed(trade, slice, decimals)
            notes = context.note(trade, slice)
        } else if let untraded = outcome.untraded {
            addRules(
                setup, untraded.steps, untraded.values, untraded.window, outcome.filters, context, slice)
            if !untraded.isPlayed { window = context.playbook.windowOfUnplayed }
            if let step = context.columns.strength[setup] { reversalStrong = untraded.quality[step] }
            noTrade = untraded.reason?.code(in: context.playbook.plan, setup: setup) ?? ""
            notes = context.note(untraded, outcome.filters, slice)
        } else {
            (noTrade, notes) = (NoTradeCode.noBars, "no bars")
        }
    }

    /// The columns of filters, window, steps and values.
    private mutating func addRules(
        _ setup: Int, _ steps: [Int], _ values: [Double?], _ window: SessionOutcome.Window?, _ filters: [Bool?],
        _ context: JournalContext, _ slice: SessionSlice
    ) {
        let columns = context.columns
        func filter(_ place: Int?) -> Bool? { place.flatMap { $0 < filters.count ? filters[$0] : nil } }
        func time(_ step: Int?) -> TimeOfDay? {
            step.flatMap { $0 < steps.count ? context.time(of: steps[$0], in: slice) : nil }
        }
        trendValid = filter(columns.trendFilter)
        reversalStrong = filter(columns.strengthFilter)
        trendAverage = columns.trendAverage.flatMap { values[$0] }.map { journalRounded($0, decimals) }
        if let window { self.window = Setup.Window.text(window.from, window.to) }
        pullbackTime = time(columns.pullback[setup])
        reversalTime = time(columns.reversal[setup])
        confirmationTime = time(columns.confirmation[setup])
        self.steps = zip(context.playbook.plan.setups[setup].steps, steps)
            .map { "\($0.name)=\(context.time(of: $1, in: slice))" }.joined(separator: " ")
        self.values = context.text(values, decimals)
    }
}

extension JournalContext {
    /// The playbook's values as the journal writes them; unknown ones are left out.
    func text(_ values: [Double?], _ decimals: PriceDecimals) -> String {
        text(values, decimals, "=", " ") { $0.shownWith == nil }
    }

    /// Some of the playbook's values, `name=number`; unknown ones are left out.
    func text(
        _ values: [Double?], _ decimals: PriceDecimals, _ sign: String, _ separator: String,
        where isWanted: (Playbook.NamedValue) -> Bool
    ) -> String {
        var bytes: [UInt8] = []
        for (named, value) in zip(playbook.values, values) {
            guard let value, isWanted(named) else { continue }
            if !bytes.isEmpty { bytes += separator.utf8 }
            bytes += named.name.utf8
            bytes += sign.utf8
            switch named.kind {
            case .condition: bytes += (value == 1 ? "true" : "false").utf8
            case .number(_, .time): bytes += TimeOfDay(minutes: value).onTheClock.description.utf8
            case .number(_, let unit):
                appendJournalNumber(value, unit == .duration ? .six : decimals, to: &bytes)
                if unit == .duration { bytes.append(UInt8(ascii: "m")) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The columns of a trade.
    func closed(_ trade: SessionOutcome.Trade, _ slice: SessionSlice, _ decimals: PriceDecimals) -> ClosedTrade {
        func price(_ value: Double) -> Double { journalRounded(value, decimals) }
        func value(_ place: Int?) -> Double? { place.flatMap { trade.values[$0] } }
        let fill = trade.fill
        let entryTime = time(of: fill.entryBar, in: slice)
        let (average, range) = (value(columns.average), value(columns.trueRange))
        let last = trade.exits[trade.exits.count - 1]
        func share(_ part: Double, of whole: Double) -> Double? {
            slice.equality.isEqual(whole, 0) ? nil : journalRounded(part / whole)
        }
        return ClosedTrade(
            side: fill.side, entryTime: entryTime, entryInstant: Instant(secondsSinceEpoch: fill.entryTime),
            entry: price(fill.entry), shares: journalRounded(fill.shares), average: average.map(price),
            trueRange: range.map(price), trueRangeFraction: range.flatMap { share($0, of: fill.entry) },
            stop: fill.stop.map(price), entryBucket: ClosedTrade.bucket(of: entryTime),
            barsSinceOpen: Double(number(of: fill.entryBar, in: slice)),
            exitTime: time(of: last.bar, in: slice), exitInstant: Instant(secondsSinceEpoch: last.time),
            exit: price(fill.exit), gross: journalRounded(fill.gross), costs: journalRounded(fill.costs),
            net: journalRounded(fill.net), risk: fill.risk.map(price),
            rMultiple: fill.rMultiple.map { journalRounded($0) },
            distanceToAverage: average.flatMap { share((fill.entry - $0) / $0 * 10_000, of: 1) },
            exitReason: last.reason.rawValue, mae: price(fill.mae), mfe: price(fill.mfe),
            target: fill.target.map(price), exits: exits(trade, slice, decimals), isAmbiguous: fill.isAmbiguous)
    }

    /// Several exits, `0.5@101.2 target 10:40; …`, in fractions of the position; empty for one.
    private func exits(_ trade: SessionOutcome.Trade, _ slice: SessionSlice, _ decimals: PriceDecimals) -> String {
        guard trade.exits.count > 1 else { return "" }
        return trade.exits.map { part in
            "\(journalNumber(part.lots / trade.fill.lots))@\(journalNumber(part.price, decimals)) "
                + "\(part.reason.rawValue) \(time(of: part.bar, in: slice))"
        }.joined(separator: "; ")
    }
}
