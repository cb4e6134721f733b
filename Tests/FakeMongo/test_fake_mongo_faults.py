"""The fake MongoDB server's faults and retried writes, as PyMongo sees them."""

import socket
import struct
import time
import uuid
from collections.abc import Iterator

import bson
import pytest
import support  # noqa: F401  (the path to what follows)
from fake_mongo import FakeMongo
from pymongo import InsertOne, MongoClient, UpdateOne
from pymongo.collection import Collection
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    DuplicateKeyError,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    WriteConcernError,
)

NAMESPACE = "trading.trades"


@pytest.fixture
def trades(mongo: FakeMongo) -> Iterator[Collection]:
    with MongoClient(mongo.uri, serverSelectionTimeoutMS=5000) as client:
        client.admin.command("ping")
        yield client.trading.trades


@pytest.fixture
def not_retrying(mongo: FakeMongo) -> Iterator[Collection]:
    with MongoClient(mongo.uri_of(retryWrites="false"), serverSelectionTimeoutMS=5000) as client:
        yield client.trading.trades


def increments(count: int) -> list[UpdateOne]:
    return [UpdateOne({"_id": number}, {"$inc": {"n": 1}}, upsert=True) for number in range(count)]


def updates(mongo: FakeMongo) -> list[dict]:
    return [entry for entry in mongo.commands if entry["command"] == "update"]


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        ({"closeConnection": True}, 0), ({"closeAfter": True}, 30),
        ({"closeConnection": True, "afterStatements": 7}, 7),
        ({"errorCode": 91}, 0), ({"errorCode": 11600, "afterStatements": 7}, 7), ({"errorCode": 189}, 0),
        ({"stepDownMS": 100}, 0), ({"stepDownMS": 100, "afterStatements": 7}, 7),
        ({"writeConcernError": {"code": 91, "errmsg": "shutting down"}}, 30),
    ],
)  # fmt: skip
def test_a_retried_bulk_happens_once(trades: Collection, mongo: FakeMongo, fault: dict, applied: int):
    point = mongo.fail("update", **fault)
    result = trades.bulk_write(increments(30))
    assert point.hits == 1 and result.upserted_count == 30 and result.modified_count == 0
    assert [(one["n"], one["_id"]) for one in mongo.documents(NAMESPACE)] == [(1, number) for number in range(30)]
    first, second = updates(mongo)
    assert first["txnNumber"] == second["txnNumber"] and first["fault"] and not second["fault"]
    assert second["retried"] == applied and second["ok"] and second["answered"]
    assert trades.bulk_write(increments(30)).modified_count == 30, "the next one is a new one"


def test_without_retries_nothing_is_recorded(not_retrying: Collection, mongo: FakeMongo):
    mongo.fail("update", closeAfter=True)
    with pytest.raises(AutoReconnect):
        not_retrying.bulk_write(increments(3))
    not_retrying.bulk_write(increments(3))
    assert [one["n"] for one in mongo.documents(NAMESPACE)] == [2, 2, 2]
    assert [entry["txnNumber"] for entry in updates(mongo)] == [None, None]


def exchange(mongo: FakeMongo, command: dict, documents: list[dict], checksum: bool = False) -> dict:
    """The answer to a command whose documents go in a section of their own."""
    host, port = mongo.address.split(":")
    rows = b"".join(map(bson.encode, documents))
    section = b"documents\0" + rows
    content = struct.pack("<I", int(checksum)) + b"\1" + struct.pack("<i", len(section) + 4) + section
    content += b"\0" + bson.encode(command | {"$db": "trading"}) + b"\0" * 4 * checksum
    with socket.create_connection((host, int(port)), timeout=5) as plain:
        plain.sendall(struct.pack("<iiii", len(content) + 16, 7, 0, 2013) + content)
        data = b""
        while len(data) < 4 or len(data) < struct.unpack_from("<i", data)[0]:
            part = plain.recv(65536)
            assert part, "the connection was closed without an answer"
            data += part
    assert struct.unpack_from("<ii", data, 8) == (7, 2013)
    return bson.decode(data[21:])


def test_transaction_numbers_and_statement_ids(mongo: FakeMongo):
    command = {"insert": "trades", "lsid": {"id": bson.Binary.from_uuid(uuid.uuid4())}}
    first = command | {"txnNumber": bson.Int64(5)}
    assert exchange(mongo, first, [{"_id": 1}, {"_id": 2}]) == {"n": 2, "ok": 1.0}
    again = exchange(mongo, first, [{"_id": 1}, {"_id": 2}], checksum=True)
    assert again == {"n": 2, "retriedStmtIds": [0, 1], "ok": 1.0}
    more = exchange(mongo, first | {"stmtIds": [1, 2]}, [{"_id": 2}, {"_id": 3}])
    assert more == {"n": 2, "retriedStmtIds": [1], "ok": 1.0}
    assert exchange(mongo, command | {"txnNumber": bson.Int64(4)}, [{"_id": 4}])["code"] == 225
    assert exchange(mongo, command | {"txnNumber": bson.Int64(6)}, [{"_id": 1}])["writeErrors"][0]["code"] == 11000
    assert [one["_id"] for one in mongo.documents(NAMESPACE)] == [1, 2, 3]


@pytest.mark.parametrize(("code", "kind"), [(13, OperationFailure), (50, OperationFailure), (11000, DuplicateKeyError)])
def test_codes_that_are_not_retried(trades: Collection, mongo: FakeMongo, code: int, kind: type):
    mongo.fail("insert", errorCode=code)
    with pytest.raises(OperationFailure) as refused:
        trades.insert_one({"_id": 1})
    assert isinstance(refused.value, kind) and refused.value.code == code
    assert not refused.value.has_error_label("RetryableWriteError")
    assert mongo.count("insert") == 1 and mongo.documents(NAMESPACE) == []


def test_labels(trades: Collection, not_retrying: Collection, mongo: FakeMongo):
    mongo.fail("insert", times=4, errorCode=11600)
    with pytest.raises(NotPrimaryError) as refused:
        trades.insert_one({})
    assert refused.value.details["errorLabels"] == ["RetryableWriteError"] and mongo.count("insert") == 2
    with pytest.raises(NotPrimaryError) as refused:
        not_retrying.insert_one({})
    assert "errorLabels" not in refused.value.details
    mongo.fail_points.clear()
    mongo.fail("insert", errorCode=112, errorLabels=["Other"])
    with pytest.raises(OperationFailure) as refused:
        trades.insert_one({})
    assert refused.value.has_error_label("Other") and refused.value.details["codeName"] == "WriteConflict"


@pytest.mark.parametrize("ordered", [True, False])
def test_a_statement_that_fails(trades: Collection, mongo: FakeMongo, ordered: bool):
    mongo.fail("insert", errorCode=11000, afterStatements=2, writeError=True)
    with pytest.raises(BulkWriteError) as refused:
        trades.bulk_write([InsertOne({"_id": number}) for number in range(5)], ordered=ordered)
    (error,) = refused.value.details["writeErrors"]
    assert (error["index"], error["code"], error["keyValue"]) == (2, 11000, {"_id": 2})
    assert [one["_id"] for one in mongo.documents(NAMESPACE)] == ([0, 1] if ordered else [0, 1, 3, 4])


def test_a_write_concern_that_times_out(trades: Collection, mongo: FakeMongo):
    mongo.fail("insert", writeConcernError={"code": 64, "errInfo": {"wtimeout": True}})
    with pytest.raises(WriteConcernError) as refused:
        trades.insert_one({"_id": 1})
    assert refused.value.code == 64 and refused.value.details["codeName"] == "WriteConcernFailed"
    assert len(mongo.documents(NAMESPACE)) == 1


def test_a_server_that_does_not_answer(mongo: FakeMongo):
    with MongoClient(mongo.uri_of(retryWrites="false"), socketTimeoutMS=300) as client:
        client.admin.command("ping")
        mongo.fail("insert", hang=True)
        with pytest.raises(NetworkTimeout):
            client.trading.trades.insert_one({"_id": 1})
        mongo.fail("insert", blockConnection=True, blockTimeMS=150)
        began = time.monotonic()
        client.trading.trades.insert_one({"_id": 2})
        assert time.monotonic() - began >= 0.15
    assert [one["_id"] for one in mongo.documents(NAMESPACE)] == [2]


def test_stepping_down(not_retrying: Collection, mongo: FakeMongo):
    not_retrying.insert_one({"_id": 1})
    mongo.fail("insert", stepDownMS=60_000)
    with pytest.raises(NotPrimaryError) as refused:
        not_retrying.insert_one({"_id": 2})
    assert refused.value.details["code"] == 10107
    with MongoClient(f"mongodb://{mongo.address}/?directConnection=true", retryWrites=False) as direct:
        assert not direct.admin.command("hello")["isWritablePrimary"]
        with pytest.raises(NotPrimaryError):
            direct.trading.trades.insert_one({"_id": 3})
        assert direct.trading.trades.find_one()["_id"] == 1, "a secondary may be read directly"
    began = time.monotonic()
    mongo.step_down(0.2)
    not_retrying.insert_one({"_id": 4})
    assert time.monotonic() - began >= 0.2, "it waits for the primary"
    assert [one["_id"] for one in mongo.documents(NAMESPACE)] == [1, 4]


def test_skipped_probable_and_configured_fail_points(trades: Collection, mongo: FakeMongo):
    admin = trades.database.client.admin
    admin.command(
        "configureFailPoint", "failCommand", mode={"times": 1}, data={"failCommands": ["find"], "errorCode": 50}
    )
    with pytest.raises(OperationFailure):
        trades.find_one()
    assert trades.find_one() is None
    assert admin.command("configureFailPoint", "failCommand", mode="off")["count"] == 1
    skipping = mongo.fail("count", "aggregate", skip=2, errorCode=50)
    outcomes = []
    for _ in range(4):
        try:
            outcomes.append(trades.count_documents({}))
        except OperationFailure:
            outcomes.append(None)
    assert outcomes == [0, 0, None, 0] and skipping.hits == 1

    mongo.fail("count", "aggregate", errorCode=50)
    later = mongo.fail("count", "aggregate", skip=1, errorCode=13)
    codes = []
    for _ in range(2):
        with pytest.raises(OperationFailure) as refused:
            trades.count_documents({})
        codes.append(refused.value.code)
    assert codes == [50, 13] and later.hits == 1, "one that is not taken counts all the same"

    def struck(seed: int) -> list[bool]:
        mongo.fail_points.clear()
        point = mongo.fail("ping", times=None, probability=0.3, errorCode=50, seed=seed)
        found = []
        for _ in range(60):
            before = point.hits
            try:
                admin.command("ping")
            except OperationFailure:
                pass
            found.append(point.hits > before)
        return found

    assert struck(1) == struck(1) != struck(2) and 8 < sum(struck(1)) < 30
