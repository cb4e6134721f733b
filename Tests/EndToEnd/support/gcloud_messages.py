"""Decodes documents into the message classes of gcloud's own clients. Run by gcloud's Python, from its `lib` folder:
a list of [API, version, message, document] on standard input; a list of errors, or nulls, on standard output."""

import json
import os
import sys

sys.path[:0] = [os.path.join(os.getcwd(), "third_party"), os.getcwd()]

from googlecloudsdk.api_lib.util import apis  # noqa: E402
from googlecloudsdk.api_lib.util import messages as messages_util  # noqa: E402


def message_class(api: str, version: str, name: str):
    """The class `name`, which may be nested, of an API's version."""
    found = apis.GetMessagesModule(api, version)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def error_in(api: str, version: str, name: str, document) -> str | None:
    """What is wrong with the document: unknown fields, wrong types, unknown names of choices."""
    try:
        messages_util.DictToMessageWithErrorCheck(document, message_class(api, version, name))
    except messages_util.DecodeError as error:
        return str(error)
    except (messages_util.ScalarTypeMismatchError, ValueError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    return None


json.dump([error_in(*entry) for entry in json.load(sys.stdin)], sys.stdout)
