extension BarHistory {
    /// The journal's `data_id` of each requested session: a digest of the bars that decided its row, which are the
    /// session's own, with the finer ones and the premarket where it reads them, those of the sessions that the
    /// indicators started with, the daily closes, and the splits among them. It depends on the session and the playbook, not on the range asked for.
    public func dataIDs(of playbook: Playbook) -> [String] {
        let dailyBars = playbook.graph.dailyBars
        // Differences of this running sum are digests of any run of daily closes.
        var sums: [UInt64] = [0]
        if dailyBars > 0 {
            for (date, close) in zip(daily.dates, daily.bars.close) {
                var digest = StableDigest(seed: UInt64(bitPattern: Int64(date.daysSinceEpoch)))
                digest.add(close)
                sums.append(sums[sums.count - 1] &+ digest.value)
            }
        }
        let finer = playbook.plan.resolve.flatMap { self.finer($0) }
        let premarket = playbook.graph.readsPremarket ? self.premarket : nil
        let lookBack = playbook.dailyLookBack
        let warmUp = playbook.warmUpSessions(of: timeframe)
        let sessions = calendar.allSessions
        return requested.map { index in
            var digest = StableDigest()
            let first = max(0, index - warmUp)
            for slice in first...index {
                // A split at the first session's open divides nothing that is looked at.
                if slice > first, slices[slice].splitRatio != 1 { digest.add(slices[slice].splitRatio) }
                digest.add(slices[slice].digest)
                if let premarket { digest.add(premarket, of: slice) }
            }
            if let finer { digest.add(finer.digests[index]) }
            if dailyBars > 0 {
                let end = slices[index].dailyBarsBefore
                // Closes too old to count are not looked at; a shorter history does not even have them.
                let oldest = sessions[max(0, slices[index].calendarIndex - lookBack)].date
                let start = max(daily.count(before: oldest), end - dailyBars)
                digest.add(sums[end] &- sums[start])
                let date = slices[index].session.date
                for split in splits where start < end && split.date > daily.dates[start] && split.date <= date {
                    digest.add(UInt64(bitPattern: Int64(split.date.daysSinceEpoch)))
                    digest.add(split.ratio)
                }
            }
            return JournalIdentifier.text(JournalIdentifier.data, digest.shortText)
        }
    }
}

extension StableDigest {
    /// Adds what a slice's premarket was; nothing where there is none.
    fileprivate mutating func add(_ premarket: PremarketBars, of slice: Int) {
        guard let bar = premarket.bars[slice] else { return }
        for number in [bar.open, bar.high, bar.low, bar.close, bar.volume] { add(number) }
    }
}
