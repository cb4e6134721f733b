"""Errors as Cloud Storage words them."""

from typing import Optional

from server_answer import Answer

REASONS = {
    400: "invalid", 401: "authError", 403: "forbidden", 404: "notFound", 405: "methodNotAllowed", 408: "requestTimeout",
    410: "gone", 412: "conditionNotMet", 429: "rateLimitExceeded", 500: "backendError", 502: "badGateway",
    503: "backendError", 504: "gatewayTimeout",
}  # fmt: skip
MESSAGES = {
    404: "Not Found", 405: "The method is not allowed for this resource.", 408: "Request timed out.",
    429: "The rate of change requests to the object exceeds the rate limit. Please reduce the rate of create, update, "
    "and delete requests.", 500: "We encountered an internal error. Please try again.", 502: "Bad Gateway",
    503: "We encountered an internal error. Please try again.", 504: "Gateway Timeout",
}  # fmt: skip


def error(status: int, message: str = "", reason: str = "", location: Optional[str] = None) -> Answer:
    """An error in JSON; what is not given is what goes with the status. `location` is a header that it is about."""
    message = message or MESSAGES.get(status, "Backend Error")
    detail = {"message": message, "domain": "global", "reason": reason or REASONS.get(status, "backendError")}
    if location:
        detail |= {"locationType": "header", "location": location}
    return Answer.of({"error": {"code": status, "message": message, "errors": [detail]}}, status)


class Refusal(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str = "", reason: str = "", location: Optional[str] = None):
        super().__init__(message)
        self.message = message
        self.answer = error(status, message, reason, location)


def condition_not_met() -> Refusal:
    message = "At least one of the pre-conditions you specified did not hold."
    return Refusal(412, message, location="If-Match")


def not_modified() -> Refusal:
    refusal = Refusal(304)
    refusal.answer = Answer(304)
    return refusal


def no_bucket() -> Refusal:
    return Refusal(404, "The specified bucket does not exist.")


def no_object(bucket: str, name: str) -> Refusal:
    return Refusal(404, f"No such object: {bucket}/{name}")


def unauthorized(message: str, reason: str = "authError", header: str = "Bearer") -> Refusal:
    refusal = Refusal(401, message, reason, "Authorization")
    refusal.answer.headers["WWW-Authenticate"] = header
    return refusal


def denied(who: str, permission: str) -> Refusal:
    """The caller's lack of a permission; nobody in particular is told to say who he is."""
    thing = "bucket" if permission.startswith("storage.buckets") or permission.endswith(".list") else "object"
    message = (
        f"{who} does not have {permission} access to the Google Cloud Storage {thing}. "
        f"Permission '{permission}' denied on resource (or it may not exist)."
    )
    if who == "Anonymous caller":
        return unauthorized(message, "required", 'Bearer realm="https://accounts.google.com/"')
    return Refusal(403, message)
