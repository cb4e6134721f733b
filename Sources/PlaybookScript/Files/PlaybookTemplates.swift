/// Files to begin with: each runs as it is, and says what may be changed.
public enum PlaybookTemplates {
    /// Their names.
    public static let names = [
        "opening-range", "pullback", "gap-fade", "vwap-reclaim", "mean-reversion", "premarket-breakout",
    ]

    /// A template as the file of a playbook; nil where there is none of that name.
    ///
    /// - Parameter playbook: the name of the new playbook.
    public static func text(_ name: String, named playbook: String) -> String? {
        let text: String
        switch name {
        case "opening-range": text = BuiltInPlaybooks.openingRangeText
        case "pullback": text = pullback
        case "gap-fade": text = gapFade
        case "vwap-reclaim": text = vwapReclaim
        case "mean-reversion": text = meanReversion
        case "premarket-breakout": text = premarketBreakout
        default: return nil
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("playbook: ") ? "playbook: \(playbook)" : String($0) }.joined(separator: "\n")
    }

    private static let pullback = #"""
        # A first pullback to the average after a new high of the session.
        # Change a number under 'parameters' here; one run may be given others.
        playbook: pullback
        summary: Buy the first pullback to the EMA after a new session high, with the stop below the pullback
        timeframe: 2Min
        parameters:
          period:     {default: 20, range: [2, 200], unit: bars, help: period of the average}
          last-entry: {default: 14:00, help: no step holds later}
          target:     {default: 2, range: [0.5, 20], unit: R, help: where the profit is taken}
        values:
          average: ema(close, period)
          range:   atr(14)
        filters:
          # A filter is looked at when the session opens; where it is not true, nothing is traded.
          opens-higher: session.open > prior.close
        setup:
          side: long
          # Steps hold at bars that open from one time through the other.
          window: [session.start + 30m, last-entry]
          steps:
            # [1] is the bar before: session.high itself includes this bar.
            - breakout: close > session.high[1]
            - pullback: {when: low <= average, within: 30 bars, else: restart}
            - turn:     {when: "close > high[1] and close > average", within: 5 bars, else: restart}
          cancel: close < average - 2 * range
          stop: since(pullback).low - 0.1 * range
          target: entry + target * R
          breakeven: {after: entry + R, to: entry}
        exit: session.end - 10m
        size: {risk: 100, at-most: 25000}
        limits: {trades: 2, losses: 1}

        """#

    private static let gapFade = #"""
        # A gap up that fails: sold short once the session trades below its open and its average price.
        playbook: gap-fade
        summary: Sell a gap up that fails in the first hour, back towards the close before it
        timeframe: 2Min
        parameters:
          least-gap: {default: 0.4%, range: [0.1%, 20%], help: a smaller gap is not traded}
          most-gap:  {default: 3%, range: [0.1%, 20%], help: a larger gap is news and not traded}
        values:
          range: atr(14)
          # Half of the way back to the close before the gap.
          half: session.open - 0.5 * (session.open - prior.close)
        filters:
          gap-up: gap between least-gap and most-gap
        setup:
          side: short
          window: [session.start + 4m, session.start + 60m]
          steps:
            - failure: close < session.open and close < vwap
          # Above the session's high so far. For a short the stop lies above the entry, the targets below it.
          stop: session.high + 0.5 * range
          targets:
            - {at: "min(half, entry - 0.5 * risk)", share: 50%}
            - {at: "min(prior.close, entry - risk)", share: 50%}
          breakeven: {after: half, to: entry}
        exit: 15:30
        size: {risk: 100, at-most: 25000}

        """#

    private static let vwapReclaim = #"""
        # A session that was well below its average price and trades above it again.
        playbook: vwap-reclaim
        summary: Buy with a stop order once a weak session is back above its volume-weighted average price
        timeframe: 2Min
        parameters:
          stretch:    {default: 1, range: [0.1, 5], unit: standard deviations, help: how far below the VWAP it must have been}
          last-entry: {default: 14:30, help: no step holds later}
        values:
          range: atr(14)
        setup:
          side: long
          window: [10:00, last-entry]
          steps:
            - stretched: close < vwap - stretch * vwap-stdev
            - reclaim:   {when: close crosses above vwap, within: 60 bars, else: restart}
          # Bought above the bar that closed above the VWAP, if it gets there within three bars.
          entry: {stop: high, for: 3 bars}
          stop: "max(lowest(low, 10), entry - 4 * range)"
          target: entry + 2 * R
          trail: {by: 2 * range, after: entry + R}
          exits:
            - lost: close < vwap - 0.5 * range
            - stale: {after: 60 bars}
        size: {risk: 100, at-most: 25000}
        limits: {trades: 2, losses: 1, pause: 5}

        """#

    private static let meanReversion = #"""
        # Too far below the average, in an uptrend of the daily bars: bought at a limit, sold when it is back.
        playbook: mean-reversion
        summary: Buy a short-term low in a daily uptrend by a limit order, leave when it is back at the average
        timeframe: 2Min
        parameters:
          low-rsi:   {default: 20, range: [1, 50], help: how low the RSI must be}
          most-bars: {default: 45, range: [1, 195], unit: bars, help: how long a trade may last}
        values:
          strength: rsi(close, 7)
          average:  sma(close, 20)
          range:    atr(14)
        filters:
          uptrend: session.open > daily.sma(close, 50)
        setup:
          side: long
          window: [session.start + 30m, session.end - 60m]
          steps:
            - stretched: strength < low-rsi and close < average - 1.5 * range
          # A limit order a little below the close, open for five bars.
          entry: {limit: close - 0.25 * range, for: 5 bars}
          stop: entry - 3 * range
          exits:
            - back: close >= average
            - too-long: {after: most-bars}
        size: {notional: 10000}
        limits: {trades: 3, loss: 150, pause: 10}

        """#

    private static let premarketBreakout = #"""
        # A stop order at the high of the premarket, placed before the open. It needs bars from before 09:30: files may
        # have them; sessions without are not traded, and their rows say so.
        playbook: premarket-breakout
        summary: Buy a break of the premarket's high in the morning, sell it in three parts
        market: XNYS
        timeframe: 2Min
        parameters:
          last-entry: {default: 11:00, help: an unfilled order is cancelled at this time}
          stop-atr:   {default: 0.2, range: [0.05, 2], unit: x daily ATR, help: distance of the stop}
        values:
          daily-range: daily.atr(14)
        filters:
          # What is unknown is never true, so sessions without a premarket end here.
          strong: premarket.high > prior.close
        setup:
          side: long
          # Without steps it orders before the session's first bar.
          entry: {stop: premarket.high, until: last-entry}
          stop: entry - stop-atr * daily-range
          targets:
            - {at: entry + R, share: 1 / 3}
            - {at: entry + 2 * R, share: 1 / 3}
            - {at: entry + 4 * R, share: 1 / 3}
          breakeven: {after: entry + R, to: entry}
          trail: {by: risk, after: entry + 2 * R}
        exit: 15:45
        size: {risk: 100, at-most: 25000}

        """#
}
