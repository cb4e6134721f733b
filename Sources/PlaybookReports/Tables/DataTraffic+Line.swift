import PlaybookCore
package import PlaybookUseCases

extension DataTraffic {
    /// One line for people; nil when there was neither.
    package var line: String? {
        guard self != DataTraffic() else { return nil }
        let retried = retries > 0 ? " (\(retries) repeated)" : ""
        return "cache: \(sessionsFromCache) sessions hit, \(sessionsFetched) fetched, \(bytes(cacheBytesRead)) read, "
            + "\(bytes(cacheBytesWritten)) written; network: \(requests) requests\(retried), \(bytes(bytesReceived))"
    }
}

/// A number of bytes for people.
package func bytes(_ count: Int) -> String {
    switch count {
    case ..<10_000: "\(count) B"
    case ..<10_000_000: fixed(Double(count) / 1e3, 1) + " kB"
    default: fixed(Double(count) / 1e6, 1) + " MB"
    }
}
