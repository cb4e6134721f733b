"""Which journals a run writes: flags, settings, places, and what contradicts itself."""

import pytest
from writers_support import ALL, DAY, Places, failed

DATES = {"first": DAY, "last": DAY}


def written(places: Places) -> set[str]:
    """The writers whose journal has rows."""
    files, objects, documents = places.state()
    there = {"csv": bool(files), "gcs": bool(objects), "mongodb": documents != "[]"}
    return {writer for writer, is_there in there.items() if is_there}


@pytest.mark.parametrize(
    ("flag", "setting", "expected"),
    [
        (None, None, {"csv"}),
        (None, "gcs", {"gcs"}),
        ("mongodb", "gcs", {"mongodb"}),
        ("csv, mongodb", None, {"csv", "mongodb"}),
        (None, ALL, {"csv", "gcs", "mongodb"}),
    ],
)
def test_the_flag_counts_before_the_setting(places: Places, flag, setting, expected):
    finished = places.backtest(flag, env={"WRITER_TYPE": setting}, **DATES)
    assert finished.code == 0, finished.err
    assert written(places) == expected


@pytest.mark.parametrize("where", ["--output", "OUTPUT_LOCATION"])
def test_a_place_chooses_its_writer(places: Places, where: str):
    """Without the settings of its kind, and with them where they agree."""
    addresses = {
        "gcs": f"gs://{places.name}/some/where",
        "mongodb": f"mongodb://{places.mongo.address}/{places.name}",
        "csv": "./some/where.csv",
    }
    bare = {"GCS_BUCKET": None, "MONGODB_CONNECTION": None, "MONGODB_DATABASE": None}
    for writer, address in addresses.items():
        flags, env = (("--output", address), bare) if where == "--output" else ((), bare | {"OUTPUT_LOCATION": address})
        finished = places.backtest(None, *flags, env=env, **DATES)
        assert finished.code == 0, finished.err
        assert f"Journal: {address.removesuffix('/')}" in finished.out
        assert writer in written(places)
        shown = places.succeed("journal", "show", *flags, "--format", "csv", env=env)
        assert shown.out.count("\n") == 2
    assert list(places.objects()) == ["some/where/dp20/QQQ/2025.csv"]
    assert places.mongo.documents(places.namespace) and (places.folder / "some" / "where.csv").is_file()
    assert not places.csv.exists()


def test_a_place_among_several_writers(places: Places):
    finished = places.backtest("gcs,csv", "--output", f"gs://{places.name}/p", **DATES)
    assert finished.code == 0, finished.err
    assert list(places.objects()) == ["p/dp20/QQQ/2025.csv"] and len(places.rows("csv")) == 1


def test_the_database_of_the_uri(places: Places):
    """Counts when MONGODB_DATABASE is not set; that counts before it."""
    uri = places.mongo.uri_of(database=places.name)
    env = {"MONGODB_CONNECTION": uri, "MONGODB_DATABASE": None, "MONGODB_COLLECTION": "mine"}
    places.receipts("mongodb", env=env, **DATES)
    assert len(places.mongo.documents(f"{places.name}.mine")) == 1
    places.receipts("mongodb", env=env | {"MONGODB_DATABASE": places.name + "-2"}, **DATES)
    assert len(places.mongo.documents(f"{places.name}-2.mine")) == 1


CONTRADICTIONS = [
    (64, ("--writer", "csv", "--output", "gs://bucket/p"), {}, ("--writer", "--output")),
    (64, ("--writer", "gcs", "--output", "x.csv"), {}, ("--writer", "--output")),
    (78, (), {"WRITER_TYPE": "gcs", "OUTPUT_LOCATION": "mongodb://h/d"}, ("WRITER_TYPE", "OUTPUT_LOCATION")),
    (78, (), {"OUTPUT_LOCATION": "gs://another/p"}, ("OUTPUT_LOCATION", "GCS_BUCKET", "another")),
    (
        78, (), {"OUTPUT_LOCATION": "gs://bucket/p", "GCS_PREFIX": "q", "GCS_BUCKET": None},
        ("OUTPUT_LOCATION", "GCS_PREFIX", "'p'", "'q'"),
    ),
    (78, (), {"OUTPUT_LOCATION": "mongodb://elsewhere/d"}, ("OUTPUT_LOCATION", "MONGODB_CONNECTION")),
    (
        78, (), {"WRITER_TYPE": "mongodb", "MONGODB_CONNECTION_FILE": "x"},
        ("MONGODB_CONNECTION", "MONGODB_CONNECTION_FILE", "both set"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "flags", "env", "words"), CONTRADICTIONS)
def test_contradictions_name_both_settings(places: Places, code, flags, env, words):
    failed(places.backtest(None, *flags, env=env, **DATES), code, *words)
    assert written(places) == set()


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"WRITER_TYPE": "bogus"}, ("WRITER_TYPE", "no writer 'bogus'", "csv, gcs, mongodb and postgres")),
        ({"WRITER_TYPE": "csv,csv"}, ("WRITER_TYPE", "csv", "twice")),
        ({"WRITER_TYPE": "csv,"}, ("WRITER_TYPE", "no writer ''")),
        ({"WRITER_TYPE": "gcs", "GCS_BUCKET": None}, ("GCS_BUCKET", "bucket")),
        ({"WRITER_TYPE": "gcs", "GCS_BUCKET": "No Bucket!"}, ("GCS_BUCKET", "No Bucket!")),
        ({"WRITER_TYPE": "gcs", "GCS_GZIP": "maybe"}, ("GCS_GZIP", "maybe")),
        ({"WRITER_TYPE": "gcs", "GCS_PREFIX": "a//b"}, ("GCS_PREFIX", "a//b")),
        (
            {"WRITER_TYPE": "gcs", "GCS_ENDPOINT": "http://storage.example.com", "STORAGE_EMULATOR_HOST": None},
            ("GCS_ENDPOINT", "https"),
        ),
        ({"WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": None}, ("MONGODB_CONNECTION", "URI")),
        ({"WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": "postgres://h/d"}, ("MONGODB_CONNECTION",)),
        ({"WRITER_TYPE": "mongodb", "MONGODB_DATABASE": "a/b"}, ("a/b", "database")),
        ({"WRITER_TYPE": "mongodb", "MONGODB_COLLECTION": "system.x"}, ("system.x", "collection")),
        (
            {"WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": None, "MONGODB_CONNECTION_FILE": "none.txt"},
            ("MONGODB_CONNECTION_FILE", "none.txt"),
        ),
        ({"OUTPUT_LOCATION": "s3://bucket/p"}, ("OUTPUT_LOCATION", "gs://BUCKET/PREFIX")),
        ({"OUTPUT_LOCATION": "gs://B/p"}, ("OUTPUT_LOCATION",)),
    ],
    ids=lambda value: ",".join(f"{name}={text}" for name, text in value.items()) if isinstance(value, dict) else None,
)
def test_wrong_settings(places: Places, env, words):
    """Found before anything is run, also by `config`, and by each in the same words."""
    finished = places.backtest(None, env=env, **DATES)
    failed(finished, 78, *words)
    assert finished.out == "" and written(places) == set()
    failed(places("journal", "stats", env=env), 78, *words)


def test_wrong_flags(places: Places):
    for flags, words in [
        (("--writer", "bogus"), ("--writer", "no writer 'bogus'")),
        (("--writer", "gcs,gcs"), ("--writer", "gcs", "twice")),
        (("--output", "s3://bucket/p"), ("--output", "gs://BUCKET/PREFIX")),
    ]:
        failed(places.backtest(None, *flags, **DATES), 64, *words)
    assert written(places) == set()


def test_one_journal_to_look_at(places: Places):
    """`journal show` and `stats` want one; `verify` takes several."""
    failed(places("journal", "show", "--writer", "csv,gcs"), 64, "several journals", "--writer")
    failed(places("journal", "stats", env={"WRITER_TYPE": "csv,gcs"}), 64, "several journals", "--writer")
    # Both are looked at; neither has a row.
    found = places("journal", "verify", "--writer", "csv,gcs")
    assert found.code == 65 and found.out.count("no rows") == 2
