"""The fake MongoDB server answers PyMongo as a real one does: writes, indexes, queries, cursors."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import bson
import pytest
import support  # noqa: F401  (the path to what follows)
from bson import Decimal128, Int64, ObjectId
from fake_mongo import FakeMongo
from pymongo import DeleteMany, DeleteOne, InsertOne, MongoClient, ReplaceOne, UpdateMany, UpdateOne
from pymongo.collection import Collection
from pymongo.errors import (
    BulkWriteError,
    CollectionInvalid,
    CursorNotFound,
    DuplicateKeyError,
    OperationFailure,
    ServerSelectionTimeoutError,
)
from pymongo.write_concern import WriteConcern

NAMESPACE = "trading.trades"


@pytest.fixture
def client(mongo: FakeMongo) -> Iterator[MongoClient]:
    with MongoClient(mongo.uri, serverSelectionTimeoutMS=5000) as client:
        yield client


@pytest.fixture
def trades(client: MongoClient) -> Collection:
    return client.trading.trades


@pytest.mark.parametrize("query", ["?replicaSet=rs0", "", "?directConnection=true"])
def test_it_is_a_primary(mongo: FakeMongo, query: str):
    with MongoClient(f"mongodb://{mongo.address}/{query}", serverSelectionTimeoutMS=5000) as client:
        assert client.admin.command("ping") == {"ok": 1.0}
        hello = client.admin.command("hello")
        assert (hello["setName"], hello["me"], hello["maxWireVersion"]) == ("rs0", mongo.address, 17)
        assert client.is_primary and client.server_info()["version"] == "6.0.0"
    with MongoClient(f"mongodb://{mongo.address}/?replicaSet=other", serverSelectionTimeoutMS=300) as client:
        with pytest.raises(ServerSelectionTimeoutError, match="other"):
            client.admin.command("ping")


def test_every_type_comes_back_as_it_went(trades: Collection):
    document = {
        "_id": ObjectId(), "int": 7, "long": Int64(7), "double": 7.0, "tiny": 5e-324, "text": "é\0x", "none": None,
        "true": True, "at": datetime(2025, 1, 2, 14, 30, 0, 123000), "decimal": Decimal128("1.10"),
        "list": [1, {"b": 1, "a": 2}, []], "bytes": b"\0\1", "pattern": bson.Regex("^a", "i"),
    }  # fmt: skip
    trades.insert_one(dict(document))
    found = trades.with_options(
        codec_options=bson.CodecOptions(document_class=bson.raw_bson.RawBSONDocument)
    ).find_one()
    assert found.raw == bson.encode(document)


def test_bulk_upserts_with_duplicates(trades: Collection, mongo: FakeMongo):
    keys = [f"k{number % 2000}" for number in range(3000)]
    rows = [ReplaceOne({"_id": key}, {"_id": key, "at": at}, True) for at, key in enumerate(keys)]
    began = time.monotonic()
    first = trades.bulk_write(rows).bulk_api_result
    assert time.monotonic() - began < 30
    assert (first["nUpserted"], first["nMatched"], first["nModified"]) == (2000, 1000, 1000)
    assert [one["index"] for one in first["upserted"]] == list(range(2000)) and first["upserted"][7]["_id"] == "k7"
    second = trades.bulk_write(rows[:2000], ordered=False).bulk_api_result
    assert (second["nUpserted"], second["nMatched"], second["nModified"]) == (0, 2000, 1000)
    assert {one["_id"]: one["at"] for one in mongo.documents(NAMESPACE)} == {
        f"k{number}": number for number in range(2000)
    }
    assert [entry["statements"] for entry in mongo.commands if entry["command"] == "update"] == [3000, 2000]


def test_updates_and_deletes(trades: Collection):
    trades.bulk_write([InsertOne({"_id": number, "n": number, "tags": ["a"]}) for number in range(6)])
    assert trades.update_many({"n": {"$gte": 2, "$lte": 4}}, {"$set": {"in.side": True}}).modified_count == 3
    assert trades.update_many({"_id": {"$in": [0, 1]}}, {"$inc": {"n": 10}, "$unset": {"tags": ""}}).modified_count == 2
    assert trades.update_one({"_id": 5}, {"$set": {"n": 5}}).raw_result["nModified"] == 0
    assert trades.replace_one({"_id": 3}, {"whole": True}).modified_count == 1
    upserted = trades.update_one(
        {"symbol": "QQQ", "day": {"$gte": 3}}, {"$setOnInsert": {"_id": "u"}, "$set": {"x": 1}}, upsert=True
    )
    assert upserted.upserted_id == "u"
    assert not trades.update_one({"_id": "u"}, {"$setOnInsert": {"x": 2}}, upsert=True).modified_count
    assert list(trades.find().sort("_id")) == [
        {"_id": 0, "n": 10}, {"_id": 1, "n": 11}, {"_id": 2, "n": 2, "tags": ["a"], "in": {"side": True}},
        {"_id": 3, "whole": True}, {"_id": 4, "n": 4, "tags": ["a"], "in": {"side": True}},
        {"_id": 5, "n": 5, "tags": ["a"]}, {"_id": "u", "symbol": "QQQ", "x": 1},
    ]  # fmt: skip
    many = [UpdateMany({}, {"$set": {"y": 1}}), DeleteMany({"y": 1})]
    mixed = trades.bulk_write([UpdateOne({"_id": 0}, {"$set": {"n": 0}}), many[0], DeleteOne({"_id": 1}), many[1]])
    assert (mixed.modified_count, mixed.deleted_count, trades.count_documents({})) == (8, 7, 0)
    with pytest.raises(OperationFailure) as refused:
        trades.replace_one({"_id": 1}, {"_id": 2}, upsert=True)
    assert refused.value.code == 66 and "_id: 2" in refused.value.details["errmsg"]


def test_a_write_that_changes_nothing_makes_no_collection(client: MongoClient, trades: Collection):
    trades.delete_one({"_id": 1})
    trades.update_one({"_id": 1}, {"$set": {"a": 1}})
    assert client.trading.list_collection_names() == []
    client.trading.create_collection("trades")
    with pytest.raises(CollectionInvalid):
        client.trading.create_collection("trades")
    assert client.trading.list_collection_names() == ["trades"] and client.list_database_names() == ["trading"]
    trades.drop()
    assert client.trading.list_collection_names() == []


def test_unique_indexes(trades: Collection):
    assert trades.create_index([("symbol", 1), ("day", -1)], unique=True) == "symbol_1_day_-1"
    assert trades.create_index([("symbol", 1), ("day", -1)], unique=True) == "symbol_1_day_-1"
    trades.insert_one({"_id": 1, "symbol": "QQQ", "day": datetime(2025, 1, 2)})
    trades.insert_one({"_id": 2, "symbol": "QQQ", "day": datetime(2025, 1, 3)})
    with pytest.raises(DuplicateKeyError) as refused:
        trades.insert_one({"_id": 3, "symbol": "QQQ", "day": datetime(2025, 1, 2)})
    details = refused.value.details
    assert details["errmsg"] == (
        "E11000 duplicate key error collection: trading.trades index: symbol_1_day_-1 "
        'dup key: { symbol: "QQQ", day: new Date(1735776000000) }'
    )
    assert details["keyPattern"] == {"symbol": 1, "day": -1} and details["keyValue"]["symbol"] == "QQQ"
    with pytest.raises(DuplicateKeyError, match="symbol_1_day"):
        trades.update_one({"_id": 2}, {"$set": {"day": datetime(2025, 1, 2)}})
    with pytest.raises(DuplicateKeyError, match="index: _id_ dup key: { _id: 1.0 }"):
        trades.insert_one({"_id": 1.0})
    trades.insert_one({"_id": True})
    with pytest.raises(DuplicateKeyError, match="symbol: null, day: null"):
        trades.insert_one({"_id": 4})
    trades.delete_one({"_id": 1})
    trades.insert_one({"_id": 3, "symbol": "QQQ", "day": datetime(2025, 1, 2)})
    assert {name: bool(one.get("unique")) for name, one in trades.index_information().items()} == {
        "_id_": False, "symbol_1_day_-1": True,
    }  # fmt: skip


def test_indexes_that_cannot_be(trades: Collection):
    trades.insert_many([{"a": 1, "b": 1}, {"a": 1, "b": 2}])
    with pytest.raises(DuplicateKeyError, match="index: a_1 dup key: { a: 1 }"):
        trades.create_index("a", unique=True)
    assert list(trades.index_information()) == ["_id_"]
    trades.create_index("b", name="one")
    for code, options in ((86, {"keys": "c", "name": "one"}), (85, {"keys": "b", "name": "two"}),
                          (85, {"keys": "b", "name": "one", "unique": True})):  # fmt: skip
        with pytest.raises(OperationFailure) as refused:
            trades.create_index(**options)
        assert refused.value.code == code
    trades.drop_index("one")
    trades.create_index("b", unique=True, partialFilterExpression={"b": {"$gt": 1}})
    trades.insert_one({"b": 1})
    with pytest.raises(DuplicateKeyError):
        trades.insert_one({"b": 2})


@pytest.mark.parametrize("ordered", [True, False])
def test_ordered_or_not(trades: Collection, ordered: bool):
    rows = [InsertOne({"_id": one}) for one in (1, 2, 1, 3, 2, 4)]
    with pytest.raises(BulkWriteError) as refused:
        trades.bulk_write(rows, ordered=ordered)
    errors = refused.value.details["writeErrors"]
    assert [(one["index"], one["code"]) for one in errors] == [(2, 11000), (4, 11000)][: 1 if ordered else 2]
    assert trades.distinct("_id") == ([1, 2] if ordered else [1, 2, 3, 4])


def test_queries(trades: Collection):
    trades.insert_many([{"_id": number, "n": number % 7, "in": {"s": chr(97 + number % 3)}} for number in range(50)])
    rows = trades.find({"in.s": "a"}, {"n": 1, "_id": 0}).sort([("n", -1), ("_id", 1)]).skip(1).limit(3)
    assert list(rows) == [{"n": 6}, {"n": 6}, {"n": 5}]
    assert [one["_id"] for one in trades.find({"_id": {"$in": [3, 99, 1]}}).sort("_id", -1)] == [3, 1]
    assert trades.find_one({"n": {"$gt": 5}, "_id": {"$lt": 10}}, {"in": 0}) == {"_id": 6, "n": 6}
    assert trades.count_documents({"n": 3}) == trades.count_documents({"n": {"$eq": 3.0}}) == 7
    trades.create_index("n")
    assert trades.count_documents({"n": 3}) == len(list(trades.find({"n": 3, "_id": {"$ne": 9999}}))) == 7
    trades.insert_one({"_id": "list", "n": [3, 4]})
    assert trades.count_documents({"n": 3}) == 8, "an element of a list counts"
    assert trades.estimated_document_count() == 51 and sorted(trades.distinct("in.s")) == ["a", "b", "c"]
    trades.create_index([("in.s", 1), ("n", -1)])
    found = trades.find({"in.s": {"$in": ["a", "b"]}, "n": {"$gt": 4}})
    wanted = [number for number in range(50) if number % 3 < 2 and number % 7 > 4]
    assert sorted(one["_id"] for one in found) == wanted
    found = trades.find({"$or": [{"in.s": {"$in": ["a", "b"]}, "n": 6}, {"_id": {"$in": [wanted[0], 2]}}]})
    assert sorted(one["_id"] for one in found) == sorted({2, wanted[0], *(one for one in wanted if one % 7 == 6)})
    with pytest.raises(OperationFailure) as refused:
        trades.find_one({"n": {"$nothing": 1}})
    assert refused.value.code in (2, 238)


def test_cursors_in_batches(trades: Collection, mongo: FakeMongo):
    trades.insert_many([{"_id": number} for number in range(250)])
    assert [one["_id"] for one in trades.find(batch_size=100)] == list(range(250))
    assert (mongo.count("find"), mongo.count("getMore")) == (1, 2)
    assert len(list(trades.find())) == 250 and mongo.count("getMore") == 3
    with trades.find(batch_size=10) as cursor:
        next(cursor)
        number = cursor.cursor_id
    assert mongo.count("killCursors") == 1
    with pytest.raises(CursorNotFound):
        trades.database.command("getMore", number, collection="trades")


def test_win_rate_by_bucket(trades: Collection):
    outcomes = [("gap", 1.5), ("gap", -1), ("gap", 0.5), ("flat", -1), ("flat", -0.2)]
    trades.insert_many([{"bucket": bucket, "r": r} for bucket, r in outcomes])
    pipeline = [
        {"$match": {"r": {"$ne": None}}},
        {"$group": {"_id": "$bucket", "n": {"$sum": 1}, "wins": {"$sum": {"$cond": [{"$gt": ["$r", 0]}, 1, 0]}}}},
        {"$project": {"n": 1, "rate": {"$divide": ["$wins", "$n"]}}},
        {"$sort": {"_id": 1}},
    ]
    assert list(trades.aggregate(pipeline)) == [
        {"_id": "flat", "n": 2, "rate": 0.0}, {"_id": "gap", "n": 3, "rate": 2 / 3},
    ]  # fmt: skip


def test_two_writers_of_the_same_keys(mongo: FakeMongo):
    def write(writer: int) -> int:
        keys = [f"k{number}" for number in range(400)][:: 1 if writer % 2 else -1]
        with MongoClient(mongo.uri) as client:
            rows = [UpdateOne({"_id": key}, {"$inc": {"n": 1}, "$addToSet": {"by": writer}}, True) for key in keys]
            return client.trading.trades.bulk_write(rows).upserted_count

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(8))) == 400
    found = mongo.documents(NAMESPACE)
    assert len(found) == 400 and all(one["n"] == 8 and sorted(one["by"]) == list(range(8)) for one in found)


def test_write_concerns(trades: Collection, mongo: FakeMongo):
    trades.with_options(write_concern=WriteConcern("majority", wtimeout=5000)).insert_one({"_id": 1})
    assert mongo.commands[-1]["writeConcern"] == {"w": "majority", "wtimeout": 5000}
    trades.with_options(write_concern=WriteConcern(0)).insert_one({"_id": 2})
    assert trades.count_documents({}) == 2, "the answer is this command's, not the silent one's"
    with pytest.raises(OperationFailure) as refused:
        trades.with_options(write_concern=WriteConcern(2)).insert_one({"_id": 3})
    assert refused.value.code == 100 and trades.count_documents({}) == 3


def test_unknown_commands(client: MongoClient):
    with pytest.raises(OperationFailure, match="no such command: 'noSuch'") as refused:
        client.trading.command("noSuch", 1)
    assert refused.value.code == 59 and refused.value.details["codeName"] == "CommandNotFound"
