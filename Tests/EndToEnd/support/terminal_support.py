"""Runs the program on terminals."""

import os
import pty
import select
import time

import pytest
from support import Finished, Program


def on_terminals(run: Program, *arguments, env=None, terminals: str = "out err", timeout: float = 120) -> Finished:
    """Runs the program with standard output and standard error on a terminal each, or only those named."""
    masters, slaves, pipes = {}, {}, {}
    for name in ("out", "err"):
        if name in terminals.split():
            masters[name], slaves[name] = pty.openpty()
        else:
            masters[name], slaves[name] = os.pipe()
    process = run.start(*arguments, env=env, stdout=slaves["out"], stderr=slaves["err"])
    for descriptor in slaves.values():
        os.close(descriptor)
    text = {name: b"" for name in masters}
    open_ends = dict(masters)
    deadline = time.monotonic() + timeout
    while open_ends:
        ready, _, _ = select.select(list(open_ends.values()), [], [], max(0, deadline - time.monotonic()))
        if not ready:
            process.kill()
            pytest.fail(f"still running after {timeout} s")
        for name, descriptor in list(open_ends.items()):
            if descriptor not in ready:
                continue
            try:
                data = os.read(descriptor, 65_536)
            except OSError:  # a terminal whose other end is closed
                data = b""
            text[name] += data
            if not data:
                os.close(open_ends.pop(name))
    return Finished(process.wait(timeout=60), text["out"].decode(), text["err"].decode())
