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
            // In this order: another process may make the folder between the two looks.
            guard !exists(parent) || isDirectory(parent) else {
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
        try requireOneName(path)
    }

    /// Refuses a file that has several names in the file system, which a new file in its place would part.
    public static func requireOneName(_ path: String) throws(FileError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink > 1 else { return }
        throw FileError("replace", path, "it has \(status.st_nlink) names (hard links), which would then be two files")
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

    /// `path` with symbolic links followed, also by a link to what is not there yet; `path` itself when nothing stands
    /// there, or links that lead nowhere.
    public static func resolved(_ path: String) -> String {
        var place = path
        for _ in 0..<40 {
            if let real = realpath(place, nil) {
                defer { free(real) }
                return String(cString: real)
            }
            guard let target = linkTarget(place) else { return place }
            place = target.hasPrefix("/") ? target : "\(directory(of: place))/\(target)"
        }
        return path
    }

    /// What the link at `path` names; nil when there is none.
    static func linkTarget(_ path: String) -> String? {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &text, text.count)
        return count > 0 ? String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
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
    /// file or the new one, whole: see `FileReplacement`. Whoever replaces it at the same time loses.
    ///
    /// - Parameter isDurable: false leaves out the syncs, for what can be had again: a reader never finds a part, but
    ///   after a power failure the file may be damaged.
    public static func replace(_ path: String, with bytes: [UInt8], isDurable: Bool = true) throws(FileError) {
        let replacement = try FileReplacement(of: path, isDurable: isDurable)
        replacement.writer.write(bytes)
        try replacement.force()
    }

    static func sync(_ folder: String) throws(FileError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", folder) }
        defer { _ = close(descriptor) }
        // EINVAL: a file system that cannot sync folders has nothing to sync.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError("sync", folder) }
    }
}
