"""A stand-in for gcloud: remembers what exists, and refuses what the real one would refuse.

It knows the commands that cloud/*.sh call, and nothing else. What it answers (CHANNEL, POLICY …) is what dry runs
print, so that both can be compared. The program that scripts call is a few lines of bash that hand the command line to
a server in the test's process, because Python takes long to start.
"""

import json
import re
import socketserver
import threading
from pathlib import Path

PROGRAM = r"""#!/usr/bin/env bash
data=
case " $* " in *" --data-file=- "*) IFS= read -r -d '' data ;; esac
exec 3<>/dev/tcp/127.0.0.1/PORT
printf '%s\0' "$#" "$@" "$data" >&3
IFS= read -r -d '' code <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' err <&3
printf '%s' "$out"
printf '%s' "$err" >&2
exit "$code"
"""


class Refused(Exception):
    """What gcloud would print, ending with 1."""


class Call:
    """A command line: its words before the first flag, and its flags."""

    def __init__(self, arguments: list[str], data: str):
        self.data = data
        self.words = [argument for argument in arguments if not argument.startswith("--")]
        self.flags = dict(
            argument[2:].partition("=")[::2] for argument in arguments if argument.startswith("--")
        )

    def file(self, flag: str) -> str:
        return Path(self.flags[flag]).read_text(encoding="utf-8")


class Cloud:
    """What exists: {kind: {name: contents}}."""

    def __init__(self):
        self.state: dict[str, dict] = {"project": {"my-project": {}}}
        self.components = ["alpha", "beta", "core"]
        self.uploaded = ["Dockerfile", "Sources/a.swift", ".env.example"]
        """What gcloud says that it would upload."""

    def kind(self, kind: str) -> dict:
        return self.state.setdefault(kind, {})

    def need(self, kind: str, name: str):
        if name not in self.kind(kind):
            said = "Cannot find metric(s) that match type" if kind == "metric" else f"NOT_FOUND: {kind} not found:"
            if kind == "account":
                said = f"INVALID_ARGUMENT: Service account {name} does not exist."
            raise Refused(f"{said} {name}")
        return self.kind(kind)[name]

    def create(self, kind: str, name: str, contents=None) -> None:
        if name in self.kind(kind):
            raise Refused(f"ALREADY_EXISTS: {kind} {name} already exists")
        self.put(kind, name, contents)

    def put(self, kind: str, name: str, contents=None) -> None:
        self.kind(kind)[name] = {} if contents is None else contents

    def update(self, kind: str, name: str, contents=None) -> None:
        self.need(kind, name)
        self.put(kind, name, contents)

    def delete(self, kind: str, name: str) -> None:
        self.need(kind, name)
        del self.kind(kind)[name]

    def grant(self, kind: str, name: str, call: Call) -> None:
        if kind != "project":
            self.need(kind, name)
        member = call.flags["member"].removeprefix("serviceAccount:")
        self.need("account", member)
        self.put("grant", f"{kind} {name}: {call.flags['role']} to {member}")

    def workload(self, kind: str, call: Call) -> None:
        """A service or a job: what its file names must be there."""
        text = Path(call.words[3]).read_text(encoding="utf-8")
        if "${" in text or "# only" in text:
            raise Refused("the file is not filled in")
        for secret in re.findall(r"secretKeyRef:\s+name: (\S+)", text):
            if not self.need("secret", secret):
                raise Refused(f"secret {secret} has no version")
            if not any(grant.startswith(f"secret {secret}: ") for grant in self.kind("grant")):
                raise Refused(f"Permission denied on secret {secret}")
        self.need("account", re.search(r"serviceAccountName: (\S+)", text)[1])
        image = re.search(r"image: (\S+)", text)[1]
        if image.startswith("us-east4-docker.pkg.dev/"):
            self.need("image", image)
        self.put(kind, re.search(r"^  name: (\S+)", text, flags=re.MULTILINE)[1], text)

    def policy(self, call: Call) -> tuple[str, str]:
        text = call.file("policy-from-file")
        for metric in re.findall(r"logging.googleapis.com/user/(\w+)", text):
            self.need("metric", metric)
        channel = call.flags.get("notification-channels", call.flags.get("set-notification-channels"))
        if channel:
            self.need("channel", channel)
        return "POLICY-" + re.search(r"^  alert: (\S+)", text, flags=re.MULTILINE)[1], f"{text}# tells {channel}"


def answer(cloud: Cloud, call: Call) -> str:
    """What the command prints."""
    words, flags = call.words, call.flags
    match words:
        case ["projects", "describe", project]:
            cloud.need("project", project)
        case ["services", "enable", *_]:
            pass
        case ["projects", "add-iam-policy-binding", project]:
            cloud.grant("project", project, call)
        case ["projects", "remove-iam-policy-binding", project]:
            member = flags["member"].removeprefix("serviceAccount:")
            cloud.delete("grant", f"project {project}: {flags['role']} to {member}")
        case ["iam", "service-accounts", "create", name]:
            cloud.create("account", f"{name}@{flags['project']}.iam.gserviceaccount.com")
        case ["iam", "service-accounts", "describe", name]:
            cloud.need("account", name)
        case ["iam", "service-accounts", "delete", name]:
            cloud.delete("account", name)
        case ["storage", "buckets", "describe", name]:
            cloud.need("bucket", name)
        case ["storage", "buckets", "create", name]:
            cloud.create("bucket", name)
        case ["storage", "buckets", "update", name]:
            json.loads(call.file("lifecycle-file"))
            cloud.update("bucket", name, sorted(flags))
        case ["storage", "buckets", "add-iam-policy-binding", name]:
            cloud.grant("bucket", name, call)
        case ["storage", "cp", *files, folder] if folder.startswith("gs://"):
            cloud.need("bucket", "gs://" + folder.split("/")[2])
            for file in files:
                with open(file, "rb"):
                    pass
        case ["storage", "rm", name] if "recursive" in flags:
            cloud.delete("bucket", name)
        case ["secrets", "create", name]:
            cloud.create("secret", name, [])
        case ["secrets", "describe", name]:
            cloud.need("secret", name)
        case ["secrets", "delete", name]:
            cloud.delete("secret", name)
        case ["secrets", "add-iam-policy-binding", name]:
            cloud.grant("secret", name, call)
        case ["secrets", "versions", "add", name] if flags["data-file"] == "-":
            cloud.need("secret", name).append(call.data)
        case ["secrets", "versions", "access" | "describe" as verb, "latest"]:
            versions = cloud.need("secret", flags["secret"])
            if not versions:
                raise Refused("NOT_FOUND: no version")
            return versions[-1] if verb == "access" else ""
        case ["artifacts", "repositories", "describe", name]:
            cloud.need("repository", name)
            return f"us-east4-docker.pkg.dev/my-project/{name}\n" if flags.get("format") == "value(registryUri)" else ""
        case ["artifacts", "repositories", "create", name]:
            cloud.create("repository", name)
        case ["artifacts", "repositories", "set-cleanup-policies", name]:
            cloud.update("repository", name, json.loads(call.file("policy")))
        case ["artifacts", "repositories", "add-iam-policy-binding", name]:
            cloud.grant("repository", name, call)
        case ["artifacts", "repositories", "delete", name]:
            cloud.delete("repository", name)
            cloud.state.pop("image", None)
        case ["artifacts", "docker", "images", "describe", name]:
            cloud.need("image", name)
        case ["components", "list"]:
            return "".join(f"{name}\n" for name in cloud.components)
        case ["meta", "list-files-for-upload", folder] if Path(folder).is_dir():
            return "".join(f"{name}\n" for name in cloud.uploaded)
        case ["builds", "submit", folder] if Path(folder).is_dir():
            cloud.need("account", flags["service-account"].rpartition("/")[2])
            cloud.need("bucket", flags["gcs-source-staging-dir"].removesuffix("/source"))
            substitutions = dict(part.split("=") for part in flags["substitutions"].split(","))
            cloud.create("image", substitutions["_IMAGE"])
        case ["run", "services" | "jobs" as kind, "replace", _]:
            cloud.workload(kind, call)
        case ["run", "services" | "jobs" as kind, "describe", name]:
            cloud.need(kind, name)
            return "https://SERVICE_URL\n"
        case ["run", "services" | "jobs" as kind, "delete", name]:
            cloud.delete(kind, name)
        case ["run", "services" | "jobs" as kind, "add-iam-policy-binding", name]:
            cloud.grant(kind, name, call)
        case ["scheduler", "jobs", "create", "http", name]:
            cloud.create("entry", name, dict(sorted(flags.items())))
        case ["scheduler", "jobs", "update", "http", name]:
            flags["headers"] = flags.pop("update-headers")
            cloud.update("entry", name, dict(sorted(flags.items())))
        case ["scheduler", "jobs", "describe", name]:
            cloud.need("entry", name)
        case ["scheduler", "jobs", "delete", name]:
            cloud.delete("entry", name)
        case ["logging", "metrics", "create", name]:
            cloud.create("metric", name, call.file("config-from-file"))
        case ["logging", "metrics", "update", name]:
            cloud.update("metric", name, call.file("config-from-file"))
        case ["logging", "metrics", "describe", name]:
            cloud.need("metric", name)
        case ["logging", "metrics", "delete", name]:
            cloud.delete("metric", name)
        case ["logging", "metrics", "list"]:
            start = flags["filter"].removeprefix("name:")
            return "".join(f"{name}\n" for name in cloud.kind("metric") if name.startswith(start))
        case ["beta", "monitoring", "channels", "list"]:
            return "".join(f"{name}\n" for name in cloud.kind("channel"))
        case ["beta", "monitoring", "channels", "create"]:
            cloud.create("channel", "CHANNEL", flags["channel-labels"])
        case ["beta", "monitoring", "channels", "update", name]:
            cloud.update("channel", name, flags["update-channel-labels"])
        case ["beta", "monitoring", "channels", "delete", name]:
            if any(name in text.splitlines()[-1] for text in cloud.kind("policy").values()):
                raise Refused("FAILED_PRECONDITION: the channel is used by an alert policy")
            cloud.delete("channel", name)
        case ["alpha", "monitoring", "policies", "list"]:
            wanted = re.search(r'userLabels.alert="(.*)"', flags["filter"])
            return "".join(
                f"{name}\n" for name in cloud.kind("policy") if not wanted or name == f"POLICY-{wanted[1]}"
            )
        case ["alpha", "monitoring", "policies", "create"]:
            cloud.create("policy", *cloud.policy(call))
        case ["alpha", "monitoring", "policies", "update", name]:
            if cloud.policy(call)[0] != name:
                raise Refused("INVALID_ARGUMENT: that is another policy")
            cloud.update("policy", *cloud.policy(call))
        case ["alpha", "monitoring", "policies", "delete", name]:
            cloud.delete("policy", name)
        case ["monitoring", "dashboards", "list"]:
            return "".join(f"{name}\n" for name in cloud.kind("dashboard"))
        case ["monitoring", "dashboards", "describe", name]:
            cloud.need("dashboard", name)
            return "ETAG\n"
        case ["monitoring", "dashboards", "create"]:
            cloud.create("dashboard", "DASHBOARD", call.file("config-from-file"))
        case ["monitoring", "dashboards", "update", name]:
            text = call.file("config-from-file")
            if "\netag: ETAG\n" not in text:
                raise Refused("ABORTED: the etag is missing or stale")
            cloud.update("dashboard", name, text.replace("etag: ETAG\n", ""))
        case ["monitoring", "dashboards", "delete", name]:
            cloud.delete("dashboard", name)
        case _:
            raise Refused(f"Invalid choice: {' '.join(words)}")
    return ""


class FakeGcloud:
    """The program, put into a folder, and the server behind it; for use in a `with` statement."""

    def __init__(self, folder: Path):
        self.cloud = Cloud()
        self.calls: list[list[str]] = []
        self.faults: list[list] = []
        """[pattern, how many times, text]: errors that commands end with."""
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                read = b""
                while read.count(b"\0") < 1 or read.count(b"\0") < int(read.split(b"\0")[0]) + 2:
                    read += self.request.recv(65536)
                _, *arguments, data, _ = read.decode().split("\0")
                code, out, err = fake.run(arguments, data)
                self.wfile.write(f"{code}\0{out}\0{err}\0".encode())

        self.server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.program = folder / "gcloud"
        self.program.write_text(PROGRAM.replace("PORT", str(self.server.server_address[1])))
        self.program.chmod(0o755)

    def __enter__(self) -> "FakeGcloud":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def run(self, arguments: list[str], data: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a call."""
        self.calls.append(arguments)
        try:
            for planned in self.faults:
                if planned[1] > 0 and re.search(planned[0], " ".join(arguments)):
                    planned[1] -= 1
                    raise Refused(planned[2])
            return 0, answer(self.cloud, Call(arguments, data)), ""
        except Refused as refused:
            return 1, "", f"ERROR: (gcloud) {refused}\n"
        except Exception as error:  # a mistake of this fake, which the test must show
            return 2, "", f"fake gcloud: {type(error).__name__}: {error}\n"
