import PlaybookCore

/// A setting: an environment variable, which a flag of the command line may override.
public struct Setting: Sendable, Hashable {
    /// The environment variable, for instance `DATA_DIR`.
    public let name: String
    /// The flag that overrides it, for instance `--data-dir`; nil when there is none.
    public let flag: String?
    /// The value when nothing is said; nil for none.
    public let defaultValue: String?
    /// What it does, with its unit and what it may be.
    public let help: String
    /// Whether its value must never be shown.
    public let isSecret: Bool

    init(_ name: String, flag: String?, default defaultValue: String?, isSecret: Bool = false, help: String) {
        self.name = name
        self.flag = flag
        self.defaultValue = defaultValue
        self.isSecret = isSecret
        self.help = help
    }

    /// Every setting there is.
    public static let all: [Setting] = [
        symbols, market, sessionStart, strategy, playbookFile, playbookDirectory, dataSource, dataDirectory,
        dataTimezone,
        dataStamps, dataDateOrder, dataColumns,
        dataPriceScale, dataDailyAdjusted, minimumCompleteness, strict, cacheDirectory,
        alpacaKey, alpacaKeyFile, alpacaSecret, alpacaSecretFile, alpacaFeed, alpacaPaper, alpacaDataURL,
        alpacaTradingURL, alpacaRetry, yahooDataURL, binanceDataURL, binanceDumpURL, deribitDataURL, writerType,
        outputDirectory, outputLocation, researchDirectory, bucket, bucketPrefix,
        bucketUserProject,
        bucketGzip,
        storageEndpoint, storageEmulator, googleCredentials, metadataHost, mongoConnection, mongoConnectionFile,
        mongoDatabase, mongoCollection, postgresConnection, postgresConnectionFile, postgresSchema,
        postgresBarsQuery, port, serveHost, serveNames, serveAnySymbol, serveMaxSessions, serveMaxMemory,
        serveMaxNewParameters, inlinePlaybooks, identityAudience, identityEmails, identityTrustsLoopback,
        identityIssuer,
        identityKeysURL,
        logFormat, googleProject, taskIndex, taskCount, completionIndex, completions, notifyURL,
        notifyURLFile, notifyOn, mailServer, mailUser, mailPassword, mailPasswordFile,
        mailFrom, mailTo, heartbeatURL,
        heartbeatURLFile, runHistory, expectedRuntime, dashboard, dashboardRefresh, dashboardToken, dashboardTokenFile,
        dashboardUser, dashboardPassword, dashboardPasswordFile, now,
    ]

    package static let symbols = Setting(
        "SYMBOLS", flag: "--symbol", default: nil,
        help: "Ticker symbols, separated by commas: QQQ,SPY; with their market where it is not MARKET's: BTC-USD@24x7")
    package static let market = Setting(
        "MARKET", flag: "--market", default: Market.xnys.id,
        help:
            "The market of symbols that name none: XNYS (US stocks, New York hours) or 24x7 (round the clock), which the "
            + "sources binance and deribit imply")
    package static let sessionStart = Setting(
        "SESSION_START", flag: nil, default: "00:00",
        help: "When sessions of the market 24x7 start, UTC; each has 24 hours and is dated by its start; unset: 00:00, "
            + "with the source deribit 08:00")
    package static let strategy = Setting(
        "STRATEGY", flag: "--strategy", default: "dp20",
        help: "The playbook to run; 'trading-playbook strategies' lists them")
    package static let playbookFile = Setting(
        "PLAYBOOK_FILE", flag: "--playbook", default: nil,
        help:
            "A playbook file, or gs://BUCKET/NAME, to run instead of STRATEGY; docs/playbooks.md tells how to write one"
    )
    package static let playbookDirectory = Setting(
        "PLAYBOOK_DIR", flag: nil, default: "./playbooks",
        help: "Folder, or gs://BUCKET/PREFIX, of playbook files that STRATEGY may name beside the built-in ones")
    package static let dataSource = Setting(
        "DATA_SOURCE", flag: "--source", default: nil,
        help: "Where bars come from: alpaca, binance, yahoo or deribit (no account needed), files (DATA_DIR), postgres "
            + "(POSTGRES_BARS_QUERY) or sample (built in, synthetic); unset: alpaca when its keys are set, else files when DATA_DIR is set"
    )
    package static let dataDirectory = Setting(
        "DATA_DIR", flag: "--data-dir", default: nil,
        help: "Folder of {SYMBOL}_1Min and the like, {SYMBOL} or a folder {SYMBOL}, optionally _1Day and _splits; "
            + "text or Parquet")
    package static let dataTimezone = Setting(
        "DATA_TIMEZONE", flag: "--data-timezone", default: nil,
        help: "How to read timestamps without a UTC offset: a zone such as America/New_York, UTC or -06:00; unset "
            + "refuses them")
    package static let dataStamps = Setting(
        "DATA_STAMPS", flag: "--data-stamps", default: "open",
        help: "Which end of a bar its timestamp in a file tells: open or close")
    package static let dataDateOrder = Setting(
        "DATA_DATE_ORDER", flag: "--data-date-order", default: nil,
        help: "The order of dates such as 03/04/2024 in files: mdy (the month first) or dmy; unset refuses them")
    package static let dataColumns = Setting(
        "DATA_COLUMNS", flag: "--data-columns", default: nil,
        help: "The columns of files without a header line, separated by commas: date,time,open,high,low,close,volume; "
            + "skip is one that is not read")
    package static let dataPriceScale = Setting(
        "DATA_PRICE_SCALE", flag: "--data-price-scale", default: "1",
        help: "What one unit of a price in files is worth: 1, or 0.01 to 1e-12 where prices are whole numbers; "
            + "Databento's is 1e-9")
    package static let dataDailyAdjusted = Setting(
        "DATA_DAILY_ADJUSTED", flag: nil, default: "false",
        help: "true: the prices of daily bars in files are adjusted for splits as of today; they are multiplied back")
    package static let minimumCompleteness = Setting(
        "DATA_MIN_COMPLETENESS", flag: "--min-completeness", default: "0.95",
        help: "Share of the bars due by an order's decision, 0 to 1, that it needs; one missing bar never matters")
    package static let strict = Setting(
        "DATA_STRICT", flag: nil, default: "false",
        help: "true: a symbol whose data is doubtful fails instead of being warned about")
    package static let cacheDirectory = Setting(
        "DATA_CACHE_DIR", flag: "--cache-dir", default: "./data/cache",
        help: "Folder, or gs://BUCKET/PREFIX, of the Parquet cache of fetched bars; off keeps none")
    package static let alpacaKey = Setting(
        "ALPACA_API_KEY", flag: nil, default: nil, isSecret: true, help: "Alpaca's API key id")
    package static let alpacaKeyFile = Setting(
        "ALPACA_API_KEY_FILE", flag: nil, default: nil, help: "File that holds ALPACA_API_KEY, instead of it")
    package static let alpacaSecret = Setting(
        "ALPACA_SECRET_KEY", flag: nil, default: nil, isSecret: true, help: "Alpaca's API secret key")
    package static let alpacaSecretFile = Setting(
        "ALPACA_SECRET_KEY_FILE", flag: nil, default: nil, help: "File that holds ALPACA_SECRET_KEY, instead of it")
    package static let alpacaFeed = Setting(
        "ALPACA_FEED", flag: "--feed", default: nil,
        help:
            "Alpaca's feed: sip, iex, otc, boats or another that the subscription has; unset: sip, which every plan has "
            + "but for the last 15 minutes, and iex with a warning where it has none")
    package static let alpacaPaper = Setting(
        "ALPACA_PAPER", flag: nil, default: "true", help: "Whether the keys are those of a paper account: true or false"
    )
    package static let alpacaDataURL = Setting(
        "ALPACA_DATA_URL", flag: nil, default: "https://data.alpaca.markets",
        help: "Where Alpaca's market data is: https, or http on this machine")
    package static let alpacaTradingURL = Setting(
        "ALPACA_TRADING_URL", flag: nil, default: nil,
        help: "Where Alpaca's calendar is: https, or http on this machine; default by ALPACA_PAPER")
    package static let alpacaRetry = Setting(
        "ALPACA_RETRY_SECONDS", flag: nil, default: "120",
        help: "For how many seconds Alpaca is asked again when it was reached but did not answer well, 0 to 600")
    package static let yahooDataURL = Setting(
        "YAHOO_DATA_URL", flag: nil, default: "https://query2.finance.yahoo.com",
        help: "Where Yahoo's chart service is: https, or http on this machine")
    package static let binanceDataURL = Setting(
        "BINANCE_DATA_URL", flag: nil, default: "https://data-api.binance.vision",
        help: "Where Binance's market data API is: https, or http on this machine")
    package static let binanceDumpURL = Setting(
        "BINANCE_DUMP_URL", flag: nil, default: "https://data.binance.vision",
        help: "Where Binance's files of whole months are: https, or http on this machine")
    package static let deribitDataURL = Setting(
        "DERIBIT_DATA_URL", flag: nil, default: "https://www.deribit.com",
        help: "Where Deribit's API is: https, or http on this machine")
    package static let writerType = Setting(
        "WRITER_TYPE", flag: "--writer", default: "csv",
        help: "Where the journal goes: \(WriterKind.list("or")), or several of them, separated by commas")
    package static let outputDirectory = Setting(
        "OUTPUT_DIR", flag: nil, default: "./output",
        help: "Folder of the csv journal trades.csv; sample-trades.csv where DATA_SOURCE is sample")
    package static let outputLocation = Setting(
        "OUTPUT_LOCATION", flag: "--output", default: nil,
        help:
            "The journal: a file, gs://BUCKET/PREFIX, mongodb://HOST/DATABASE or postgresql://HOST/DATABASE; chooses the "
            + "writer too")
    package static let researchDirectory = Setting(
        "RESEARCH_DIR", flag: "--research-dir", default: "./output/research",
        help: "Where sweeps and walk-forwards are kept, and which sets were ever tried: a folder or gs://BUCKET/PREFIX")
    package static let bucket = Setting("GCS_BUCKET", flag: nil, default: nil, help: "The bucket of the gcs journal")
    package static let bucketPrefix = Setting(
        "GCS_PREFIX", flag: nil, default: "output/trades",
        help: "What the names of the gcs journal's objects start with, before /STRATEGY/SYMBOL/YEAR.csv")
    package static let bucketUserProject = Setting(
        "GCS_USER_PROJECT", flag: nil, default: nil,
        help: "The project that pays for requests to a requester-pays bucket"
    )
    package static let bucketGzip = Setting(
        "GCS_GZIP", flag: nil, default: "false", help: "true: the gcs journal's objects are stored compressed")
    package static let storageEndpoint = Setting(
        "GCS_ENDPOINT", flag: nil, default: "https://storage.googleapis.com",
        help: "Where Cloud Storage is: https, or http on this machine")
    package static let storageEmulator = Setting(
        "STORAGE_EMULATOR_HOST", flag: nil, default: nil,
        help: "An emulator of Cloud Storage, HOST:PORT or http://HOST:PORT; no credentials are sent to it")
    package static let googleCredentials = Setting(
        "GOOGLE_APPLICATION_CREDENTIALS", flag: nil, default: nil,
        help:
            "File of a Google service account's key or another credential; unset: gcloud's, else the metadata server's"
    )
    package static let metadataHost = Setting(
        "GCE_METADATA_HOST", flag: nil, default: nil, help: "Where Google's metadata server is, HOST or HOST:PORT")
    package static let mongoConnection = Setting(
        "MONGODB_CONNECTION", flag: nil, default: nil, isSecret: true,
        help: "URI of the mongodb journal's server, mongodb:// or mongodb+srv://, with its options")
    package static let mongoConnectionFile = Setting(
        "MONGODB_CONNECTION_FILE", flag: nil, default: nil, help: "File that holds MONGODB_CONNECTION, instead of it")
    package static let mongoDatabase = Setting(
        "MONGODB_DATABASE", flag: nil, default: "trading",
        help: "Database of the mongodb journal; unset: the one in the URI, if it names one")
    package static let mongoCollection = Setting(
        "MONGODB_COLLECTION", flag: nil, default: "trades", help: "Collection of the mongodb journal")
    package static let postgresConnection = Setting(
        "POSTGRES_CONNECTION", flag: nil, default: nil, isSecret: true,
        help: "URI of a PostgreSQL database, postgresql://USER@HOST/DATABASE, with its options: of the postgres journal"
    )
    package static let postgresConnectionFile = Setting(
        "POSTGRES_CONNECTION_FILE", flag: nil, default: nil,
        help: "File that holds POSTGRES_CONNECTION, instead of it")
    package static let postgresSchema = Setting(
        "POSTGRES_SCHEMA", flag: nil, default: "public",
        help: "Schema of the postgres journal's table trades; it is made where it is not there")
    package static let postgresBarsQuery = Setting(
        "POSTGRES_BARS_QUERY", flag: nil, default: nil,
        help:
            "The query of the source postgres: one SELECT; $1 is the symbol, $2 and $3 are the first instant and the one "
            + "after the last; columns are found by their names")
    package static let port = Setting("PORT", flag: "--port", default: "8080", help: "The port that 'serve' listens on")
    package static let serveHost = Setting(
        "SERVE_HOST", flag: "--host", default: nil,
        help:
            "The address that 'serve' listens on: 127.0.0.1 for this machine alone, 0.0.0.0 for all of its addresses; "
            + "unset: 127.0.0.1, but 0.0.0.0 where identities are checked (OIDC_AUDIENCE, or Cloud Run)"
    )
    package static let serveNames = Setting(
        "SERVE_NAMES", flag: nil, default: nil,
        help: "Names that 'serve' is asked by, beside this machine's own, separated by commas: playbook.example; they "
            + "count where no identity is checked")
    package static let serveAnySymbol = Setting(
        "SERVE_ANY_SYMBOL", flag: nil, default: "false",
        help: "true: requests to 'serve' may name any symbol; false: those of SYMBOLS alone")
    package static let serveMaxSessions = Setting(
        "SERVE_MAX_SESSIONS", flag: nil, default: "20000",
        help: "Sessions that a request to 'serve' may come to, those of all its symbols together")
    package static let serveMaxMemory = Setting(
        "SERVE_MAX_MEMORY_MB", flag: nil, default: "256",
        help: "Memory in MB that a request to 'serve' may be expected to need")
    package static let serveMaxNewParameters = Setting(
        "SERVE_MAX_NEW_PARAMS", flag: nil, default: "10",
        help: "Parameter sets without a row in the journal that requests to 'serve' may begin on a day")
    package static let inlinePlaybooks = Setting(
        "ALLOW_INLINE_PLAYBOOKS", flag: nil, default: "false",
        help: "true: requests to 'serve' may bring a playbook of their own, as JSON, within limits of size and cost")
    package static let identityAudience = Setting(
        "OIDC_AUDIENCE", flag: nil, default: nil,
        help: "The audience of the Google ID tokens that 'serve' wants to see; unset: it wants none")
    package static let identityTrustsLoopback = Setting(
        "OIDC_TRUST_LOOPBACK", flag: nil, default: "false",
        help: "true: requests from this machine need no ID token, unless a proxy passes them on")
    package static let identityEmails = Setting(
        "OIDC_EMAIL", flag: nil, default: nil,
        help: "The accounts whose ID tokens 'serve' takes, separated by commas; unset: any of that audience")
    package static let identityIssuer = Setting(
        "OIDC_ISSUER", flag: nil, default: "https://accounts.google.com", help: "Who issues the ID tokens")
    package static let identityKeysURL = Setting(
        "OIDC_KEYS_URL", flag: nil, default: "https://www.googleapis.com/oauth2/v3/certs",
        help: "Where the issuer's public keys are: https, or http on this machine")
    package static let logFormat = Setting(
        "LOG_FORMAT", flag: nil, default: nil,
        help: "How log lines look: text, or json as Cloud Logging reads it; unset: json on Cloud Run, else text")
    package static let googleProject = Setting(
        "GOOGLE_CLOUD_PROJECT", flag: nil, default: nil,
        help: "The Google Cloud project that traces in the log belong to")
    package static let taskIndex = Setting(
        "CLOUD_RUN_TASK_INDEX", flag: nil, default: nil,
        help: "Which of several tasks this is, from 0: it takes every so many-th symbol; Cloud Run sets it")
    package static let taskCount = Setting(
        "CLOUD_RUN_TASK_COUNT", flag: nil, default: nil, help: "How many tasks there are; Cloud Run sets it")
    package static let completionIndex = Setting(
        "JOB_COMPLETION_INDEX", flag: nil, default: nil,
        help: "Which of several tasks this is, from 0; Kubernetes sets it for an indexed job")
    package static let completions = Setting(
        "JOB_COMPLETIONS", flag: nil, default: nil,
        help: "How many tasks a Kubernetes job has: its completions, which Kubernetes does not tell")
    package static let notifyURL = Setting(
        "NOTIFY_URL", flag: nil, default: nil, isSecret: true,
        help: "A Slack-compatible webhook that is told of each day's run: https, or http on this machine")
    package static let notifyURLFile = Setting(
        "NOTIFY_URL_FILE", flag: nil, default: nil, help: "File that holds NOTIFY_URL, instead of it")
    package static let notifyOn = Setting(
        "NOTIFY_ON", flag: nil, default: "all", help: "What to notify of: all (each day's run) or failures")
    package static let heartbeatURL = Setting(
        "HEARTBEAT_URL", flag: nil, default: nil, isSecret: true,
        help:
            "A watch that is called after each day's run that went well, with /fail after one that did not: https, or "
            + "http on this machine")
    package static let heartbeatURLFile = Setting(
        "HEARTBEAT_URL_FILE", flag: nil, default: nil, help: "File that holds HEARTBEAT_URL, instead of it")
    package static let mailServer = Setting(
        "SMTP_URL", flag: nil, default: nil,
        help: "The mail server for notifications: smtps://HOST:465 or smtp://HOST:587 (with STARTTLS)")
    package static let mailUser = Setting("SMTP_USER", flag: nil, default: nil, help: "The user at the mail server")
    package static let mailPassword = Setting(
        "SMTP_PASSWORD", flag: nil, default: nil, isSecret: true, help: "The password at the mail server")
    package static let mailPasswordFile = Setting(
        "SMTP_PASSWORD_FILE", flag: nil, default: nil, help: "File that holds SMTP_PASSWORD, instead of it")
    package static let mailFrom = Setting(
        "MAIL_FROM", flag: nil, default: nil, help: "Who notifications by mail are from")
    package static let mailTo = Setting(
        "MAIL_TO", flag: nil, default: nil, help: "Who gets notifications by mail, separated by commas")
    package static let runHistory = Setting(
        "RUN_HISTORY", flag: nil, default: "off",
        help: "on: every run leaves a record beside the journal, which status and the dashboard read")
    package static let expectedRuntime = Setting(
        "EXPECTED_RUNTIME", flag: nil, default: nil,
        help:
            "How many seconds the run of each day should take: one of more than 1.5 times is warned of; unset: the usual"
    )
    package static let dashboard = Setting(
        "DASHBOARD", flag: nil, default: "off",
        help: "on: 'serve' shows a dashboard at / and the API at /docs, and runs leave records as with RUN_HISTORY")
    package static let dashboardRefresh = Setting(
        "DASHBOARD_REFRESH", flag: nil, default: "60",
        help: "After how many seconds the dashboard's first page loads itself anew; 0: never")
    package static let dashboardToken = Setting(
        "DASHBOARD_TOKEN", flag: nil, default: nil, isSecret: true,
        help: "What has to be known to see the dashboard, 12 characters and more")
    package static let dashboardTokenFile = Setting(
        "DASHBOARD_TOKEN_FILE", flag: nil, default: nil, help: "File that holds DASHBOARD_TOKEN, instead of it")
    package static let dashboardUser = Setting(
        "DASHBOARD_USER", flag: nil, default: nil, help: "The user who may see the dashboard, instead of a token")
    package static let dashboardPassword = Setting(
        "DASHBOARD_PASSWORD", flag: nil, default: nil, isSecret: true, help: "The password of DASHBOARD_USER")
    package static let dashboardPasswordFile = Setting(
        "DASHBOARD_PASSWORD_FILE", flag: nil, default: nil, help: "File that holds DASHBOARD_PASSWORD, instead of it")
    package static let now = Setting(
        "PLAYBOOK_NOW", flag: nil, default: nil,
        help: "Pretend it is this instant, 2025-11-04T21:30:00Z: for tests and for replaying a day")
}
