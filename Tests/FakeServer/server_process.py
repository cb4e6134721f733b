"""A fake that runs as a process of its own."""

import signal
import sys
import threading


def ending(until_eof: bool) -> threading.Event:
    """Set when a signal comes or, when asked, when standard input ends."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if until_eof:

        def watch() -> None:
            while sys.stdin.buffer.raw.read(4096):
                pass
            ended.set()

        threading.Thread(target=watch, daemon=True).start()
    return ended
