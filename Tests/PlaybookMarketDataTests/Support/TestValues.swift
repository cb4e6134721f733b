import PlaybookCore
import Testing

extension CivilDate {
    /// The date that a test writes as YYYY-MM-DD.
    static func of(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
        try #require(CivilDate(text), sourceLocation: sourceLocation)
    }
}

extension Symbol {
    /// The symbol that a test writes.
    static func of(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Symbol {
        try #require(Symbol(text), sourceLocation: sourceLocation)
    }
}

extension Instant {
    /// Seconds since the epoch of the instant that a test writes as YYYY-MM-DDTHH:MM:SSZ.
    static func seconds(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Int64 {
        try #require(Instant(text), sourceLocation: sourceLocation).secondsSinceEpoch
    }
}

extension BarColumns {
    init(_ bars: some Sequence<Bar>) {
        self.init()
        for bar in bars { append(bar) }
    }

    /// The bars one by one.
    var all: [Bar] { (0..<count).map { self[$0] } }
}
