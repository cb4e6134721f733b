import PlaybookCore
import PlaybookCrypto
import PlaybookHTTP

/// Asks Binance: `klines` of its market data API, and the files of whole months that it publishes.
struct BinanceClient: Sendable {
    /// For `klines`.
    let client: KeylessClient
    let dataURL: String
    let dumpURL: String
    let clock: any WallClock

    /// A month's file that is read.
    struct Dump {
        let bars: BarColumns
        /// `BTCUSDT-1m-2024-01.zip sha256:…`.
        let origin: String
    }

    /// What Binance calls a symbol.
    static func name(of symbol: Symbol) -> String { symbol.name.filter { $0 != "/" && $0 != "-" } }

    /// As many klines as a request gives at most.
    private static let most = 1000

    /// The first bar that opens within `range`, in seconds since the epoch; nil without any. A range that begins before the
    /// listing begins with the listing.
    func firstBar(of symbol: Symbol, in range: Range<Int64>) async throws -> Int64? {
        try await page(symbol, range, limit: 1).first?.bar.time
    }

    /// The bars that open within `range` and are over, asked for page by page.
    func klines(of symbol: Symbol, in range: Range<Int64>) async throws -> BarColumns {
        var bars = BarColumns(capacity: Int((range.upperBound - range.lowerBound) / 60))
        let now = clock.now().secondsSinceEpoch * 1000
        var start = range.lowerBound
        while start < range.upperBound {
            let page = try await page(symbol, start..<range.upperBound, limit: Self.most)
            guard let last = page.last else { break }
            // The last one may still change.
            for kline in page where kline.closeTime < now { bars.append(kline.bar) }
            guard last.bar.time >= start else {
                throw PlaybookError(
                    .sourceUnavailable,
                    "Binance sent klines of \(symbol) that end before \(Instant(secondsSinceEpoch: start))"
                        + ", which was asked for", nextStep: "Try again later.")
            }
            start = last.bar.time + 60
        }
        return bars
    }

    private func page(_ symbol: Symbol, _ range: Range<Int64>, limit: Int) async throws -> [BinanceKlines.Kline] {
        let query = [
            ("symbol", Self.name(of: symbol)), ("interval", "1m"), ("startTime", "\(range.lowerBound * 1000)"),
            // Included: a millisecond before the end.
            ("endTime", "\(range.upperBound * 1000 - 1)"), ("limit", "\(limit)"),
        ]
        return try await client.get("\(dataURL)/api/v3/klines", query, statuses: [400]) { response in
            guard response.status == 200 else { throw Self.refusal(response, symbol) }
            return try BinanceKlines.answer(response.body)
        }
    }

    /// What an error such as `{"code":-1121,"msg":"Invalid symbol."}` means.
    private static func refusal(_ response: HTTPResponse, _ symbol: Symbol) -> PlaybookError {
        var code = 0.0
        var message = ""
        response.body.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            try? scanner.object { scanner, name in
                switch String(decoding: name, as: UTF8.self) {
                case "code": code = try scanner.number()
                case "msg": message = printable(try scanner.string())
                default: try scanner.skip()
                }
            }
        }
        if code == -1121 {
            return PlaybookError(
                .sourceUnavailable, "Binance has no symbol \(name(of: symbol))",
                nextStep: "Name a pair of its spot market, such as BTCUSDT.")
        }
        return PlaybookError(
            .sourceUnavailable, "Binance refused the request for \(symbol): \(message.isEmpty ? "400" : message)",
            nextStep: "Check the symbol and the dates.")
    }

    // MARK: Files of months

    /// A month's file; nil while there is none, or none with a checksum.
    func dump(of symbol: Symbol, _ month: Month) async throws -> Dump? {
        let name = "\(Self.name(of: symbol))-1m-\(month)"
        guard let digest = try await digest(of: name) else { return nil }
        let url = address(of: name)
        let archive: [UInt8]? = try await client.get(url, statuses: [404], largest: 256 << 20) { response in
            guard response.status == 200 else { return nil }
            let found = SHA256.hexadecimal(response.body)
            guard found == digest else {
                throw KeylessClient.Problem(
                    message: "\(name).zip has the sha256 \(found.prefix(12))…, and \(name).zip.CHECKSUM says "
                        + "\(digest.prefix(12))…")
            }
            return response.body
        }
        guard let archive else { return nil }
        do {
            return Dump(bars: try BinanceDump.bars(archive, name: name), origin: "\(name).zip sha256:\(digest)")
        } catch {
            throw PlaybookError(
                .badData, "\(url) is not right: \(error.message)",
                nextStep: "Try again later; Binance replaces such files. Nothing of it was kept.")
        }
    }

    /// The digest that is published for a file; nil when there is none.
    func digest(of name: String) async throws -> String? {
        try await client.get("\(address(of: name)).CHECKSUM", statuses: [404]) { response in
            guard response.status == 200 else { return nil }
            let words = String(decoding: response.body.prefix(300), as: UTF8.self).split { $0 == " " || $0 == "\n" }
            guard let digest = words.first, digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit),
                words.count < 2 || words[1] == "\(name).zip" || words[1] == "*\(name).zip"
            else { throw KeylessClient.Problem(message: "\(name).zip.CHECKSUM holds no sha256 of that file") }
            return digest.lowercased()
        }
    }

    private func address(of name: String) -> String {
        let parts = name.split(separator: "-", maxSplits: 2)
        return "\(dumpURL)/data/spot/monthly/klines/\(parts[0])/\(parts[1])/\(name).zip"
    }
}
