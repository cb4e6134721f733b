public import PlaybookCore

extension PlaybookError.Code {
    /// The exit code of a process that ends with such an error, as BSD's sysexits.h numbers them; documents and logs tell
    /// it too.
    public var exitCode: Int32 {
        switch self {
        case .usage: 64
        case .badData: 65
        case .sourceUnavailable: 69
        case .cannotWrite: 73
        case .cannotTell: 74
        case .tryAgain: 75
        case .configuration: 78
        }
    }
}
