"""Files of credentials for the fake service, and the signatures made with them."""

import secrets
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from storage_accounts import Accounts

PROJECT = "fake-project"
SERVICE_ACCOUNT = f"tester@{PROJECT}.iam.gserviceaccount.com"
USER = "user@example.com"


def openssl(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(["openssl", *arguments], input=given, capture_output=True)


@lru_cache(maxsize=8)
def key_pair(number: int = 0) -> tuple[bytes, bytes]:
    """An RSA key, private and public, as PEM; the same for the same number in this process."""
    private = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048").stdout
    return private, openssl("pkey", "-pubout", given=private).stdout


def is_signed(data: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether an RS256 signature is the key's."""
    with tempfile.TemporaryDirectory() as folder:
        key, signed = Path(folder, "key"), Path(folder, "signature")
        key.write_bytes(public_key)
        signed.write_bytes(signature)
        return openssl("dgst", "-sha256", "-verify", str(key), "-signature", str(signed), given=data).returncode == 0


def service_account_key(accounts: Accounts, url: str, email: str = SERVICE_ACCOUNT) -> dict[str, Any]:
    """A new key of a service account, as the console lets one download it."""
    private, public = key_pair()
    key_id = secrets.token_hex(20)
    accounts.add(email).public_keys[key_id] = public
    return {
        "type": "service_account", "project_id": PROJECT, "private_key_id": key_id, "private_key": private.decode(),
        "client_email": email, "client_id": "100000000000000000001", "auth_uri": f"{url}/o/oauth2/auth",
        "token_uri": f"{url}/token", "universe_domain": "googleapis.com",
    }  # fmt: skip


def authorized_user(accounts: Accounts, url: str, email: str = USER) -> dict[str, Any]:
    """New credentials of a user. `token_uri` is for the fake alone: gcloud writes none."""
    client, secret = "fake-client.apps.googleusercontent.com", "fake-client-secret-" + secrets.token_hex(8)
    refresh_token = "1//fake-" + secrets.token_urlsafe(24)
    accounts.add(email)
    accounts.refresh_tokens[refresh_token] = (email, client, secret)
    return {
        "type": "authorized_user", "client_id": client, "client_secret": secret, "refresh_token": refresh_token,
        "token_uri": f"{url}/token", "universe_domain": "googleapis.com",
    }  # fmt: skip
