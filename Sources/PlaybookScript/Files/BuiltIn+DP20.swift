extension BuiltInPlaybooks {
    static let dp20Text = #"""
        # Deep Pullback to EMA20: docs/dp20.md tells it for traders.
        playbook: dp20
        summary: "Deep Pullback to EMA20: long-only intraday trend continuation on 2-minute bars"
        timeframe: 2Min
        parameters:
          window-start:      {default: 10:00, range: [09:30, 15:59], unit: market time, help: first bar time of the entry window}
          window-end:        {default: 10:30, range: [09:30, 15:59], unit: market time, help: last bar time of the entry window}
          reversal-strength: {default: 0.6, range: [0, 1], unit: "fraction of the bar's range", help: how high in its range a reversal must close}
          stop-atr:          {default: 1.2, range: [0.01, 100], unit: x ATR, help: distance of the stop below the entry}
          exit-time:         {default: 15:55, range: [09:30, 15:59], unit: market time, help: when an open trade is closed}
          ema-period:        {default: 20, range: [1, 1000], unit: 2-minute bars, help: period of the EMA}
          atr-period:        {default: 14, range: [1, 1000], unit: 2-minute bars, help: period of the ATR}
          trend-period:      {default: 200, range: [1, 1000], unit: sessions, help: how many daily closes the trend is judged by}
        values:
          average: ema(close, ema-period)
          range:   atr(atr-period)
          trend:   daily.sma(close, trend-period)
        filters:
          uptrend: session.open > trend
        setup:
          side: long
          window: [window-start, window-end]
          steps:
            - pullback: close < average
            # A weak reversal is passed over, and the search goes on.
            - reversal: {when: close > average, quality: position > reversal-strength}
            # If the next bar closes below the average, the session is over.
            - confirmation: {next: not close < average}
          stop: entry - stop-atr * range
        exit: exit-time
        size: {shares: 20}
        journal:
          trend_valid: uptrend
          sma200_daily_at_open: trend
          first_close_below_time: pullback
          reversal_candle_time: reversal
          reversal_strength_ok: reversal.quality
          confirmation_candle_time: confirmation
          ema20_at_entry: average
          atr_14_2m_at_entry: range

        """#

    static let timedEntryText = #"""
        # The simplest playbook, and the yardstick for others.
        playbook: timed-entry
        summary: Enter at a time on chosen weekdays, leave at a time
        timeframe: 2Min
        parameters:
          weekdays:   {default: mon+tue+wed+thu+fri, unit: weekdays, help: sessions to trade}
          entry-time: {default: 10:30, range: [09:32, 15:59], unit: market time, help: when to enter}
          exit-time:  {default: 15:55, range: [09:30, 15:59], unit: market time, help: when to leave}
          stop-atr:   {default: 0, range: [0.0, 100], unit: x ATR, help: distance of the stop below the entry; 0 for no stop}
          atr-period: {default: 14, range: [1, 1000], unit: 2-minute bars, help: period of the ATR}
        values:
          range: atr(atr-period)
        filters:
          chosen-day: weekday in weekdays
        setup:
          side: long
          entry: {at: entry-time}
          stop: {price: entry - stop-atr * range, when: stop-atr > 0}
        exit: exit-time
        size: {shares: 20}
        journal:
          atr_14_2m_at_entry: range

        """#

    static let openingRangeText = #"""
        # Opening-range breakout. Source: T. Crabel, "Day Trading with Short Term Price Patterns and Opening Range
        # Breakout" (1990), for the breakout.
        playbook: opening-range
        summary: Opening-range breakout, both ways, by stop orders; half is closed at 1 R, the rest has a trailing stop and a final target
        timeframe: 2Min
        parameters:
          range:      {default: 30m, range: [4m, 120m], unit: minutes, help: length of the opening range}
          target:     {default: 3, range: [0.1, 20], unit: R, help: target of the second half}
          last-entry: {default: 12:00, range: [09:30, 15:59], unit: market time, help: unfilled orders are cancelled at this time}
        values:
          top:    first(range).high
          bottom: first(range).low
        filters:
          calm-open: abs(gap) < 2%
        setups:
          - name: up
            side: long
            trades: 1
            steps:
              - range-known: top > bottom
            entry: {stop: top, until: last-entry}
            stop: bottom
            targets: [{at: entry + R, share: 50%}, {at: entry + target * R, share: 50%}]
            trail: {by: risk, after: entry + R}
          - name: down
            side: short
            trades: 1
            steps:
              - range-known: top > bottom
            entry: {stop: bottom, until: last-entry}
            stop: top
            targets: [{at: entry + R, share: 50%}, {at: entry + target * R, share: 50%}]
            trail: {by: risk, after: entry + R}
        exit: 15:50
        size: {risk: 200, at-most: 50000}
        limits: {trades: 2, losses: 1}

        """#
}
