public import PlaybookUseCases

extension WalkForwardJob.Result {
    /// The result in `format`, with a line end.
    public func bytes(_ format: ReportFormat) -> [UInt8] { format == .json ? json : table }
}
