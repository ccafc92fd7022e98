import json
import logging
import sqlite3
import tempfile
import unittest
from pathlib import Path

from prometheus_client import CollectorRegistry

from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Web
from service.api import create_routes
from service.cache import Cache, memory_limit
from service.features import Features
from service.peers import Members, PeerClient
from service.ring import order_of
from service.settings import read_settings, service_of
from service.store import Row, Store
from tests.asking import ask

logging.disable(logging.CRITICAL)

NOW = 1_800_000_000_000


class Replica:
    """A replica on loopback; `listed` is what the headless Service lists."""

    def __init__(self, name, folder, listed, cache_bytes=2**20):
        self.name = name
        self.registry = CollectorRegistry()
        self.store = Store(Path(folder) / name)
        self.cache = Cache(cache_bytes)
        client = PeerClient(2)
        self.members = Members(name, lambda: set(listed.values()), client)
        self.features = Features(
            self.store, self.cache, self.members, client, self.registry
        )
        self.lifecycle = Lifecycle()
        routes = create_routes(
            name,
            self.features,
            phase=lambda: self.lifecycle.phase,
            max_row_bytes=1000,
            max_in_flight=2,
            now_ms=lambda: NOW,
        )
        self.web = Web(self.lifecycle, self.registry, routes)
        self.server = Server(self.web, self.lifecycle, port=0, host="127.0.0.1")
        self.server.start()
        self.address = ("127.0.0.1", self.server.port)

    def put(self, entity, value, at=NOW):
        return ask(
            self.web,
            "PUT",
            f"/v1/features/{entity}",
            {"at": at, "values": {"v": value}},
        )

    def get(self, entity):
        answer = ask(self.web, "GET", f"/v1/features/{entity}")
        return answer["json"]["values"]["v"] if answer["status"] == 200 else None


class TestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.listed = {}

    def replicas(self, *names):
        made = [Replica(name, self.folder, self.listed) for name in names]
        self.listed.update({r.name: r.address for r in made})
        for replica in made:
            replica.lifecycle.ready()
        self.see(*made)
        return made

    def see(self, *replicas):
        for replica in replicas:
            replica.members.refresh()


class StoreTest(TestCase):
    def test_the_newer_row_wins_whatever_comes_first(self):
        store = Store(Path(self.folder))
        store.put([Row("e", 2, {"v": "new"})])
        store.put([Row("e", 1, {"v": "old"})])
        self.assertEqual(store.get("e").values, {"v": "new"})
        store.forget([Row("e", 1, {})])
        self.assertIsNotNone(store.get("e"), "a newer one came meanwhile")
        store.forget([Row("e", 2, {})])
        self.assertIsNone(store.get("e"))

    def test_what_was_written_is_there_after_a_restart(self):
        store = Store(Path(self.folder))
        store.put([Row(f"e{i:04}", i, {"v": i}) for i in range(1200)])
        store.close()
        with self.assertRaises(sqlite3.ProgrammingError):
            store.get("e0001")
        again = Store(Path(self.folder))
        self.assertEqual(again.count(), 1200)
        self.assertEqual([len(page) for page in again.pages()], [500, 500, 200])

    def test_a_page_has_as_much_as_goes_in_one_request(self):
        store = Store(Path(self.folder))
        store.put([Row(f"e{i}", 1, {"v": "x" * 400_000}) for i in range(5)])
        store.put([Row("f", 1, {"v": "x" * 2_000_000})])
        self.assertEqual([len(page) for page in store.pages()], [2, 2, 1, 1])


class CacheTest(unittest.TestCase):
    def test_it_never_takes_more_than_it_may(self):
        cache = Cache(10_000)
        for i in range(1000):
            cache.put(Row(f"e{i}", 1, {"v": "x" * (i % 50)}))
            self.assertLessEqual(cache.bytes, 10_000)
        self.assertIsNone(cache.get("e0"))
        self.assertIsNotNone(cache.get("e999"))
        self.assertGreater(cache.evicted, 900)
        for entity in cache.hot():
            cache.drop(entity)
        self.assertEqual(cache.bytes, 0)

    def test_what_is_asked_for_stays_and_what_is_too_large_is_left_out(self):
        cache = Cache(1500)
        for entity in ("a", "b", "c"):
            cache.put(Row(entity, 1, {}))
        cache.get("a")
        cache.put(Row("d", 1, {}))
        self.assertEqual(cache.hot(), ["c", "a", "d"])
        cache.put(Row("large", 1, {"v": "x" * 5000}))
        self.assertEqual(cache.hot(), ["c", "a", "d"])
        cache.put(Row("a", 0, {"v": "older"}))
        self.assertEqual(cache.get("a").values, {})

    def test_the_limit_of_the_container_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "memory.max"
            self.assertIsNone(memory_limit(file))
            file.write_text("max\n")
            self.assertIsNone(memory_limit(file))
            file.write_text("536870912\n")
            self.assertEqual(memory_limit(file), 536870912)


class RingTest(unittest.TestCase):
    def test_entities_are_shared_out_evenly_and_few_move(self):
        entities = [f"user:{i}" for i in range(3000)]
        three, four = ["s-0", "s-1", "s-2"], ["s-0", "s-1", "s-2", "s-3"]
        before = {e: order_of(e, three)[0] for e in entities}
        after = {e: order_of(e, four)[0] for e in entities}
        for member in three:
            self.assertAlmostEqual(
                list(before.values()).count(member), 1000, delta=120
            )
        moved = [e for e in entities if before[e] != after[e]]
        self.assertAlmostEqual(len(moved), 750, delta=100)
        self.assertEqual({after[e] for e in moved}, {"s-3"})


class ReplicasTest(TestCase):
    def test_any_replica_answers_and_one_keeps(self):
        a, b, c = self.replicas("s-0", "s-1", "s-2")
        for i in range(30):
            self.assertEqual(a.put(f"e{i}", i)["status"], 200)
        for replica in (a, b, c):
            self.assertEqual([replica.get(f"e{i}") for i in range(30)], list(range(30)))
        counts = [replica.store.count() for replica in (a, b, c)]
        self.assertEqual(sum(counts), 30)
        self.assertTrue(all(counts), counts)
        self.assertIsNone(b.get("stranger"))

    def test_one_that_leaves_hands_over_and_loses_nothing(self):
        a, b, c = self.replicas("s-0", "s-1", "s-2")
        for i in range(60):
            a.put(f"e{i}", i)
        c.lifecycle.draining()
        self.assertEqual(c.features.move(leaving=True), 0)
        # Between the handover and the moment others notice, a write still comes here.
        for i in range(60):
            a.put(f"e{i}", i + 100, NOW + 1)
        expected = [i + 100 for i in range(60)]
        # It is listed still, and says itself that it leaves.
        self.see(a, b)
        self.assertEqual(a.members.names(), ["s-0", "s-1"])
        self.assertEqual([b.get(f"e{i}") for i in range(60)], expected)
        c.store.close()
        self.assertEqual([a.get(f"e{i}") for i in range(60)], expected)

    def test_one_that_comes_back_has_what_was_written_meanwhile(self):
        a, b, c = self.replicas("s-0", "s-1", "s-2")
        for i in range(60):
            a.put(f"e{i}", i)
        c.lifecycle.draining()
        c.features.move(leaving=True)
        c.store.close()
        self.see(a, b)
        for i in range(0, 60, 2):
            b.put(f"e{i}", i + 100, NOW + 1)
        back = Replica("s-2", self.folder, self.listed)
        self.listed["s-2"] = back.address
        self.see(a, b, back)
        self.assertEqual(a.members.names(), ["s-0", "s-1"], "it isn't ready yet")
        back.features.join()
        back.lifecycle.ready()
        self.see(a, b)
        expected = [i + 100 if i % 2 == 0 else i for i in range(60)]
        for replica in (a, b, back):
            self.assertEqual([replica.get(f"e{i}") for i in range(60)], expected)

    def test_a_new_one_gets_its_rows_and_others_let_go_of_them(self):
        a, b = self.replicas("s-0", "s-1")
        for i in range(60):
            a.put(f"e{i}", i)
        (c,) = self.replicas("s-2")
        self.see(a, b)
        # Before anything was moved, who owned it before is asked.
        self.assertEqual([a.get(f"e{i}") for i in range(60)], list(range(60)))
        self.assertEqual((a.features.move(), b.features.move()), (0, 0))
        self.assertEqual(sum(r.store.count() for r in (a, b, c)), 60)
        self.assertGreater(c.store.count(), 10)
        self.assertEqual([b.get(f"e{i}") for i in range(60)], list(range(60)))

    def test_when_the_owner_does_not_answer_the_next_one_stands_in(self):
        a, b = self.replicas("s-0", "s-1")
        entity = next(
            f"e{i}" for i in range(99) if order_of(f"e{i}", ["s-0", "s-1"])[0] == "s-1"
        )
        a.put(entity, 1)
        a.members._current["s-1"] = ("127.0.0.1", 1)
        self.assertEqual(a.put(entity, 2, NOW + 1)["status"], 200)
        self.assertEqual(a.get(entity), 2)
        self.assertEqual(b.get(entity), 1, "until it is moved")
        self.see(a)
        self.assertEqual(a.features.move(), 0)
        self.assertEqual((a.get(entity), b.get(entity)), (2, 2))
        self.assertEqual(a.store.count(), 0)

    def test_a_write_to_the_last_one_that_leaves_comes_back_with_its_volume(self):
        a, b = self.replicas("s-0", "s-1")
        a.features.move(leaving=True)
        b.lifecycle.draining()
        self.see(a)
        self.assertEqual(a.put("e", 1)["status"], 200)
        a.store.close()
        self.assertEqual(Store(Path(self.folder) / "s-0").get("e").values, {"v": 1})


class ApiTest(TestCase):
    def test_bad_input_is_answered_at_the_field(self):
        (a,) = self.replicas("s-0")
        cases = [
            (b"{", 400, "isn't JSON"),
            ([], 400, "body must be"),
            ({"values": {}, "ttl": 1}, 400, "body must be"),
            ({"values": []}, 400, "Values must be"),
            ({"at": "now", "values": {}}, 400, "At must be"),
            ({"at": NOW + 3_600_000, "values": {}}, 400, "a time that has been"),
            ({"values": {"v": [1]}}, 400, "values.v must be"),
            (b'{"values": {"v": NaN}}', 400, "values.v must be"),
            ({"values": {"v": "x" * 2000}}, 413, "1000 bytes"),
        ]
        for body, status, said in cases:
            with self.subTest(said):
                answer = ask(a.web, "PUT", "/v1/features/e", body)
                self.assertEqual(answer["status"], status)
                self.assertIn(said, answer["json"]["error"])
        self.assertEqual(ask(a.web, "GET", "/v1/features/a b")["status"], 400)

    def test_where_reads_are_answered_from_is_told(self):
        (a,) = self.replicas("s-0")
        a.put("e", 1)
        a.get("e")
        a.cache.drop("e")
        a.get("e")
        a.get("stranger")
        text = ask(a.web, "GET", "/metrics")["text"]
        for source in ("memory", "disk", "nowhere"):
            self.assertIn(f'feature_store_reads_total{{source="{source}"}} 1.0', text)
        self.assertIn("feature_store_rows 1.0", text)
        self.assertIn("feature_store_cache_max_bytes 1.048576e+06", text)

    def test_what_was_hot_is_read_again(self):
        (a,) = self.replicas("s-0")
        a.put("e", 1)
        hot = json.loads(json.dumps(a.cache.hot()))
        a.cache.drop("e")
        self.assertEqual(a.features.warm([*hot, "gone"]), 1)
        self.assertEqual(a.cache.hot(), ["e"])


    def test_clients_never_take_all_threads(self):
        (a,) = self.replicas("s-0")
        inner = []
        read = a.features.read

        def nested(entity):
            inner.append(ask(a.web, "GET", "/v1/features/e")["status"])
            return read(entity)

        a.features.read = nested
        a.put("e", 1)
        self.assertEqual(ask(a.web, "GET", "/v1/features/e")["status"], 200)
        self.assertEqual(inner, [503, 200], "two places: the third is sent away")
        self.assertEqual(ask(a.web, "GET", "/internal/rows/e")["status"], 200)


class SettingsTest(unittest.TestCase):
    def test_the_headless_service_is_found_by_the_name_of_the_pod(self):
        fqdn = "store-0.store.shop.svc.cluster.local"
        self.assertEqual(service_of(fqdn, "store-0"), "store.shop.svc.cluster.local")
        self.assertEqual(service_of("laptop.example.org", "laptop"), "")
        self.assertEqual(service_of("node-1.example.org", "node-1"), "")

    def test_leaving_fits_into_the_time_that_kubernetes_gives_a_pod(self):
        s = read_settings({})
        total = s.handover_seconds + s.drain_delay_seconds + s.shutdown_timeout_seconds
        self.assertLess(total, 30)
