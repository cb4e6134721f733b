"""Waits for what other processes do in a folder, without asking again and again: Linux's inotify."""

import ctypes
import fnmatch
import os
import select
import struct
import sys
import time
from collections import deque
from pathlib import Path

import pytest

CREATED, OPENED, MOVED = 0x100, 0x20, 0x80


class FolderWatch:
    """Tells of files that are made, opened or given their name in a folder from now on."""

    def __init__(self, folder: Path):
        if not sys.platform.startswith("linux"):
            pytest.skip("watching a folder needs Linux")
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        added = self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), CREATED | OPENED | MOVED)
        if self.descriptor < 0 or added < 0:
            raise OSError(ctypes.get_errno(), "inotify", str(folder))
        self.events: deque[tuple[int, str]] = deque()

    def __enter__(self) -> "FolderWatch":
        return self

    def __exit__(self, *_) -> None:
        os.close(self.descriptor)

    def wait(self, name: str, event: int, timeout: float) -> bool:
        """Waits until `event` happens to a file with a name like `name`; whether it did within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            while self.events:
                happened, found = self.events.popleft()
                if happened & event and fnmatch.fnmatchcase(found, name):
                    return True
            rest = deadline - time.monotonic()
            if rest <= 0 or not select.select([self.descriptor], [], [], rest)[0]:
                return False
            self.read()

    def read(self) -> None:
        """Takes over the events that have happened."""
        data = os.read(self.descriptor, 65_536)
        position = 0
        while position < len(data):
            _, mask, _, length = struct.unpack_from("iIII", data, position)
            position += 16 + length
            self.events.append((mask, os.fsdecode(data[position - length : position].rstrip(b"\0"))))
