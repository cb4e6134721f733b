"""Google's credentials: key files, logins, gcloud's own file, the metadata server; which counts, and what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_storage import FakeStorage
from storage_keys import SERVICE_ACCOUNT, USER
from storage_tokens import METADATA_ACCOUNT
from writers_support import DAY, Places, failed

DATES = {"first": DAY, "last": DAY}
NOBODY = "127.0.0.1:9"
"""Where no metadata server is."""


class Guarded:
    """The program with a service that wants tokens."""

    def __init__(self, places: Places, service: FakeStorage):
        self.places, self.service = places, service
        self.well_known = places.folder / ".config" / "gcloud" / "application_default_credentials.json"
        self.env = {
            "STORAGE_EMULATOR_HOST": None, "GCS_ENDPOINT": service.url, "GCS_BUCKET": "data",
            "GCE_METADATA_HOST": NOBODY,
        }  # fmt: skip

    def write(self, **env: str):
        """Runs a backtest that writes to the bucket."""
        return self.places.backtest("gcs", env=self.env | env, **DATES)

    def accounts(self) -> list[str]:
        """The accounts whose tokens were sent, each once, in order."""
        emails = {one["token"]: one["email"] for one in self.service.accounts.list()}
        sent = [
            entry["headers"]["authorization"].removeprefix("Bearer ") for entry in self.service.requests
            if entry["path"].startswith(("/storage/", "/upload/"))
        ]  # fmt: skip
        return list(dict.fromkeys(emails[token] for token in sent))

    def gcloud_login(self) -> None:
        self.well_known.parent.mkdir(parents=True)
        self.service.write_user(self.well_known)


@pytest.fixture
def guarded(places: Places) -> Iterator[Guarded]:
    with FakeStorage("data", auth="token") as service:
        yield Guarded(places, service)


def test_a_key_of_a_service_account(guarded: Guarded):
    """The signature is checked by openssl; one token serves all requests of a run."""
    key = guarded.service.write_key(guarded.places.folder / "key.json")
    finished = guarded.write(GOOGLE_APPLICATION_CREDENTIALS=str(key))
    assert finished.code == 0, finished.err
    assert guarded.accounts() == [SERVICE_ACCOUNT] and guarded.service.count("POST /token") == 1
    assert len(guarded.service.objects("data")) == 1


def test_a_login(guarded: Guarded):
    user = guarded.service.write_user(guarded.places.folder / "user.json")
    assert guarded.write(GOOGLE_APPLICATION_CREDENTIALS=str(user)).code == 0
    assert guarded.accounts() == [USER] and guarded.service.count("POST /token") == 1


def test_the_file_of_gcloud(guarded: Guarded):
    guarded.gcloud_login()
    finished = guarded.write()
    assert finished.code == 0, finished.err
    assert guarded.accounts() == [USER]


def test_the_metadata_server(guarded: Guarded):
    finished = guarded.write(GCE_METADATA_HOST=guarded.service.host)
    assert finished.code == 0, finished.err
    assert guarded.accounts() == [METADATA_ACCOUNT] and guarded.service.count("POST /token") == 0


def test_which_counts(guarded: Guarded):
    """The emulator, the file that is named, gcloud's, the metadata server's."""
    key = guarded.service.write_key(guarded.places.folder / "key.json")
    guarded.gcloud_login()
    metadata = {"GCE_METADATA_HOST": guarded.service.host}
    named = {"GOOGLE_APPLICATION_CREDENTIALS": str(key)}
    for env, account in [(metadata | named, SERVICE_ACCOUNT), (metadata, USER)]:
        guarded.service.forget()
        assert guarded.write(**env).code == 0
        assert guarded.accounts() == [account]
    guarded.well_known.unlink()
    guarded.service.forget()
    assert guarded.write(**metadata).code == 0 and guarded.accounts() == [METADATA_ACCOUNT]
    guarded.service.forget()
    places = guarded.places
    emulator = {"STORAGE_EMULATOR_HOST": places.storage.url, "GCS_BUCKET": places.name}
    assert guarded.write(**emulator, **named, **metadata).code == 0
    assert guarded.service.requests == [] and len(places.objects()) == 1


def test_a_token_that_is_revoked(guarded: Guarded):
    """Another is fetched, once; when that is refused too, it is the credentials."""
    key = str(guarded.service.write_key(guarded.places.folder / "key.json"))
    guarded.service.faults.add("revoked", match="alt=media", times=1)
    finished = guarded.write(GOOGLE_APPLICATION_CREDENTIALS=key)
    assert finished.code == 0, finished.err
    assert guarded.service.count("POST /token") == 2
    guarded.service.clear()
    guarded.service.faults.add("revoked", match="alt=media", times=None)
    failed(guarded.write(GOOGLE_APPLICATION_CREDENTIALS=key), 78, "401", "credentials", "clock")
    assert guarded.service.count("POST /token") == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": None}, ("field type is missing",)),
        ({"type": "magic"}, ("'magic' are not supported", "service_account")),
        ({"client_email": None}, ("field client_email is missing",)),
        ({"client_email": 7}, ("field client_email is not text",)),
        ({"private_key": None}, ("field private_key is missing",)),
        ({"private_key": "no key"}, ("field private_key",)),
        ({"private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}, ("field private_key",)),
        ({"token_uri": "http://oauth.example.com/token"}, ("field token_uri must begin with https://",)),
        ({"private_key_id": "0" * 40}, ("is not accepted by Google", "invalid_grant", SERVICE_ACCOUNT)),
    ],
)
def test_key_files_that_are_wrong(guarded: Guarded, change, words):
    """The file and the field are named, and what is in it is not shown."""
    key = guarded.service.write_key(guarded.places.folder / "key.json")
    fields = json.loads(key.read_text())
    secret = fields["private_key"].splitlines()[1]
    fields = {name: value for name, value in (fields | change).items() if value is not None}
    key.write_text(json.dumps(fields))
    finished = guarded.write(GOOGLE_APPLICATION_CREDENTIALS=str(key))
    failed(finished, 78, "key.json", *words)
    assert secret not in finished.err and guarded.service.objects("data") == {}


@pytest.mark.parametrize("content", [None, "", "{", "[]", '"text"', "\x00\xff"])
def test_files_that_are_no_credentials(guarded: Guarded, content):
    path = guarded.places.folder / "key.json"
    if content is not None:
        path.write_text(content)
    failed(guarded.write(GOOGLE_APPLICATION_CREDENTIALS=str(path)), 78, "key.json")


@pytest.mark.parametrize("how", ["revoked", "another secret", "no refresh token"])
def test_logins_that_have_ended(guarded: Guarded, how: str):
    """What to run is said; refresh token and secret are not."""
    guarded.gcloud_login()
    fields = json.loads(guarded.well_known.read_text())
    if how == "revoked":
        # The client has another login by now.
        known = guarded.service.accounts.refresh_tokens
        known["1//fake-another"] = known.pop(fields["refresh_token"])
    elif how == "another secret":
        fields["client_secret"] = "fake-another-secret"
    else:
        del fields["refresh_token"]
    guarded.well_known.write_text(json.dumps(fields))
    words = {
        "revoked": ("invalid_grant", "gcloud auth application-default login"),
        "another secret": ("invalid_client",),
        "no refresh token": ("field refresh_token is missing",),
    }
    finished = guarded.write()
    failed(finished, 78, "application_default_credentials.json", *words[how])
    assert fields.get("refresh_token", "1//fake") not in finished.err and fields["client_secret"] not in finished.err


def test_no_credentials_at_all(guarded: Guarded):
    """On a machine that is not Google's: every way to have some is named, soon."""
    finished = guarded.write(GCE_METADATA_HOST="")
    failed(finished, 78, "no Google credentials were found", "GOOGLE_APPLICATION_CREDENTIALS", "STORAGE_EMULATOR_HOST")


def test_a_token_endpoint_that_is_slow_to_recover(guarded: Guarded, tmp_path: Path):
    key = str(guarded.service.write_key(tmp_path / "key.json"))
    guarded.service.faults.add("status", match="POST /token", times=2, status=503)
    guarded.service.faults.add("cut-before", match="POST /token", times=1, after=2)
    finished = guarded.write(GOOGLE_APPLICATION_CREDENTIALS=key)
    assert finished.code == 0, finished.err
    assert guarded.service.count("POST /token") == 4
