import json
import logging
import tempfile
import threading
import time
import unittest
from pathlib import Path

from prometheus_client import CollectorRegistry

from runtime.lifecycle import Lifecycle
from runtime.web import Web
from service.batching import Batcher
from service.engine import CpuEngine, EngineError, create_engine
from service.inference import Inference
from service.model import Layer, Model, ModelError, load
from service.settings import read_settings
from tests.asking import ask

logging.disable(logging.CRITICAL)

MODEL = Model(
    name="m",
    version="1",
    outputs=("x", "y"),
    layers=(
        Layer([[1.0, -1.0], [0.5, 0.5]], [0.0, 1.0], "relu"),
        Layer([[1.0, 0.0], [0.0, 2.0]], [0.0, 0.0], "identity"),
    ),
)


class Gate:
    """An engine that computes when the test lets it."""

    def __init__(self):
        self.open = threading.Event()
        self.batches = []
        self.error = None

    def run(self, batch):
        self.batches.append(len(batch))
        self.open.wait(5)
        if self.error:
            raise self.error
        return [[0.0, 0.0] for _ in batch]


class Service:
    def __init__(self, engine, *, max_queue=2, max_batch=2, timeout=5.0):
        self.broken = []
        self.registry = CollectorRegistry()
        self.inference = Inference(self.registry, timeout_seconds=timeout)
        self.web = Web(Lifecycle(), self.registry, self.inference.routes())
        self.batcher = Batcher(
            engine,
            self.registry,
            max_queue=max_queue,
            max_batch=max_batch,
            max_wait_seconds=0.02,
            on_broken=self.broken.append,
        )
        self.batcher.start()
        self.inference.use(MODEL, self.batcher)

    def infer(self, values=(1, 2)):
        return ask(self.web, "POST", "/v1/infer", {"input": list(values)})

    def infer_later(self):
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(self.infer()), daemon=True
        )
        thread.start()
        return thread, answers

    def metric(self, name):
        return self.registry.get_sample_value(name)

    def until(self, condition):
        deadline = time.monotonic() + 5
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError("it never came to that")
            time.sleep(0.005)


class ModelTest(unittest.TestCase):
    def test_worked_example(self):
        # relu(3 − 1, 0.5 · 4 + 1) = (2, 3), then (2, 2 · 3)
        self.assertEqual(CpuEngine(MODEL).run([[3.0, 1.0]]), [[2.0, 6.0]])
        # relu(1 − 3) = 0
        self.assertEqual(CpuEngine(MODEL).run([[1.0, 3.0]])[0][0], 0.0)

    def test_the_artefact_in_the_image_runs(self):
        model = load(read_settings({}).model_path)
        (scores,) = create_engine("cpu", model, None).run([[0.5] * model.width])
        self.assertEqual(len(scores), len(model.outputs))
        self.assertAlmostEqual(sum(scores), 1.0)

    def test_an_artefact_that_is_none_is_refused_by_its_part(self):
        good = json.loads(read_settings({}).model_path.read_text())
        first, last = good["layers"]
        cases = {
            "layers.1..weights must have 16": [first, {**last, "weights": [[1]] * 3}],
            "layers.1..bias must have 3": [first, {**last, "bias": [1]}],
            "activation": [{**first, "activation": "tanh"}, last],
            "outputs has 3": [first],
            "no layers": [],
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            for said, layers in cases.items():
                path.write_text(json.dumps({**good, "layers": layers}))
                with self.subTest(said), self.assertRaisesRegex(ModelError, said):
                    load(path)

    def test_a_gpu_that_is_not_here_stops_the_start(self):
        with self.assertRaisesRegex(EngineError, "DEVICE is cuda and"):
            create_engine("cuda", MODEL, None)


class InferenceTest(unittest.TestCase):
    def test_scores_are_named(self):
        service = Service(CpuEngine(MODEL))
        answer = service.infer((3, 1))
        self.assertEqual(answer["json"]["scores"], {"x": 2.0, "y": 6.0})

    def test_bad_input_is_answered_at_the_field(self):
        service = Service(CpuEngine(MODEL))
        for body, said in [
            (b"{", "isn't JSON"),
            ({}, "list of 2 numbers"),
            ({"input": [1]}, "list of 2 numbers"),
            ({"input": [1, "2"]}, r'input\[1\] is "2"'),
            ({"input": [True, 1]}, r"input\[0\] is true"),
            (b'{"input": [1, Infinity]}', r"input\[1\] is Infinity"),
        ]:
            with self.subTest(said):
                answer = ask(service.web, "POST", "/v1/infer", body)
                self.assertEqual(answer["status"], 400)
                self.assertRegex(answer["json"]["error"], said)

    def test_a_full_queue_sends_away_and_its_depth_is_told(self):
        gate = Gate()
        service = Service(gate, max_queue=2, max_batch=1)
        first, _ = service.infer_later()
        service.until(lambda: service.metric("inference_running_requests") == 1)
        waiting = [service.infer_later() for _ in range(2)]
        service.until(lambda: service.metric("inference_queue_depth") == 2)
        refused = service.infer()
        self.assertEqual(refused["status"], 429)
        self.assertEqual(refused["headers"]["Retry-After"], "1")
        self.assertEqual(service.metric("inference_refused_total"), 1)
        gate.open.set()
        for thread, answers in [(first, [{"status": 200}]), *waiting]:
            thread.join(5)
            self.assertEqual(answers[0]["status"], 200)
        self.assertEqual(service.metric("inference_queue_depth"), 0)

    def test_what_waits_is_computed_together(self):
        gate = Gate()
        service = Service(gate, max_queue=8, max_batch=4)
        threads = [service.infer_later()[0]]
        service.until(lambda: gate.batches == [1])
        threads += [service.infer_later()[0] for _ in range(5)]
        service.until(lambda: service.metric("inference_queue_depth") == 5)
        gate.open.set()
        for thread in threads:
            thread.join(5)
        self.assertEqual(gate.batches, [1, 4, 1])

    def test_who_has_given_up_is_not_computed_for(self):
        gate = Gate()
        service = Service(gate, max_batch=1, timeout=0.1)
        self.assertEqual(service.infer()["status"], 504)
        self.assertEqual(service.infer()["status"], 504)
        gate.open.set()
        service.until(lambda: service.metric("inference_queue_depth") == 0)
        self.assertEqual(service.infer()["status"], 200)
        self.assertEqual(gate.batches, [1, 1], "the second was left out")

    def test_a_failed_batch_is_not_the_end_and_a_broken_device_is(self):
        gate = Gate()
        gate.open.set()
        service = Service(gate)
        gate.error = ValueError("once")
        self.assertEqual(service.infer()["status"], 500)
        self.assertEqual(service.broken, [])
        gate.error = None
        self.assertEqual(service.infer()["status"], 200)
        gate.error = EngineError("The GPU failed.")
        self.assertEqual(service.infer()["status"], 500)
        service.until(lambda: service.broken == ["The GPU failed."])

    def test_draining_fits_into_the_time_that_kubernetes_gives_a_pod(self):
        settings = read_settings({})
        self.assertLess(
            settings.drain_delay_seconds + settings.shutdown_timeout_seconds, 30
        )
        self.assertLess(settings.timeout_seconds, settings.shutdown_timeout_seconds)
