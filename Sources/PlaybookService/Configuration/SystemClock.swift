import FoundationEssentials
import PlaybookCore

/// The computer's clock.
struct SystemClock: WallClock {
    func now() -> Instant { Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)) }
}
