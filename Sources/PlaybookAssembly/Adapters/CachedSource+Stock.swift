package import PlaybookCore
package import PlaybookMarketData
import PlaybookUseCases

extension CachedSource: CachedBars, BarFetching, CacheCare {
    package var kept: any MarketDataSource { CacheOnlySource(self) }

    package func source(askingAgainFor dates: Set<CivilDate>) -> any MarketDataSource { asking(againFor: dates) }
}
