#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The right to replace one state of a file: a name beside it that can be made once, on whatever machine.
///
/// It is a symbolic link, which is made together with its text, the mark of its process; or, where there are none, a
/// file of that text. It is held for the moment between a last look at the file and its replacement. One whose process
/// has died, or that is older than a minute, counts no more: the next one is made beside it.
struct ReplacementClaim {
    /// How long a claim counts whose process cannot be asked, in seconds.
    static let lifetime = 60

    /// What stands for the identity where there is no file.
    static let noIdentity = "new"

    private let names: [String]

    /// Creates the claim to the file at `path` as long as it is `identity`; nil when somebody else has it.
    ///
    /// - Parameter clock: a file that was just written: the file system's own clock tells the age of claims.
    init?(of path: String, _ identity: String?, beside clock: String) throws(FileError) {
        var names: [String] = []
        while names.count < 1_000 {
            let name = "\(FileReplacement.start(path))\(identity ?? Self.noIdentity).\(names.count).claim"
            names.append(name)
            if symlink(ProcessMark.own.text, name) == 0 || errno != EEXIST && Self.makeFile(name) {
                self.names = names
                return
            }
            guard errno == EEXIST else { throw FileError("make a file beside", path) }
            guard Self.isOver(name, clock) else { return nil }
        }
        return nil
    }

    /// The claim where the file system has no symbolic links.
    private static func makeFile(_ name: String) -> Bool {
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { return false }
        let text = Array(ProcessMark.own.text.utf8)
        _ = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        _ = close(descriptor)
        return true
    }

    /// The file has been replaced, or somebody else has done it before: nobody needs the claims any more.
    func release() {
        for name in names { unlink(name) }
    }

    /// Whether it is known that the process with the claim `name` has ended.
    static func isGone(_ name: String) -> Bool {
        let text =
            FileSystem.linkTarget(name)
            ?? (try? FileReader.contents(of: name)).map { String(decoding: $0, as: UTF8.self) }
        return text.flatMap { ProcessMark(Substring($0)) }?.isGone == true
    }

    private static func isOver(_ name: String, _ clock: String) -> Bool {
        if isGone(name) { return true }
        var claim = stat()
        var now = stat()
        guard lstat(name, &claim) == 0, stat(clock, &now) == 0 else { return false }
        return FileReplacement.seconds(now) - FileReplacement.seconds(claim) > lifetime
    }
}
