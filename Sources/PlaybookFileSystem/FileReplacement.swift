import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A new text for a file: written beside it under a name of its own, synced, and renamed over it, so that a reader, and
/// whoever comes after a crash or a power failure, finds the old file or the new one, whole.
///
/// `commit` replaces only the file that was there in the beginning. It needs no lock for that: of all who want to
/// replace one state of the file, on whatever machines, one can make the claim to it (`ReplacementClaim`). A lock spares
/// others work that they would have to repeat. What killed processes leave behind goes with the next replacement.
public struct FileReplacement: ~Copyable {
    /// What came of a `commit`.
    public enum Outcome: Hashable, Sendable {
        /// The new file is in its place.
        case done
        /// The file is not the one any more that was there in the beginning: begin again.
        case changed
        /// Somebody else is about to replace it: begin again, a little later.
        case claimed
    }

    /// Takes the new text.
    public let writer: FileWriter
    /// Tells the file that was there in the beginning from others; nil when there was none.
    public let identity: String?

    private let path: String
    private let temporary: String
    private let isDurable: Bool
    /// The file of the beginning. As long as it is open no other one can have its identity.
    private let old: HeldFile?

    private static let count = Atomic<Int>(0)

    /// Begins to replace the file at `path`, which need not exist; its folder must.
    ///
    /// - Parameter isDurable: false leaves out the syncs, for what can be had again.
    public init(of path: String, isDurable: Bool = true) throws(FileError) {
        self.path = path
        self.isDurable = isDurable
        Self.clear(path)
        var status = stat()
        let isThere = stat(path, &status) == 0
        old = HeldFile(path)
        identity = old?.identity ?? FileReader.identity(at: path)
        let number = Self.count.add(1, ordering: .relaxed).newValue
        temporary = "\(Self.start(path))\(ProcessMark.own.text)-\(number).tmp"
        writer = try FileWriter(new: temporary, for: path, like: isThere ? status : nil, isDurable: isDurable)
    }

    deinit {
        writer.stop()
        unlink(temporary)
    }

    /// Gives the new file the place of the one that was there in the beginning, if that one is still there.
    ///
    /// - Parameter begin: called when nothing but the file system can be in the way any more.
    public borrowing func commit(_ begin: () -> Void = {}) throws(FileError) -> Outcome {
        guard isUnchanged else { return .changed }
        try writer.finish()
        guard let claim = try ReplacementClaim(of: path, identity, beside: temporary) else { return .claimed }
        defer { claim.release() }
        guard isUnchanged else { return .changed }
        begin()
        return try takePlace() ? .done : .changed
    }

    /// Gives the new file its place, whatever is there by now.
    borrowing func force() throws(FileError) {
        try writer.finish()
        guard try takePlace() else { throw FileError("replace", path, number: ENOENT) }
    }

    private var isUnchanged: Bool { FileReader.identity(at: path) == identity }

    /// False when somebody has taken the new file for the remains of a killed process.
    private borrowing func takePlace() throws(FileError) -> Bool {
        guard rename(temporary, path) == 0 else {
            if errno == ENOENT { return false }
            throw FileError("replace", path)
        }
        if isDurable { try FileSystem.sync(FileSystem.directory(of: path)) }
        return true
    }

    /// How the names of files begin that are made for `path`.
    static func start(_ path: String) -> String { "\(FileSystem.directory(of: path))/.\(FileSystem.name(of: path))." }

    /// Removes what killed processes of this machine have left, and an earlier version of this program, which had one
    /// name for all processes.
    private static func clear(_ path: String) {
        unlink("\(start(path))tmp")
        let folder = FileSystem.directory(of: path)
        let prefix = FileSystem.name(of: start(path))
        for name in (try? FileSystem.names(in: folder)) ?? [] where name.hasPrefix(prefix) {
            if name.hasSuffix(".tmp") {
                let mark = name.dropFirst(prefix.count).dropLast(4)
                guard let end = mark.lastIndex(of: "-"), let mark = ProcessMark(mark[..<end]) else { continue }
                if mark.isGone || isAbandoned("\(folder)/\(name)") { unlink("\(folder)/\(name)") }
            } else if name.hasSuffix(".claim") {
                let parts = name.dropFirst(prefix.count).split(separator: ".")
                // Claims to what the file is now count how often one was given up, and stay.
                guard parts.count == 3, parts[0] != FileReader.identity(at: path) ?? ReplacementClaim.noIdentity else {
                    continue
                }
                if ReplacementClaim.isGone("\(folder)/\(name)") || isAbandoned("\(folder)/\(name)") {
                    unlink("\(folder)/\(name)")
                }
            }
        }
    }

    /// Whether a file was last written to a day ago.
    private static func isAbandoned(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && time(nil) - seconds(status) > 86_400
    }

    /// When a file was last written to, in seconds since 1970.
    static func seconds(_ status: stat) -> Int {
        #if canImport(Darwin)
        status.st_mtimespec.tv_sec
        #else
        status.st_mtim.tv_sec
        #endif
    }
}

/// A file that is kept open.
private final class HeldFile: Sendable {
    private let reader: FileReader

    init?(_ path: String) {
        guard let reader = try? FileReader(path) else { return nil }
        self.reader = reader
    }

    var identity: String { reader.identity }
}
