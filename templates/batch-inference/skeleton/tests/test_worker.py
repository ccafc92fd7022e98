import json
import logging
import threading
import time
import unittest

from prometheus_client import CollectorRegistry

from service.model import load
from service.scoring import BadMessage, score
from service.settings import read_settings
from service.worker import Worker
from tests.memory_source import MemorySource

logging.disable(logging.CRITICAL)


def until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it never came to that")
        time.sleep(0.005)


class Bench:
    def __init__(self, work, messages=()):
        self.source = MemorySource(messages)
        self.registry = CollectorRegistry()
        self.worker = Worker(self.source, work, self.registry, retry_seconds=0.001)

    def run(self, concurrency=1):
        self.worker.start(concurrency)
        until(lambda: self.source.ready.empty() and not self.source.unacknowledged)

    def count(self, outcome):
        return self.registry.get_sample_value(
            "batch_messages_total", {"outcome": outcome}
        )


def echo(message_id, body):
    return body, 1


class WorkerTest(unittest.TestCase):
    def tearDown(self):
        for bench in getattr(self, "benches", []):
            bench.worker.stop(1)

    def bench(self, *args):
        bench = Bench(*args)
        self.benches = [*getattr(self, "benches", []), bench]
        return bench

    def test_it_acknowledges_after_the_work(self):
        seen = []
        bench = self.bench(
            lambda i, b: seen.append(list(bench.source.unacknowledged)) or (b, 2),
            [("a", b"1")],
        )
        bench.run()
        self.assertEqual(len(seen[0]), 1, "not acknowledged while it is being done")
        self.assertEqual(bench.source.results, {"a": [b"1"]})
        self.assertEqual(bench.count("done"), 1)
        self.assertEqual(bench.registry.get_sample_value("batch_items_total"), 2)

    def test_an_id_that_comes_again_is_not_done_again(self):
        done = []
        bench = self.bench(
            lambda i, b: done.append(i) or (b, 1), [("a", b"1"), ("a", b"1"), ("b", b"2")]
        )
        bench.run()
        self.assertEqual(done, ["a", "b"])
        self.assertEqual(bench.count("duplicate"), 1)
        self.assertEqual(bench.source.unacknowledged, {})

    def test_an_acknowledgement_that_was_lost_gives_the_same_result_again(self):
        bench = self.bench(echo, [("a", b"1")])
        bench.source.lose_next = True
        bench.run()
        self.assertEqual(bench.source.results, {"a": [b"1", b"1"]})
        self.assertEqual((bench.count("lost"), bench.count("done")), (1, 1))

    def test_what_can_not_be_done_goes_to_the_dead_letters_at_once(self):
        calls = []

        def work(message_id, body):
            calls.append(message_id)
            raise BadMessage("no")

        bench = self.bench(work, [("a", b""), (None, b"")])
        bench.run()
        self.assertEqual(bench.source.dead, ["a", None])
        self.assertEqual(calls, ["a"])

    def test_what_fails_is_tried_again_and_not_for_ever(self):
        calls = []

        def work(message_id, body):
            calls.append(message_id)
            if message_id == "never" or calls.count(message_id) < 3:
                raise OSError("later")
            return body, 1

        bench = self.bench(work, [("third", b"x"), ("never", b"")])
        bench.run()
        self.assertEqual(bench.source.results, {"third": [b"x"]})
        self.assertEqual(bench.source.dead, ["never"])
        self.assertEqual(calls, ["third"] * 3 + ["never"] * 3)

    def test_on_the_end_nothing_new_is_begun_and_what_is_begun_is_finished(self):
        begun, go = threading.Event(), threading.Event()

        def work(message_id, body):
            begun.set()
            go.wait(5)
            return body, 1

        bench = self.bench(work, [("a", b"1"), ("b", b"2")])
        bench.worker.start(1)
        self.assertTrue(begun.wait(5))
        threading.Timer(0.1, go.set).start()
        self.assertEqual(bench.worker.stop(5), 0)
        self.assertEqual(bench.source.results, {"a": [b"1"]})
        self.assertEqual(bench.source.ready.get_nowait(), ("b", b"2"))

    def test_what_is_not_done_in_time_is_given_back_and_its_result_dropped(self):
        begun, go = threading.Event(), threading.Event()

        def work(message_id, body):
            begun.set()
            go.wait(5)
            return b"late", 1

        bench = self.bench(work, [("a", b"1")])
        bench.worker.start(1)
        self.assertTrue(begun.wait(5))
        self.assertEqual(bench.worker.stop(0.05), 1)
        self.assertEqual(bench.source.ready.get_nowait(), ("a", b"1"))
        go.set()
        time.sleep(0.1)
        self.assertEqual(bench.source.results, {}, "another worker has it now")
        self.assertEqual((bench.count("returned"), bench.count("done")), (1, 0))

    def test_what_failed_for_now_is_given_back_on_the_end(self):
        failed = threading.Event()

        def work(message_id, body):
            failed.set()
            raise OSError("later")

        bench = self.bench(work, [("a", b"1")])
        bench.worker._retry_seconds = 60
        bench.worker.start(1)
        self.assertTrue(failed.wait(5))
        bench.worker.stop(5)
        self.assertEqual(bench.source.ready.get_nowait(), ("a", b"1"))
        self.assertEqual(bench.source.dead, [])

    def test_several_at_a_time_do_each_once(self):
        bench = self.bench(echo, [(str(i), b"x") for i in range(200)])
        bench.run(8)
        self.assertEqual(len(bench.source.results), 200)
        self.assertTrue(all(len(r) == 1 for r in bench.source.results.values()))


class ScoringTest(unittest.TestCase):
    def setUp(self):
        self.model = load(read_settings({}).model_path)

    def test_the_result_names_its_message_and_its_model(self):
        instance = {f.name: f.mean for f in self.model.features}
        body = json.dumps({"instances": [instance, instance]}).encode()
        text, items = score(self.model, "m-1", body, 10)
        result = json.loads(text)
        self.assertEqual((result["id"], items), ("m-1", 2))
        self.assertEqual(result["predictions"], self.model.predict([instance] * 2))
        self.assertEqual(text, score(self.model, "m-1", body, 10)[0], "each time the same")

    def test_bad_messages_are_told_by_their_part(self):
        for body, said in [
            (b"{", "isn't JSON"),
            (b"[]", "instances"),
            (b'{"instances": []}', "one at least"),
            (b'{"instances": [{"price": "x"}]}', r"instances\[0\]\.price"),
            (b'{"instances": [1, 2, 3]}', "may have 2"),
        ]:
            with self.subTest(said), self.assertRaisesRegex(BadMessage, said):
                score(self.model, "m", body, 2)


class SettingsTest(unittest.TestCase):
    def test_queues_are_named_after_the_service(self):
        settings = read_settings({"SERVICE_NAME": "scores"})
        self.assertEqual((settings.queue, settings.results), ("scores", "scores.results"))
        self.assertLess(settings.finish_seconds, 30)
