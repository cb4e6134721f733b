// swift-tools-version: 6.2

import PackageDescription

/// Every target holds itself to the same rules; where changes are checked, warnings are errors.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Where the program's time goes when tests run it: optimised in every build, whatever optimisation the build asks for, still
/// testable and checked. Packages that depend on this one may not get flags like that.
let hot =
    strict
    + (Context.packageDirectory.contains("/checkouts/")
        ? [] : [.unsafeFlags(["-Xfrontend", "-O"])])

let package = Package(
    name: "trading-playbook",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "trading-playbook", targets: ["trading-playbook"]),
        .library(name: "PlaybookCore", targets: ["PlaybookCore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            // The default trait (JSON files) pulls in all of Foundation: 45 MB and several milliseconds at start.
            traits: []),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
            // Its other trait pulls in all of Foundation.
            traits: ["ConfigurationSupport"]),
        // What Hummingbird is made of, for the handlers on its connections.
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        // The domain: bars, calendar, indicators, strategies, engine, journal, statistics and the ports. No I/O.
        .target(name: "PlaybookCore", dependencies: ["CPrefetch"], swiftSettings: hot),
        // Asks for memory before it is read: what every C compiler has and Swift does not say.
        .systemLibrary(name: "CPrefetch"),
        // YAML and JSON as texts, lists and mappings with their places.
        .target(
            name: "PlaybookReading", dependencies: ["CYaml"], swiftSettings: hot,
            linkerSettings: [.linkedLibrary(":libyaml.a", .when(platforms: [.linux]))]),
        // Playbook files: expressions, their kinds, and the plans that they become. No file access.
        .target(name: "PlaybookScript", dependencies: ["PlaybookCore", "PlaybookReading"], swiftSettings: hot),
        // POSIX files: whole-file and chunked reading, atomic replacement, locks.
        .target(name: "PlaybookFileSystem", swiftSettings: strict),
        // Debian's C libraries. Those for compression and for YAML are linked in whole: nothing to load at start.
        .systemLibrary(name: "CZstd"),
        .systemLibrary(name: "CSnappy"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CDeflate"),
        .systemLibrary(name: "CYaml"),
        .target(name: "CLoader", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CCurl", dependencies: ["CLoader"]),
        .target(name: "COpenSSL", dependencies: ["CLoader"]),
        // SHA-256, and the signatures of JSON Web Tokens, by libcrypto.
        .target(name: "PlaybookCrypto", dependencies: ["COpenSSL"], swiftSettings: strict),
        // gzip over zlib; checksums and whole streams over libdeflate, which takes a fraction of the time.
        .target(
            name: "PlaybookGzip", dependencies: ["CZlib", "CDeflate"], swiftSettings: hot,
            linkerSettings: [
                .linkedLibrary(":libz.a", .when(platforms: [.linux])),
                .linkedLibrary(":libdeflate.a", .when(platforms: [.linux])),
            ]),
        .target(
            name: "CMongoc", dependencies: ["CLoader"], exclude: ["headers"],
            cSettings: [.headerSearchPath("headers")]),
        .target(name: "CPostgres", dependencies: ["CLoader"]),
        // PostgreSQL over libpq: connections, transactions, COPY.
        .target(name: "PlaybookPostgres", dependencies: ["CPostgres", "PlaybookCore"], swiftSettings: strict),
        // Parquet bytes to and from columns of bars. No file access.
        .target(
            name: "PlaybookParquet", dependencies: ["PlaybookCore", "PlaybookGzip", "CZstd", "CSnappy"],
            swiftSettings: hot,
            linkerSettings: [
                .linkedLibrary(":libzstd.a", .when(platforms: [.linux])),
                .linkedLibrary(":libsnappy.a", .when(platforms: [.linux])),
                .linkedLibrary("stdc++", .when(platforms: [.linux])),
            ]),
        // HTTP over libcurl: transport, retries, rate limits.
        .target(name: "PlaybookHTTP", dependencies: ["CCurl"], swiftSettings: strict),
        // Google: credentials, tokens and Cloud Storage.
        .target(
            name: "PlaybookGoogle",
            dependencies: ["PlaybookCore", "PlaybookCrypto", "PlaybookFileSystem", "PlaybookGzip", "PlaybookHTTP"],
            swiftSettings: strict),
        // `MarketDataSource` adapters.
        .target(
            name: "PlaybookMarketData",
            dependencies: [
                "PlaybookCore", "PlaybookCrypto", "PlaybookFileSystem", "PlaybookGzip", "PlaybookHTTP",
                "PlaybookParquet", "PlaybookPostgres",
            ],
            exclude: ["Zones/make_zone_table.py"], swiftSettings: hot),
        // `TradeWriter` adapters.
        .target(
            name: "PlaybookWriters",
            dependencies: ["CMongoc", "PlaybookCore", "PlaybookFileSystem", "PlaybookPostgres"], swiftSettings: strict),
        // `AlertSink` adapters.
        .target(name: "PlaybookAlerts", dependencies: ["PlaybookCore", "PlaybookHTTP"], swiftSettings: strict),
        // Pages and pictures of results: HTML and SVG. No I/O.
        .target(
            name: "PlaybookReports", dependencies: ["PlaybookCore", "PlaybookResearch"], swiftSettings: strict),
        // Figures, grids, sweeps, walk-forward, Monte-Carlo, luck, the account and the verdict. No I/O.
        .target(name: "PlaybookResearch", dependencies: ["PlaybookCore"], swiftSettings: hot),
        // Configuration, the use cases, and what they print.
        .target(
            name: "PlaybookService",
            dependencies: [
                "PlaybookAlerts", "PlaybookCore", "PlaybookFileSystem", "PlaybookGoogle", "PlaybookHTTP",
                "PlaybookMarketData", "PlaybookParquet", "PlaybookPostgres", "PlaybookReading", "PlaybookReports",
                "PlaybookResearch", "PlaybookScript",
                "PlaybookWriters",
                .product(name: "Configuration", package: "swift-configuration"),
            ], swiftSettings: strict),
        // `serve`: the use cases over HTTP.
        .target(
            name: "PlaybookServer",
            dependencies: [
                "PlaybookCore", "PlaybookCrypto", "PlaybookGoogle", "PlaybookHTTP", "PlaybookReading",
                "PlaybookResearch", "PlaybookScript", "PlaybookService",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        // The command line: thin.
        .executableTarget(
            name: "trading-playbook",
            dependencies: [
                "PlaybookCore", "PlaybookFileSystem", "PlaybookResearch", "PlaybookScript", "PlaybookServer",
                "PlaybookService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        // `make bench` measures the engine alone with this; it is not part of the product.
        .executableTarget(
            name: "engine-benchmark",
            dependencies: [
                "PlaybookCore", "PlaybookMarketData", "PlaybookResearch", "PlaybookScript", "PlaybookYardsticks",
            ],
            path: "Benchmarks/swift", swiftSettings: strict),

        // What several suites of tests share.
        .target(
            name: "PlaybookTestSupport", dependencies: ["PlaybookCore", "PlaybookHTTP"],
            path: "Tests/PlaybookTestSupport", swiftSettings: strict),
        // The built-in playbooks in Swift, which their files are measured by: in tests and in `make bench`.
        .target(
            name: "PlaybookYardsticks", dependencies: ["PlaybookCore"], path: "Tests/PlaybookYardsticks",
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookCoreTests",
            dependencies: ["PlaybookCore", "PlaybookScript", "PlaybookTestSupport", "PlaybookYardsticks"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookReadingTests", dependencies: ["PlaybookReading", "PlaybookTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookScriptTests",
            dependencies: [
                "PlaybookCore", "PlaybookMarketData", "PlaybookReading", "PlaybookScript", "PlaybookTestSupport",
                "PlaybookYardsticks",
            ],
            swiftSettings: strict),
        // A strategy as somebody else would write it: what is public has to do.
        .testTarget(name: "WritingStrategiesTests", dependencies: ["PlaybookCore"], swiftSettings: strict),
        .testTarget(
            name: "PlaybookParquetTests", dependencies: ["PlaybookCore", "PlaybookParquet"], swiftSettings: strict),
        .testTarget(
            name: "PlaybookHTTPTests", dependencies: ["PlaybookHTTP", "PlaybookTestSupport"], swiftSettings: strict),
        .testTarget(name: "PlaybookCryptoTests", dependencies: ["PlaybookCrypto"], swiftSettings: strict),
        .testTarget(name: "PlaybookGzipTests", dependencies: ["PlaybookGzip"], swiftSettings: strict),
        .testTarget(
            name: "PlaybookMarketDataTests",
            dependencies: [
                "PlaybookCore", "PlaybookCrypto", "PlaybookGzip", "PlaybookHTTP", "PlaybookMarketData",
                "PlaybookParquet", "PlaybookTestSupport", "PlaybookYardsticks",
            ], swiftSettings: strict),
        .testTarget(
            name: "PlaybookGoogleTests",
            dependencies: [
                "PlaybookCore", "PlaybookCrypto", "PlaybookGoogle", "PlaybookGzip", "PlaybookHTTP",
                "PlaybookTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookWritersTests",
            dependencies: [
                "PlaybookCore", "PlaybookFileSystem", "PlaybookGoogle", "PlaybookHTTP", "PlaybookPostgres",
                "PlaybookTestSupport", "PlaybookWriters",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookAlertsTests",
            dependencies: ["PlaybookAlerts", "PlaybookCore", "PlaybookHTTP", "PlaybookTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookReportsTests", dependencies: ["PlaybookCore", "PlaybookReports", "PlaybookResearch"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookResearchTests",
            dependencies: ["PlaybookCore", "PlaybookMarketData", "PlaybookResearch", "PlaybookScript"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookServiceTests",
            dependencies: [
                "PlaybookAlerts", "PlaybookCore", "PlaybookHTTP", "PlaybookMarketData", "PlaybookReading",
                "PlaybookScript", "PlaybookService", "PlaybookTestSupport", "PlaybookWriters",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookServerTests",
            dependencies: [
                "PlaybookCore", "PlaybookCrypto", "PlaybookReading", "PlaybookScript", "PlaybookServer",
                "PlaybookService",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: ["trading-playbook", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            exclude: ["Snapshots"], swiftSettings: strict),
    ]
)
