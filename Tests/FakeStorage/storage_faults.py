"""What can go wrong between Cloud Storage and its client, on demand."""

from dataclasses import dataclass
from typing import Optional

from server_answer import Answer
from server_faults import SENDING, FaultRule, FaultRules

KINDS = SENDING | {
    "lost": (None, "the request is carried out, then the connection closes before any byte of an answer"),
    "applied": ("status", "the request is carried out, then answered with an error status"),
    "cut-upload": ("fraction", "the connection closes in the middle of the request's body; a session keeps its part"),
    "partial": ("fraction", "a session keeps only a part of a chunk, and 308 says so"),
    "session-lost": ("gone", "the session is forgotten: 410 or 404"),
    "corrupt": ("index", "a byte of a download is another one, while x-goog-hash is true"),
    "corrupt-upload": ("index", "a byte of an upload is another one when it arrives"),
    "revoked": (None, "the token of the request is revoked before it is looked at"),
}
"""Each fault, the argument that it takes on the command line, and what it does."""

REFUSING = {"status", "429", "html", "redirect", "cut-before"}
"""Those that come before anything is carried out."""


@dataclass
class StorageFault(FaultRule):
    """One rule: which requests go wrong, and how. `match` is text within `METHOD path?query`, percent-decoded."""

    kinds = KINDS

    message: str = ""
    """Empty for what Cloud Storage says."""
    gone: int = 410
    index: Optional[int] = None
    """Which byte; None for the middle one."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.index = None if self.index is None else int(self.index)

    def flipped(self, content: bytes) -> bytes:
        """The content with another byte in it."""
        if not content:
            return content
        index = len(content) // 2 if self.index is None else self.index % len(content)
        return content[:index] + bytes([content[index] ^ 0x01]) + content[index + 1 :]


class StorageFaults(FaultRules):
    """The rules in force."""

    rule = StorageFault


def corrupted(answer: Answer, fault: StorageFault) -> Answer:
    """A download with another byte in it; what is no download stays as it is."""
    if answer.verbatim and answer.status in (200, 206):
        answer.body = fault.flipped(answer.body)
    return answer
