/// What can be set, by what it is for. Edges know what it is called with them.
public enum Topic: String, CaseIterable, Sendable {
    // What is run.
    case symbols
    case market
    case start
    case end
    case parameters

    // Where bars come from, and how files of them are read.
    case source
    case folderOfFiles
    case timezoneOfFiles
    case stampsOfBars
    case dateOrder
    case columnsOfFiles
    case priceScale
    case adjustedDailyBars
    case strictData
    case barsQuery
    case cacheFolder

    // Services of bars.
    case alpacaKey
    case alpacaSecret
    case alpacaPaper
    case feed
    case alpacaDataAddress
    case alpacaTradingAddress
    case yahooAddress
    case binanceAddress
    case binanceDumpAddress
    case deribitAddress

    // Where journals are.
    case journals
    case journalPlace
    case bucket
    case bucketPayer
    case mongoConnection
    case postgresConnection
    case postgresPassword
    case postgresPasswordFile

    // Google's services, and who may ask this one.
    case googleCredentials
    case metadataHost
    case storageEmulator
    case tokenAudience
    case tokenIssuer
    case tokenKeysAddress

    // Who is told of runs.
    case webhook
    case heartbeat
    case mailServer
    case mailUser
    case mailPassword
    case mailSender
    case mailRecipients

    // What else the way to a server depends on.
    case hostsWithoutProxy
    case authorities
    case systemAuthorities
    case temporaryFolder

    // Research.
    case grid
    case conditions
    case sample
    case trainLength
    case testLength

    /// What it is, in plain words.
    public var words: String {
        switch self {
        case .symbols: "the symbols"
        case .market: "the market of symbols that name none"
        case .start: "the first date"
        case .end: "the last date"
        case .parameters: "the parameters"
        case .source: "the source of bars"
        case .folderOfFiles: "the folder of files"
        case .timezoneOfFiles: "the time zone of files"
        case .stampsOfBars: "which end of a bar stamps tell"
        case .dateOrder: "the order of dates in files"
        case .columnsOfFiles: "the columns of files"
        case .priceScale: "what one unit of a price in files is worth"
        case .adjustedDailyBars: "whether daily bars in files are adjusted for splits"
        case .strictData: "whether doubtful data is refused"
        case .barsQuery: "the query of bars"
        case .cacheFolder: "the place of the cache"
        case .alpacaKey: "Alpaca's API key id"
        case .alpacaSecret: "Alpaca's secret key"
        case .alpacaPaper: "whether the keys are those of a paper account"
        case .feed: "Alpaca's feed"
        case .alpacaDataAddress: "the address of Alpaca's market data"
        case .alpacaTradingAddress: "the address of Alpaca's calendar"
        case .yahooAddress: "the address of Yahoo's data"
        case .binanceAddress: "the address of Binance's data"
        case .binanceDumpAddress: "the address of Binance's files"
        case .deribitAddress: "the address of Deribit's data"
        case .journals: "the kinds of journal"
        case .journalPlace: "the journal's place"
        case .bucket: "the journal's bucket"
        case .bucketPayer: "the project that pays for the bucket's requests"
        case .mongoConnection: "the URI of MongoDB"
        case .postgresConnection: "the URI of PostgreSQL"
        case .postgresPassword: "PostgreSQL's password"
        case .postgresPasswordFile: "PostgreSQL's file of passwords"
        case .googleCredentials: "the file of Google credentials"
        case .metadataHost: "the metadata server's host"
        case .storageEmulator: "the emulator of Cloud Storage"
        case .tokenAudience: "the audience of ID tokens"
        case .tokenIssuer: "the issuer of ID tokens"
        case .tokenKeysAddress: "the address of the issuer's keys"
        case .webhook: "the webhook's address"
        case .heartbeat: "the watch's address"
        case .mailServer: "the mail server's address"
        case .mailUser: "the user of the mail server"
        case .mailPassword: "the password for the mail server"
        case .mailSender: "the sender of mail"
        case .mailRecipients: "those whom mail goes to"
        case .hostsWithoutProxy: "the hosts that are reached without the proxy"
        case .authorities: "the file of certificate authorities"
        case .systemAuthorities: "the system's file of certificate authorities"
        case .temporaryFolder: "the folder of temporary files"
        case .grid: "the grid"
        case .conditions: "the conditions of the grid"
        case .sample: "the size of the sample"
        case .trainLength: "the length of training"
        case .testLength: "the length of tests"
        }
    }
}
