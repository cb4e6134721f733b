"""Writes ZoneTable.swift from the zone data of this computer (or of the PyPI package tzdata).

    python3 Sources/PlaybookMarketData/Zones/make_zone_table.py > Sources/PlaybookMarketData/Zones/ZoneTable.swift

Run it when a zone's rules change. The table holds the offsets from 1990 through 2040; `TimeZoneRules` says what it makes of other
years. Zones whose clocks change at the same moments by the same amounts share a schedule. A schedule is a text: for each
change the minutes since the one before (since 1990 for the first), then the offset after it, less the zone's first offset,
in quarters of an hour plus 100; both in base 32 with the last digit a capital letter or one of 0-5.
"""

import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = 1990, 2040
EPOCH = int(datetime(FIRST, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(LAST + 1, 1, 1, tzinfo=timezone.utc).timestamp())
MORE = "abcdefghijklmnopqrstuvwxyz678.,:"
STOP = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SKIPPED = ("posix/", "right/", "SystemV/")


def offset(zone: ZoneInfo, second: int) -> int:
    return int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())


def changes(zone: ZoneInfo) -> list[tuple[int, int]]:
    """Each second at which the offset changes, and the offset after it."""
    found = []
    step = 6 * 86_400
    before = offset(zone, EPOCH)
    for start in range(EPOCH, END, step):
        low, high = start, min(start + step, END)
        while offset(zone, high) != before:
            left, right = low, high
            while right - left > 1:
                middle = (left + right) // 2
                left, right = (middle, right) if offset(zone, middle) == before else (left, middle)
            before = offset(zone, right)
            found.append((right, before))
            low = right
    return found


def number(value: int) -> str:
    digits = [STOP[value % 32]]
    value //= 32
    while value:
        digits.append(MORE[value % 32])
        value //= 32
    return "".join(reversed(digits))


def schedule(zone: ZoneInfo) -> tuple[int, str]:
    """The first offset in minutes, and the text of the changes."""
    first = offset(zone, EPOCH)
    text, last = "", EPOCH
    for second, after in changes(zone):
        assert (second - last) % 60 == 0 and (after - first) % 900 == 0, zone
        text += number((second - last) // 60) + number((after - first) // 900 + 100)
        last = second
    assert first % 60 == 0, zone
    return first // 60, text


def lines(text: str) -> list[str]:
    return [text[start : start + 108] for start in range(0, len(text), 108)] or [""]


def main() -> None:
    schedules: dict[str, list[str]] = {}
    for name in sorted(available_timezones()):
        if name.startswith(SKIPPED) or name in ("Factory", "localtime", "posixrules"):
            continue
        first, text = schedule(ZoneInfo(name))
        schedules.setdefault(text, []).append(f"{name}={first}")
    out = ["/// Offsets of the time zones of the world, 1990 to 2040: made by make_zone_table.py from the IANA Time Zone Database,"]
    out += ["/// which is in the public domain. The script says how to read it.", "enum ZoneTable {"]
    out += ["    /// `NAME=MINUTES …|SCHEDULE`, a line each: zones with their offsets at the start of 1990, and when they change."]
    out += ['    static let text: StaticString = """']
    for text, names in sorted(schedules.items(), key=lambda item: item[1]):
        record = " ".join(names) + "|" + text
        pieces = lines(record)
        # A space at the end of a line of source would be lost to formatters.
        for index in range(len(pieces) - 1):
            if pieces[index].endswith(" "):
                pieces[index], pieces[index + 1] = pieces[index][:-1], " " + pieces[index + 1]
        out += [f"        {piece}\\" for piece in pieces[:-1]] + [f"        {pieces[-1]}"]
    out += ['        """', "}"]
    sys.stdout.write("\n".join(out) + "\n")


main()
