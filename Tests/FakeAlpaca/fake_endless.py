"""A connection on which bars never end, on demand."""

from typing import Optional

from fake_faults import Fault
from server_answer import Answer
from server_http import Handler, Hangup

CHUNK = 64 * 1024


class EndlessHandler(Handler):
    """One connection."""

    def _send(self, answer: Answer, fault: Optional[Fault] = None) -> None:
        if fault and fault.kind == "endless":
            self._send_endless(answer)
        super()._send(answer, fault)

    def _send_endless(self, answer: Answer) -> None:
        """The answer as it is, but the bars of its first list never end."""
        self.send_head(answer, {"Transfer-Encoding": "chunked"})
        first, _, rest = answer.body.partition(b"[{")
        bar = b"{" + rest.partition(b"}")[0] + b"},"
        piece = bar * (CHUNK // len(bar) + 1)
        self.send_chunk(first + b"[")
        while not self.server.stopping.is_set():
            self.send_chunk(piece)
        raise Hangup
