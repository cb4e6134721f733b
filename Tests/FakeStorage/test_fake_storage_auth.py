"""The fake of Cloud Storage: tokens, the accounts behind them, and google-auth getting them."""

import base64
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import google.auth
import google.auth.exceptions
import pytest
from fake_storage import FakeStorage
from google.auth import compute_engine
from google.auth.transport.requests import Request
from google.oauth2 import credentials, service_account
from storage_keys import SERVICE_ACCOUNT, openssl
from storage_support import LIST, UPLOAD, Web, media_of, path_of
from storage_tokens import JWT_BEARER, METADATA_ACCOUNT

SCOPE = "https://www.googleapis.com/auth/devstorage.read_write"
READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def web(guarded_storage: FakeStorage):
    web = Web(guarded_storage.url)
    yield web
    web.close()


def with_token(service: FakeStorage, *permissions: str, **options: Any) -> Web:
    """A client with a token of an account that has these permissions."""
    service.allow("someone@example.com", *permissions)
    return Web(service.url, service.issue("someone@example.com", **options))


# Tokens


def test_a_token_is_wanted(guarded_storage: FakeStorage, web: Web):
    anonymous = web("GET", LIST)
    assert (anonymous.status, anonymous.reason) == (401, "required")
    assert anonymous.json["error"]["message"].startswith("Anonymous caller does not have storage.objects.list access")
    for token in ("nonsense", guarded_storage.issue(lifetime=-1)):
        refused = Web(guarded_storage.url, token)("GET", LIST)
        assert (refused.status, refused.reason) == (401, "authError")
        assert refused.json["error"]["message"] == "Invalid Credentials"
        assert "invalid_token" in refused.headers["www-authenticate"]
    known = Web(guarded_storage.url, guarded_storage.issue())
    assert known("GET", LIST).status == 200
    guarded_storage.revoke()
    assert known("GET", LIST).status == 401


def test_tokens_in_the_log_and_out_of_it(guarded_storage: FakeStorage, web: Web):
    first, second = guarded_storage.issue(), guarded_storage.issue()
    for token in (first, second, "other"):
        Web(guarded_storage.url, token)("GET", LIST)
    seen = [entry["headers"]["authorization"] for entry in guarded_storage.requests]
    assert seen[:2] == ["Bearer token-1", "Bearer token-2"] and seen[2].startswith("Bearer unknown-")
    assert first not in str(guarded_storage.requests)
    assert [one["token"] for one in web("GET", "/_control/tokens").json] == ["token-1", "token-2"]
    assert web("DELETE", "/_control/tokens/token-1").json == {"revoked": 1}
    assert Web(guarded_storage.url, first)("GET", LIST).status == 401
    assert Web(guarded_storage.url, second)("GET", LIST).status == 200


def test_an_emulator_records_a_token(fake_storage: FakeStorage):
    assert Web(fake_storage.url, "other")("GET", LIST).status == 200
    assert fake_storage.requests[0]["headers"]["authorization"].startswith("Bearer unknown-")


def test_permissions(guarded_storage: FakeStorage):
    guarded_storage.put("data", "a", b"x")
    creator = with_token(guarded_storage, "roles/storage.objectCreator")
    assert creator.upload("b", b"x").status == 200
    denied = creator.upload("b", b"y")
    assert (denied.status, denied.reason) == (403, "forbidden")
    assert denied.json["error"]["message"] == (
        "someone@example.com does not have storage.objects.delete access to the Google Cloud Storage object. "
        "Permission 'storage.objects.delete' denied on resource (or it may not exist)."
    )
    assert creator.upload("b", b"y", ifGenerationMatch=0).status == 412
    begun = creator("POST", UPLOAD, {"name": "b"}, uploadType="resumable")
    assert begun.status == 403, "a session that would overwrite"
    session = creator.begin("c")
    guarded_storage.put("data", "c", b"x")
    assert creator.chunk(session, b"y", 0, 1).status == 403, "overwrites by now"
    for method, target in (
        ("GET", LIST), ("GET", path_of("a")), ("DELETE", path_of("a")), ("PATCH", path_of("a")),
        ("POST", path_of("a") + "/copyTo/b/data/o/d"), ("GET", "/storage/v1/b/data"), ("GET", "/storage/v1/b"),
    ):  # fmt: skip
        assert creator(method, target).status == 403, (method, target)
    plain = creator("GET", media_of("a"))
    assert plain.status == 403 and plain.body.startswith(b"someone@example.com does not have storage.objects.get")
    assert guarded_storage.objects("data") == {"a": b"x", "b": b"x", "c": b"x"}

    reader = with_token(guarded_storage, "storage.objects.get")
    assert reader("GET", media_of("a")).body == b"x"
    assert reader("GET", media_of("none")).status == 403, "what there is not is for those to know who may list"
    asked = "/storage/v1/b/data/iam/testPermissions?permissions=storage.objects.get&permissions=storage.objects.list"
    assert reader("GET", asked).json["permissions"] == ["storage.objects.get"]
    guarded_storage.allow("someone@example.com", "roles/storage.objectUser")
    assert reader("GET", media_of("none")).status == 404
    assert reader.upload("a", b"y").status == 200
    assert reader("GET", "/storage/v1/b/data").status == 403, "objects alone"


def test_scopes(guarded_storage: FakeStorage):
    reader = with_token(guarded_storage, "roles/storage.admin", scopes=[READ_ONLY])
    assert reader("GET", LIST).status == 200
    refused = reader.upload("a", b"x")
    assert (refused.status, refused.reason) == (403, "insufficientPermissions")


def test_the_address_of_a_session_is_enough(guarded_storage: FakeStorage, web: Web):
    session = Web(guarded_storage.url, guarded_storage.issue()).begin("a")
    assert Web(guarded_storage.url, "nonsense").chunk(session, b"x", 0, 1).status == 401
    assert web.chunk(session, b"x", 0, 1).status == 200


# The token endpoint


def segment(value: dict | bytes) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def ask(web: Web, key: dict, claims: dict = {}, header: dict = {}, signer: str = "", **form: str) -> Any:
    """Asks for a token with an assertion of which some claims are others."""
    now = int(time.time())
    right = {"iss": key["client_email"], "aud": key["token_uri"], "iat": now, "exp": now + 3600, "scope": SCOPE}
    head = {"alg": "RS256", "typ": "JWT", "kid": key["private_key_id"]} | header
    claims = {name: value for name, value in (right | claims).items() if value is not None}
    signed = f"{segment(head)}.{segment(claims)}"
    path = Path(key["path"]).with_suffix(".pem")
    path.write_text(signer or key["private_key"])
    signature = openssl("dgst", "-sha256", "-sign", str(path), given=signed.encode()).stdout
    values = {"grant_type": JWT_BEARER, "assertion": f"{signed}.{segment(signature)}"}
    return web("POST", "/token", urlencode(values | form).encode(), FORM)


@pytest.fixture
def key(guarded_storage: FakeStorage, tmp_path: Path) -> dict:
    path = guarded_storage.write_key(tmp_path / "key.json")
    return json.loads(path.read_text()) | {"path": str(path)}


def test_an_assertion(guarded_storage: FakeStorage, web: Web, key: dict):
    answer = ask(web, key).json
    assert answer["token_type"] == "Bearer" and answer["expires_in"] == 3600
    assert Web(guarded_storage.url, answer["access_token"])("GET", LIST).status == 200
    assert ask(web, key, header={"kid": key["private_key_id"]}).status == 200
    assert guarded_storage.accounts.list()[0]["email"] == SERVICE_ACCOUNT


def test_bad_assertions(web: Web, key: dict):
    now = int(time.time())
    other = openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048").stdout.decode()
    for change, error, text in (
        ({"claims": {"iss": "nobody@example.com"}}, "invalid_grant", "account not found"),
        ({"claims": {"aud": "https://example.com/token"}}, "invalid_grant", "audience"),
        ({"claims": {"exp": now + 3700}}, "invalid_grant", "short-lived"),
        ({"claims": {"iat": now - 3700, "exp": now - 100}}, "invalid_grant", "short-lived"),
        ({"claims": {"iat": now + 1000, "exp": now + 2000}}, "invalid_grant", "short-lived"),
        ({"claims": {"iat": None}}, "invalid_grant", "short-lived"),
        ({"claims": {"scope": None}}, "invalid_scope", "missing scope"),
        ({"claims": {"scope": "https://example.com/any"}}, "invalid_scope", "any"),
        ({"signer": other}, "invalid_grant", "Signature"),
        ({"header": {"kid": "other"}}, "invalid_grant", "Signature"),
        ({"header": {"alg": "none"}}, "invalid_grant", "Signature"),
        ({"assertion": "a.b"}, "invalid_grant", "parse"),
        ({"grant_type": "password"}, "unsupported_grant_type", "password"),
    ):
        answer = ask(web, key, **change)
        assert (answer.status, answer.json["error"]) == (400, error), change
        assert text in answer.json["error_description"]
    assert web("POST", "/token", {"grant_type": "refresh_token"}).json["error"] == "invalid_request"


def test_a_refresh_token(guarded_storage: FakeStorage, web: Web, tmp_path: Path):
    user = json.loads(guarded_storage.write_user(tmp_path / "user.json").read_text())
    right = {name: user[name] for name in ("client_id", "client_secret", "refresh_token")}
    for change, status, error in (
        ({}, 200, None), ({"client_secret": "x"}, 401, "invalid_client"), ({"client_id": "x"}, 401, "invalid_client"),
        ({"refresh_token": "x"}, 400, "invalid_grant"),
    ):  # fmt: skip
        form = {"grant_type": "refresh_token"} | right | change
        answer = web("POST", "/token", urlencode(form).encode(), FORM)
        assert (answer.status, answer.json.get("error")) == (status, error)
    assert user["client_secret"] not in str(guarded_storage.requests)


def test_keys_by_control(guarded_storage: FakeStorage, web: Web):
    key = web("POST", "/_control/keys", {"email": "new@fake-project.iam.gserviceaccount.com"}).json
    assert key["token_uri"] == guarded_storage.url + "/token" and key["private_key"].startswith("-----BEGIN PRIVATE")
    assert web("POST", "/_control/keys", {"type": "authorized_user"}).json["type"] == "authorized_user"
    made = {"email": key["client_email"], "permissions": ["storage.objects.get"]}
    assert web("POST", "/_control/accounts", made).json == made


# The metadata server


def test_the_metadata_server(guarded_storage: FakeStorage, web: Web):
    assert web("GET", "/").headers["metadata-flavor"] == "Google"
    path, flavor = "/computeMetadata/v1/instance/service-accounts/default/", {"Metadata-Flavor": "Google"}
    refused = web("GET", path + "token")
    assert (refused.status, refused.headers["metadata-flavor"]) == (403, "Google")
    first, second = (web("GET", path + "token", None, flavor).json for _ in range(2))
    assert first["access_token"] == second["access_token"], "the same until it nears its end"
    assert Web(guarded_storage.url, first["access_token"])("GET", LIST).status == 200
    guarded_storage.revoke()
    assert web("GET", path + "token", None, flavor).json["access_token"] != first["access_token"]
    assert web("GET", path + "email", None, flavor).body.decode() == METADATA_ACCOUNT
    assert web("GET", path + "other", None, flavor).status == 404


def test_short_lives():
    with FakeStorage("data", auth="token", token_lifetime=2) as service:
        token = Web(service.url, service.accounts.issue(SERVICE_ACCOUNT, [SCOPE]))
        assert token("GET", LIST).status == 200
        time.sleep(2.05)
        assert token("GET", LIST).status == 401


# google-auth


def test_google_auth_with_a_key(guarded_storage: FakeStorage, tmp_path: Path):
    path = guarded_storage.write_key(tmp_path / "key.json")
    found = service_account.Credentials.from_service_account_file(str(path), scopes=[SCOPE])
    found.refresh(Request())
    assert found.valid and Web(guarded_storage.url, found.token)("GET", LIST).status == 200
    guarded_storage.accounts.accounts.pop(SERVICE_ACCOUNT)
    with pytest.raises(google.auth.exceptions.RefreshError, match="account not found"):
        found.refresh(Request())


def test_google_auth_with_a_user(guarded_storage: FakeStorage, tmp_path: Path):
    path = guarded_storage.write_user(tmp_path / "user.json")
    found = credentials.Credentials.from_authorized_user_info(json.loads(path.read_text()))
    # Of a user's file the client takes no address.
    found._token_uri = guarded_storage.url + "/token"
    found.refresh(Request())
    assert found.valid and Web(guarded_storage.url, found.token)("GET", LIST).status == 200


def test_google_auth_on_a_machine(guarded_storage: FakeStorage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    import importlib

    from google.auth.compute_engine import _metadata

    with monkeypatch.context() as patch:
        for name in ("GCE_METADATA_HOST", "GCE_METADATA_IP"):
            patch.setenv(name, guarded_storage.host)
        patch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
        patch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
        importlib.reload(_metadata)
        found, project = google.auth.default(scopes=[SCOPE])
        assert isinstance(found, compute_engine.Credentials) and project == "fake-project"
        found.refresh(Request())
        assert found.service_account_email == METADATA_ACCOUNT
        assert Web(guarded_storage.url, found.token)("GET", LIST).status == 200
    importlib.reload(_metadata)
