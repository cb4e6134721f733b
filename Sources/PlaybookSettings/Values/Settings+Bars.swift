import PlaybookAddresses
import PlaybookCore

/// Which source of bars is chosen, with all that it needs.
package enum BarSource: Sendable, Hashable {
    /// The built-in one.
    case sample
    /// Files in a folder.
    case files(folder: String, FileReading)
    /// The rows that a query of a PostgreSQL database gives.
    case postgres(uri: String, query: String, FileReading)
    case alpaca(Alpaca)
    /// A service that wants no account.
    case keyless(SourceName)

    /// Alpaca's account and addresses.
    package struct Alpaca: Sendable, Hashable {
        package let keyID, secretKey: String
        package let dataURL, tradingURL: String
        /// The feed that is chosen; nil when none is.
        package let feed: String?
    }
}

/// The sources there are.
package enum SourceName: String, Sendable, CaseIterable {
    case alpaca, binance, yahoo, deribit, files, postgres, sample
}

/// What is said about files that they do not tell themselves.
package struct FileReading: Sendable, Hashable {
    /// How to read timestamps without an offset, as it is written; nil when nothing is said.
    package var zone: String?
    /// `mdy` or `dmy`; nil when nothing is said.
    package var dateOrder: String?
    /// `open` or `close`; nil when nothing is said.
    package var stamps: String?
    /// The names of the columns of files without a header line.
    package var columns: [String]?
    /// How many decimal places prices are short of.
    package var priceDecimals = 0
    /// Whether daily bars are adjusted for all splits as of today.
    package var isDailyAdjusted = false
}

/// A folder of this machine, or a place in a bucket.
package enum StorePlace: Sendable, Hashable {
    case folder(String)
    case bucket(String, prefix: String?)

    /// Nil when `text` is neither.
    package init?(_ text: String) {
        switch JournalAddress(text) {
        case .file(let folder)?: self = .folder(folder)
        case .bucket(let name, let prefix)?: self = .bucket(name, prefix: prefix)
        case .mongodb?, .postgres?, nil: return nil
        }
    }
}

extension Settings {
    /// The source of bars.
    package func barSource() throws -> BarSource {
        switch try sourceName() {
        case .sample: return .sample
        case .files:
            guard let directory = try folder(.dataDirectory) else {
                throw wrong(.dataDirectory, "the source 'files' needs a folder")
            }
            return .files(folder: directory, try fileReading())
        case .alpaca: return .alpaca(try alpaca())
        case .postgres:
            guard let uri = try postgresConnection() else {
                throw wrong(.postgresConnection, "the source 'postgres' needs the URI of a database")
            }
            guard let query = self[.postgresBarsQuery] else {
                throw wrong(.postgresBarsQuery, "the source 'postgres' needs a query")
            }
            return .postgres(uri: uri, query: query, try fileReading())
        case .binance, .yahoo, .deribit: return .keyless(try sourceName())
        }
    }

    /// Whether the source is the built-in sample: its rows do not count for another source.
    package var isSampleChosen: Bool { (try? sourceName()) == .sample }

    /// Which source is chosen.
    package func sourceName() throws -> SourceName {
        if let name = self[.dataSource] {
            guard let source = SourceName(rawValue: name) else {
                throw wrong(
                    .dataSource,
                    "no source '\(name)': there are alpaca, binance, yahoo, deribit, files, postgres and sample")
            }
            return source
        }
        if isFlag(.dataDirectory) { return .files }
        if self[.alpacaKey] != nil || self[.alpacaKeyFile] != nil || self[.alpacaSecret] != nil
            || self[.alpacaSecretFile] != nil
        {
            return .alpaca
        }
        if self[.dataDirectory] != nil { return .files }
        throw PlaybookError(
            .configuration, "\(fileSearch), and no source of bars was chosen",
            nextStep: """
                Set \(.set(.alpacaKey)) and \(.set(.alpacaSecret)), or choose another source: built-in, synthetic bars with \
                \(.set(.source, to: "sample")), no account needed with \(.set(.source, to: "yahoo")) or \
                \(.set(.source, to: "binance")), files of yours with \(.set(.folderOfFiles, to: "FOLDER")).
                """)
    }

    /// What is said about files; which zones there are is not looked at.
    private func fileReading() throws -> FileReading {
        var reading = FileReading()
        reading.zone = self[.dataTimezone]
        if let text = self[.dataDateOrder] {
            guard ["mdy", "dmy"].contains(text) else {
                throw wrong(.dataDateOrder, "'\(text.prefix(40))' is neither mdy nor dmy")
            }
            reading.dateOrder = text
        }
        if let text = chosen(.dataStamps) {
            guard ["open", "close"].contains(text) else {
                throw wrong(.dataStamps, "'\(text.prefix(40))' is neither open nor close")
            }
            reading.stamps = text
        }
        if let text = self[.dataColumns] {
            let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard names.count >= 5 else {
                throw wrong(.dataColumns, "'\(text.prefix(40))' does not name a time and four prices")
            }
            reading.columns = names
        }
        reading.priceDecimals = try priceDecimals()
        reading.isDailyAdjusted = try flag(.dataDailyAdjusted)
        return reading
    }

    /// How many decimal places the prices of files are short of.
    private func priceDecimals() throws -> Int {
        let text = self[.dataPriceScale] ?? "1"
        guard let scale = Double(text), let decimals = (0...12).first(where: { scale == Double("1e-\($0)") }) else {
            throw wrong(.dataPriceScale, "'\(text.prefix(40))' is not 1, 0.1, 0.01 or so on")
        }
        return decimals
    }

    private func alpaca() throws -> BarSource.Alpaca {
        BarSource.Alpaca(
            keyID: try key(.alpacaKey, .alpacaKeyFile), secretKey: try key(.alpacaSecret, .alpacaSecretFile),
            dataURL: try url(.alpacaDataURL), tradingURL: try tradingURL(), feed: try feed())
    }

    /// For how many seconds Alpaca is asked again.
    package func alpacaRetrySeconds() throws -> Int {
        let text = self[.alpacaRetry] ?? ""
        guard let seconds = Int(text), (0...600).contains(seconds) else {
            throw wrong(.alpacaRetry, "'\(text.prefix(40))' is not a number of seconds from 0 to 600")
        }
        return seconds
    }

    /// The cache's place; nil when there is to be none.
    package func cachePlace() throws -> StorePlace? {
        let text = self[.cacheDirectory] ?? ""
        if text == "off" { return nil }
        guard let place = StorePlace(text) else {
            throw wrong(.cacheDirectory, "this is neither a folder nor gs://BUCKET/PREFIX")
        }
        return place
    }

    /// The feed that is chosen; nil when none is.
    private func feed() throws -> String? {
        guard let feed = self[.alpacaFeed] else { return nil }
        guard !feed.isEmpty, feed.utf8.count <= 20,
            feed.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") })
        else { throw wrong(.alpacaFeed, "'\(feed.prefix(40))' is not a feed") }
        return feed
    }

    private func key(_ setting: Setting, _ fileSetting: Setting) throws -> String {
        if let key = try secret(setting, fileSetting, maximumLength: 256) { return key }
        throw PlaybookError(
            .configuration, "the source 'alpaca' needs \(setting.name)",
            nextStep: """
                Set \(setting.name) or \(fileSetting.name), or choose \(.set(.source, to: "sample")) or \
                \(.set(.source, to: "files")).
                """)
    }

    private func tradingURL() throws -> String {
        if self[.alpacaTradingURL] != nil { return try url(.alpacaTradingURL) }
        return try flag(.alpacaPaper) ? "https://paper-api.alpaca.markets" : "https://api.alpaca.markets"
    }
}
