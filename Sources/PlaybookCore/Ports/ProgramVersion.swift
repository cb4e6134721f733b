/// The program's version, as users, files' metadata and requests tell it.
public let programVersion = "0.1.0"
