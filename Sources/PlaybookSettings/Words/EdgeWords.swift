public import PlaybookCore

/// The words of the edges where people read errors: what each calls settings, and how it does what is to be done.
public struct EdgeWords: Vocabulary {
    fileprivate enum Edge {
        case commandLine, problem, log
    }

    fileprivate let edge: Edge

    public func name(of topic: Topic, _ value: String?) -> String {
        let names = topic.names
        // What a request may say otherwise is the service's setting all the same.
        let other = edge == .problem ? names.member(value) : names.option(value)
        return names.assignment(value) ?? other ?? PlainWords().name(of: topic, value)
    }

    public func setting(_ topic: Topic, to value: String?) -> String {
        let names = topic.names
        switch edge {
        case .commandLine:
            guard let option = names.option(value) else { return name(of: topic, value) }
            return names.assignment(value).map { "\(option) (\($0))" } ?? option
        case .problem: return names.member(value) ?? name(of: topic, value)
        case .log: return name(of: topic, value)
        }
    }

    public func command(for action: Action) -> String {
        switch action {
        case .checkData: "'trading-playbook data check'"
        case .fetchBars(let symbol, let date): "'trading-playbook fetch --symbol \(symbol) --start \(date)'"
        case .verifyJournal: "'trading-playbook journal verify'"
        case .catchUp: edge == .problem ? "'POST /backtest' with 'catch_up'" : "'trading-playbook backtest --catch-up'"
        case .listPlaybooks: edge == .problem ? "'GET /openapi.json'" : "'trading-playbook strategies'"
        case .checkPlaybook: "'trading-playbook playbook check'"
        case .showCalendar: "'trading-playbook calendar'"
        }
    }
}

extension Vocabulary where Self == EdgeWords {
    /// The command line's: a flag, and the variable that does the same.
    public static var commandLine: EdgeWords { EdgeWords(edge: .commandLine) }
    /// Those of the service's answers: a request's field, else the service's setting.
    public static var problem: EdgeWords { EdgeWords(edge: .problem) }
    /// Those of logs, and of whatever else is read away from the command that ran: settings, by their variables.
    public static var log: EdgeWords { EdgeWords(edge: .log) }
}

/// What a topic is called.
private struct TopicNames {
    /// The environment variable.
    var variable: String?
    /// The flag of the command line.
    var flag: String?
    /// The field of a request to the service.
    var field: String?

    /// Another program's variable.
    init(variable: String) { self.variable = variable }

    /// What is not a setting: a flag, and perhaps a request's field.
    init(flag: String, field: String? = nil) { (self.flag, self.field) = (flag, field) }

    /// A setting, and perhaps a request's field.
    init(_ setting: Setting, field: String? = nil) {
        (variable, flag, self.field) = (setting.name, setting.flag, field)
    }

    /// `DATA_STAMPS=close`.
    func assignment(_ value: String?) -> String? { variable.map { name in value.map { "\(name)=\($0)" } ?? name } }

    /// `--data-stamps close`.
    func option(_ value: String?) -> String? { flag.map { name in value.map { "\(name) \($0)" } ?? name } }

    /// `'grid' stop-atr`.
    func member(_ value: String?) -> String? { field.map { name in value.map { "'\(name)' \($0)" } ?? "'\(name)'" } }
}

extension Topic {
    fileprivate var names: TopicNames {
        switch self {
        case .symbols: TopicNames(.symbols, field: "symbols")
        case .market: TopicNames(.market)
        case .start: TopicNames(flag: "--start", field: "start")
        case .end: TopicNames(flag: "--end", field: "end")
        case .parameters: TopicNames(flag: "--param", field: "params")
        case .source: TopicNames(.dataSource)
        case .folderOfFiles: TopicNames(.dataDirectory)
        case .timezoneOfFiles: TopicNames(.dataTimezone)
        case .stampsOfBars: TopicNames(.dataStamps)
        case .dateOrder: TopicNames(.dataDateOrder)
        case .columnsOfFiles: TopicNames(.dataColumns)
        case .priceScale: TopicNames(.dataPriceScale)
        case .adjustedDailyBars: TopicNames(.dataDailyAdjusted)
        case .strictData: TopicNames(.strict)
        case .barsQuery: TopicNames(.postgresBarsQuery)
        case .cacheFolder: TopicNames(.cacheDirectory)
        case .alpacaKey: TopicNames(.alpacaKey)
        case .alpacaSecret: TopicNames(.alpacaSecret)
        case .alpacaPaper: TopicNames(.alpacaPaper)
        case .feed: TopicNames(.alpacaFeed)
        case .alpacaDataAddress: TopicNames(.alpacaDataURL)
        case .alpacaTradingAddress: TopicNames(.alpacaTradingURL)
        case .yahooAddress: TopicNames(.yahooDataURL)
        case .binanceAddress: TopicNames(.binanceDataURL)
        case .binanceDumpAddress: TopicNames(.binanceDumpURL)
        case .deribitAddress: TopicNames(.deribitDataURL)
        case .journals: TopicNames(.writerType)
        case .journalPlace: TopicNames(.outputLocation)
        case .bucket: TopicNames(.bucket)
        case .bucketPayer: TopicNames(.bucketUserProject)
        case .mongoConnection: TopicNames(.mongoConnection)
        case .postgresConnection: TopicNames(.postgresConnection)
        case .postgresPassword: TopicNames(variable: "PGPASSWORD")
        case .postgresPasswordFile: TopicNames(variable: "PGPASSFILE")
        case .googleCredentials: TopicNames(.googleCredentials)
        case .metadataHost: TopicNames(.metadataHost)
        case .storageEmulator: TopicNames(.storageEmulator)
        case .tokenAudience: TopicNames(.identityAudience)
        case .tokenIssuer: TopicNames(.identityIssuer)
        case .tokenKeysAddress: TopicNames(.identityKeysURL)
        case .webhook: TopicNames(.notifyURL)
        case .heartbeat: TopicNames(.heartbeatURL)
        case .mailServer: TopicNames(.mailServer)
        case .mailUser: TopicNames(.mailUser)
        case .mailPassword: TopicNames(.mailPassword)
        case .mailSender: TopicNames(.mailFrom)
        case .mailRecipients: TopicNames(.mailTo)
        case .hostsWithoutProxy: TopicNames(variable: "NO_PROXY")
        case .authorities: TopicNames(variable: "CURL_CA_BUNDLE")
        case .systemAuthorities: TopicNames(variable: "SSL_CERT_FILE")
        case .temporaryFolder: TopicNames(variable: "TMPDIR")
        case .grid: TopicNames(flag: "--grid", field: "grid")
        case .conditions: TopicNames(flag: "--where", field: "where")
        case .sample: TopicNames(flag: "--sample")
        case .trainLength: TopicNames(flag: "--train")
        case .testLength: TopicNames(flag: "--test")
        }
    }
}
