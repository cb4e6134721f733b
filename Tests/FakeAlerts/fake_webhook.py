#!/usr/bin/env python3
"""A fake of Slack's incoming webhooks for tests; see README.md. In a test:

    with FakeWebhook() as hook:
        ... hook.url + "/services/T0/B0/secret" ...
        assert hook.messages == ["*title*\\nline"]
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_service import Service, fault_help, serve


class FakeWebhook(Service):
    """The webhook on a port of 127.0.0.1, at any path."""

    def __init__(self, *, port: int = 0):
        super().__init__(port, FaultRules())
        self.messages: list[str] = []
        """The texts that were posted, whatever was answered."""
        self.beats: list[str] = []
        """The targets that were called as a watch's are."""

    def respond(
        self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]
    ) -> tuple[Answer, Optional[FaultRule]]:
        if entry["method"] == "GET":
            self.beats.append(entry["target"])
            return self.word("OK", 200), fault
        if entry["method"] != "POST" or entry["headers"].get("content-type") != "application/json":
            return self.word("invalid_payload", 400), fault
        try:
            text = json.loads(body)["text"]
        except (ValueError, TypeError, KeyError):
            return self.word("invalid_payload", 400), fault
        if not isinstance(text, str) or not text:
            return self.word("no_text", 400), fault
        self.messages.append(text)
        return self.word("ok", 200), fault

    def word(self, word: str, status: int) -> Answer:
        return Answer(status, word.encode(), "text/html")

    def steer(self, method: str, path: str, body: bytes) -> Optional[Answer]:
        return Answer.of(self.messages) if (method, path) == ("GET", "/_control/messages") else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--fault", action="append", default=[], help=fault_help(FaultRule.kinds))
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    options = parser.parse_args()
    hook = FakeWebhook(port=options.port)
    for fault in options.fault:
        hook.faults.append(FaultRule.parse(fault))
    serve(hook, options.until_eof)


if __name__ == "__main__":
    main()
