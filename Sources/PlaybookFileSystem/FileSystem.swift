#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Questions and changes to the file system.
public enum FileSystem {
    /// Whether something stands at `path`.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether `path` is a folder.
    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted.
    public static func names(in path: String) throws(FileError) -> [String] {
        guard let directory = opendir(path) else { throw FileError("list", path) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a folder and those above it that are missing.
    public static func createDirectory(_ path: String) throws(FileError) {
        if isDirectory(path) { return }
        let parent = directory(of: path)
        if parent != path {
            guard isDirectory(parent) || !exists(parent) else {
                throw FileError("create folder", path, number: ENOTDIR)
            }
            try createDirectory(parent)
        }
        guard mkdir(path, 0o777) != 0 else { return }
        let number = errno
        guard isDirectory(path) else { throw FileError("create folder", path, number: number) }
    }

    /// Checks that the file at `path` could be replaced now, or made with the folders above it that are missing.
    public static func requireReplaceable(_ path: String) throws(FileError) {
        var folder = directory(of: path)
        while !exists(folder), directory(of: folder) != folder { folder = directory(of: folder) }
        guard isDirectory(folder) else { throw FileError("create folder", folder, number: ENOTDIR) }
        guard access(folder, W_OK | X_OK) == 0 else { throw FileError("write in", folder) }
    }

    /// The folder that `path` lies in; `.` for a bare name.
    public static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last component of `path`.
    public static func name(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// `path` with symbolic links followed; `path` itself when nothing stands there yet.
    public static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Gives what stands at `path` another name, in place of what had it.
    public static func move(_ path: String, to newPath: String) throws(FileError) {
        guard rename(path, newPath) == 0 else { throw FileError("rename", path) }
    }

    /// `path` from the root on, as it is written: links and `..` stay.
    public static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        let name = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
        let start = String(cString: folder)
        return start == "/" ? "/\(name)" : "\(start)/\(name)"
    }

    /// Size in bytes of the file at `path`; nil when there is none.
    public static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// Replaces the file at `path` so that a reader, and whoever comes after a crash or a power failure, finds the old
    /// file or the new one, whole: a temporary file beside it, fsync, rename, fsync of the folder.
    ///
    /// The temporary file has one fixed name, `.NAME.tmp`, so that killed processes leave no litter behind; callers hold
    /// a `FileLock` so that two of them do not meet.
    ///
    /// - Parameter isDurable: false leaves out the syncs, for what can be had again: a reader never finds a part, but
    ///   after a power failure the file may be damaged.
    public static func replace(_ path: String, with bytes: [UInt8], isDurable: Bool = true) throws(FileError) {
        do {
            try replace(path, isDurable: isDurable) { file in
                (file.write(bytes), true)
            }
        } catch let error as FileError {
            throw error
        } catch {
            // The body throws no other errors.
            throw FileError("write", path, number: EIO)
        }
    }

    /// Replaces the file at `path`, as `replace(_:with:isDurable:)` does, by what `body` writes piece by piece.
    ///
    /// - Parameter body: writes the new file, and says whether it is to take the old one's place.
    /// - Returns: what `body` gives.
    /// - Throws: `FileError`, or what `body` throws; the old file is then as it was.
    public static func replace<Result>(
        _ path: String, isDurable: Bool = true, _ body: (FileWriter) throws -> (Result, isWanted: Bool)
    ) throws -> Result {
        let folder = directory(of: path)
        let temporary = "\(folder)/.\(name(of: path)).tmp"
        var status = stat()
        let mode = stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
        unlink(temporary)
        do {
            let file = try FileWriter(new: temporary, mode: mode, isDurable: isDurable)
            defer { file.stop() }
            let (result, isWanted) = try body(file)
            guard isWanted else {
                unlink(temporary)
                return result
            }
            try file.finish()
            guard rename(temporary, path) == 0 else { throw FileError("replace", path) }
            if isDurable { try sync(folder) }
            return result
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func sync(_ folder: String) throws(FileError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", folder) }
        defer { _ = close(descriptor) }
        // EINVAL: a file system that cannot sync folders has nothing to sync.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError("sync", folder) }
    }
}
