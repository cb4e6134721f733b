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
        // The domain: bars, calendar, strategies, engine, journal, statistics and the ports. No I/O; imports nothing.
        .target(name: "PlaybookCore", dependencies: ["CPrefetch"], swiftSettings: hot),
        // What every C compiler has and Swift does not say: asks for memory before it is read; loops for processors that
        // have AVX2.
        .systemLibrary(name: "CPrefetch"),
        // YAML and JSON as texts, lists and mappings with their places; imports libyaml alone.
        .target(
            name: "PlaybookReading", dependencies: ["CYaml"], swiftSettings: hot,
            linkerSettings: [.linkedLibrary(":libyaml.a", .when(platforms: [.linux]))]),
        // Playbook files: expressions, their kinds, and the plans that they become. No files; imports the domain.
        .target(name: "PlaybookScript", dependencies: ["PlaybookCore", "PlaybookReading"], swiftSettings: hot),
        // POSIX files: whole-file and chunked reading, atomic replacement, locks; imports nothing.
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
        // The pieces of URLs, names of hosts, and what counts as this machine; imports nothing.
        .target(name: "PlaybookAddresses", swiftSettings: strict),
        // HTTP over libcurl: transport, retries, rate limits; may import the domain and addresses.
        .target(
            name: "PlaybookHTTP", dependencies: ["CCurl", "PlaybookAddresses", "PlaybookCore"],
            swiftSettings: strict),
        // Google: credentials, tokens and Cloud Storage; may import the domain, files and HTTP.
        .target(
            name: "PlaybookGoogle",
            dependencies: [
                "PlaybookAddresses", "PlaybookCore", "PlaybookCrypto", "PlaybookFileSystem", "PlaybookGzip",
                "PlaybookHTTP",
            ],
            swiftSettings: strict),
        // `MarketDataSource` adapters; may import the domain and the adapters beneath.
        .target(
            name: "PlaybookMarketData",
            dependencies: [
                "PlaybookAddresses", "PlaybookCore", "PlaybookCrypto", "PlaybookFileSystem", "PlaybookGzip",
                "PlaybookHTTP", "PlaybookParquet", "PlaybookPostgres",
            ],
            exclude: ["Zones/make_zone_table.py"], swiftSettings: hot),
        // `TradeWriter` adapters; may import the domain, files and PostgreSQL.
        .target(
            name: "PlaybookWriters",
            dependencies: ["CMongoc", "PlaybookCore", "PlaybookFileSystem", "PlaybookPostgres"], swiftSettings: strict),
        // `AlertSink` adapters; may import the domain and HTTP.
        .target(
            name: "PlaybookAlerts", dependencies: ["PlaybookAddresses", "PlaybookCore", "PlaybookHTTP"],
            swiftSettings: strict),
        // Grids, sweeps, walk-forward, Monte-Carlo, luck, the account, the verdict. No I/O; imports the domain.
        .target(name: "PlaybookResearch", dependencies: ["PlaybookCore"], swiftSettings: hot),
        // Flags, environment and `.env` to typed values, each with where it came from; makes and imports no adapter.
        .target(
            name: "PlaybookSettings",
            dependencies: [
                "PlaybookAddresses", "PlaybookCore", "PlaybookFileSystem", "PlaybookReading",
                .product(name: "Configuration", package: "swift-configuration"),
            ], swiftSettings: strict),
        // A folder each use case, over ports and typed values: imports the domain alone; nothing is printed.
        .target(
            name: "PlaybookUseCases", dependencies: ["PlaybookCore", "PlaybookResearch", "PlaybookScript"],
            swiftSettings: strict),
        // Every view of a result: tables, documents (JSON), pages, charts. No I/O; may import the use cases.
        .target(
            name: "PlaybookReports",
            dependencies: ["PlaybookCore", "PlaybookResearch", "PlaybookScript", "PlaybookUseCases"],
            swiftSettings: strict),
        // The one place that turns settings into adapters and use cases; may import all of them.
        .target(
            name: "PlaybookAssembly",
            dependencies: [
                "PlaybookAddresses", "PlaybookAlerts", "PlaybookCore", "PlaybookFileSystem", "PlaybookGoogle",
                "PlaybookHTTP", "PlaybookMarketData", "PlaybookParquet", "PlaybookPostgres", "PlaybookReports",
                "PlaybookResearch", "PlaybookScript", "PlaybookSettings", "PlaybookUseCases", "PlaybookWriters",
            ], swiftSettings: strict),
        // `serve`: the use cases over HTTP; imports the assembly, not the adapters that it wires.
        .target(
            name: "PlaybookServer",
            dependencies: [
                "PlaybookAddresses", "PlaybookAssembly", "PlaybookCore", "PlaybookCrypto", "PlaybookReading",
                "PlaybookReports", "PlaybookResearch", "PlaybookScript", "PlaybookSettings", "PlaybookUseCases",
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
        // The command line: thin; imports the assembly, the use cases and their views.
        .executableTarget(
            name: "trading-playbook",
            dependencies: [
                "PlaybookAssembly", "PlaybookCore", "PlaybookFileSystem", "PlaybookReports", "PlaybookResearch",
                "PlaybookScript", "PlaybookServer", "PlaybookSettings", "PlaybookUseCases",
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
            name: "PlaybookHTTPTests",
            dependencies: ["PlaybookAddresses", "PlaybookCore", "PlaybookHTTP", "PlaybookTestSupport"],
            swiftSettings: strict),
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
            name: "PlaybookSettingsTests", dependencies: ["PlaybookCore", "PlaybookSettings"], swiftSettings: strict),
        .testTarget(
            name: "PlaybookUseCasesTests", dependencies: ["PlaybookCore", "PlaybookTestSupport", "PlaybookUseCases"],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookAssemblyTests",
            dependencies: [
                "PlaybookAssembly", "PlaybookCore", "PlaybookHTTP", "PlaybookReports", "PlaybookSettings",
                "PlaybookTestSupport", "PlaybookUseCases", "PlaybookWriters",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlaybookServerTests",
            dependencies: [
                "PlaybookAssembly", "PlaybookCore", "PlaybookCrypto", "PlaybookReading", "PlaybookReports",
                "PlaybookScript", "PlaybookServer", "PlaybookSettings", "PlaybookUseCases",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: ["trading-playbook", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            exclude: ["Snapshots"], swiftSettings: strict),
    ]
)
