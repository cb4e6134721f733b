"""The endpoints by which another process steers the fake, besides those that every fake has."""

import base64
from typing import Any, Optional
from urllib.parse import unquote

from server_answer import Answer
from storage_keys import SERVICE_ACCOUNT, USER, authorized_user, service_account_key


def steer(service: Any, method: str, path: str, value: dict[str, Any]) -> Optional[Answer]:
    """The answer to a request with this JSON; None when there is no such endpoint."""
    store, accounts = service.store, service.accounts
    what, _, which = path.removeprefix("/_control/").partition("/")
    which = unquote(which)
    match (method, what):
        case ("POST", "buckets"):
            store.create_bucket(value["name"], value.get("requesterPays", False))
        case ("GET", "buckets"):
            return Answer.of([described(one, content) for one, content in store.contents(which)])
        case ("DELETE", "buckets"):
            store.empty(which)
        case ("POST", "objects"):
            content = base64.b64decode(value["content"], validate=True)
            stored = service.put(value["bucket"], value["name"], content, **value.get("fields", {}))
            return Answer.of({"generation": str(stored.generation)})
        case ("POST", "accounts"):
            account = accounts.add(value["email"], value.get("permissions"))
            return Answer.of({"email": account.email, "permissions": sorted(account.permissions)})
        case ("POST", "keys"):
            user = value.get("type", "service_account") == "authorized_user"
            make, email = (authorized_user, USER) if user else (service_account_key, SERVICE_ACCOUNT)
            return Answer.of(make(accounts, service.url, value.get("email", email)))
        case ("GET", "tokens"):
            return Answer.of(accounts.list())
        case ("DELETE", "tokens"):
            return Answer.of({"revoked": accounts.revoke(which)})
        case ("DELETE", "sessions"):
            service.api.uploads.forget()
        case _:
            return None
    return Answer.of({})


def described(one: Any, content: bytes) -> dict[str, Any]:
    """An object and what is in it."""
    return {
        "name": one.name, "generation": str(one.generation), "metageneration": str(one.metageneration),
        "content": base64.b64encode(content).decode(),
    } | one.fields  # fmt: skip
