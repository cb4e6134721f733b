extension BarHistory {
    /// The journal's `data_id` of each requested session: a digest of the bars that decided its row, which are the
    /// session's own, those of the sessions that the indicators started with, the daily closes, and the splits among
    /// them. It depends on the session and the strategy, not on the range asked for.
    public func dataIDs(of strategy: some Strategy) -> [String] {
        let dailyBars = strategy.sessionIndicators.map(\.dailyBars).max() ?? 0
        // Differences of this running sum are digests of any run of daily closes.
        var sums: [UInt64] = [0]
        if dailyBars > 0 {
            for (date, close) in zip(daily.dates, daily.bars.close) {
                var digest = StableDigest(seed: UInt64(bitPattern: Int64(date.daysSinceEpoch)))
                digest.add(close)
                sums.append(sums[sums.count - 1] &+ digest.value)
            }
        }
        var result: [String] = []
        result.reserveCapacity(requested.count)
        let warmUp = strategy.warmUpSessions(of: timeframe)
        for segment in segments {
            var chain = StableDigest()
            for index in max(0, segment.monthStart - warmUp)..<segment.sessions.upperBound {
                let slice = slices[index]
                if slice.splitRatio != 1 { chain.add(slice.splitRatio) }
                chain.add(slice.digest)
                guard segment.sessions.contains(index) else { continue }
                var digest = chain
                if dailyBars > 0 {
                    let first = max(0, slice.dailyBarsBefore - dailyBars)
                    digest.add(sums[slice.dailyBarsBefore] &- sums[first])
                    if first < daily.dates.count {
                        for split in splits where split.date > daily.dates[first] && split.date <= slice.session.date {
                            digest.add(UInt64(bitPattern: Int64(split.date.daysSinceEpoch)))
                            digest.add(split.ratio)
                        }
                    }
                }
                result.append(digest.shortText)
            }
        }
        return result
    }
}
