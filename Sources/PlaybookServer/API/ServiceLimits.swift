/// What a request may ask for, and how long it may take to arrive.
struct ServiceLimits: Sendable {
    /// Bytes of a body.
    var bodySize = 64 * 1024
    /// Bytes of a request's head.
    var headSize = 16 * 1024
    /// Fields of a request's head.
    var headFields = 100
    /// Seconds from a request's first byte to its last.
    var arrivalSeconds = 10
    /// Seconds that a connection may be idle.
    var idleSeconds = 60
    /// Connections open at a time; others wait to be accepted.
    var connections = 256
    /// Symbols of a backtest.
    var symbols = 50
    /// Days of a backtest's range, both ends included.
    var days = 3700
    /// Units of a sweep: symbols x sets.
    var units = 500
    /// Different backtests at a time.
    var runs = 4
    /// Seconds that backtests get to finish once the service is told to stop.
    var finishSeconds = 7
    /// Seconds after which the process ends, whatever still runs.
    var stopSeconds = 9
}
