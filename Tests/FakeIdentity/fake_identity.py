#!/usr/bin/env python3
"""A fake issuer of identity tokens for tests; see README.md. In a test:

    with FakeIdentity() as issuer:
        ... issuer.keys_url, issuer.token(aud="https://service.test", email="scheduler@example.com") ...
"""

import argparse
import base64
import json
import sys
import time
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_service import Service, serve


def number(value: int) -> str:
    """As a JSON Web Key writes it."""
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8)).rstrip(b"=").decode()


class FakeIdentity(Service):
    """The issuer on a port of 127.0.0.1."""

    def __init__(self, *, port: int = 0, issuer: str = "https://accounts.google.com", max_age: int = 20_000):
        super().__init__(port, FaultRules())
        self.issuer = issuer
        self.max_age = max_age
        self._keys_made = 0
        self.rotate()

    @property
    def keys_url(self) -> str:
        return f"{self.url}/certs"

    def rotate(self) -> None:
        """Signs with a new key from now on, and forgets the old one."""
        self._keys_made += 1
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = f"key-{self._keys_made}"

    def token(self, **claims: Any) -> str:
        """A token that is good for an hour; `claims` replace its own, and None takes one away."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        now = int(time.time())
        whole = {
            "iss": self.issuer, "aud": "", "azp": "100000000000000000001", "sub": "100000000000000000001",
            "email": "scheduler@example.iam.gserviceaccount.com", "email_verified": True, "iat": now, "exp": now + 3600,
        } | claims  # fmt: skip
        signer = crypt.RSASigner.from_string(pem, self.key_id)
        return jwt.encode(signer, {name: value for name, value in whole.items() if value is not None}).decode()

    def respond(
        self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]
    ) -> tuple[Answer, Optional[FaultRule]]:
        parts = urlsplit(entry["target"])
        match entry["method"], parts.path:
            case "GET", "/certs":
                public = self.key.public_key().public_numbers()
                key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.key_id}
                answer = Answer.of({"keys": [key | {"n": number(public.n), "e": number(public.e)}]})
                answer.headers["Cache-Control"] = f"public, max-age={self.max_age}, must-revalidate"
            case "GET", "/token":
                answer = Answer.of({"token": self.token(**{k: value(v) for k, v in parse_qsl(parts.query)})})
            case "POST", "/rotate":
                self.rotate()
                answer = Answer.of({})
            case _:
                answer = self.refusal(404, "Not Found")
        return answer, fault


def value(text: str) -> Any:
    """What JSON makes of it, else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--issuer", default="https://accounts.google.com")
    parser.add_argument("--max-age", type=int, default=20_000, help="of the keys, in seconds")
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    options = parser.parse_args()
    serve(FakeIdentity(port=options.port, issuer=options.issuer, max_age=options.max_age), options.until_eof)


if __name__ == "__main__":
    main()
