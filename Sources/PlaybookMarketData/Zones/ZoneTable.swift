/// Offsets of the time zones of the world, 1990 to 2040: made by make_zone_table.py from the IANA Time Zone Database,
/// which is in the public domain. The script says how to read it.
enum ZoneTable {
    /// `NAME=MINUTES …|SCHEDULE`, a line each: zones with their offsets at the start of 1990, and when they change.
    /// No zone is in two of the parts.
    static let parts = [americas, asia, otherRegions]
}
