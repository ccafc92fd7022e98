import json
import math
import tempfile
import unittest
from pathlib import Path

from prometheus_client import CollectorRegistry

from runtime.lifecycle import Lifecycle
from runtime.web import Web
from service.model import Feature, LinearModel, ModelError, load
from service.serving import Serving
from service.settings import read_settings
from tests.asking import ask

MODEL = LinearModel(
    name="m",
    version="1",
    link="identity",
    bias=1.0,
    features=(Feature("a", 2.0, 10.0, 5.0), Feature("b", -1.0, 0.0, 1.0)),
)


class ModelTest(unittest.TestCase):
    def test_worked_example(self):
        # 1 + 2 · (20 − 10) / 5 − 3 = 2
        self.assertAlmostEqual(MODEL.predict([{"a": 20, "b": 3}])[0], 2.0)

    def test_the_artefact_in_the_image_is_served(self):
        model = load(read_settings({}).model_path)
        means = {f.name: f.mean for f in model.features}
        # At the means only the bias is left.
        self.assertAlmostEqual(
            model.predict([means])[0], 1 / (1 + math.exp(-model.bias))
        )
        far = {f.name: 1e9 if f.weight > 0 else -1e9 for f in model.features}
        self.assertEqual(model.predict([far])[0], 1.0, "nothing overflows")

    def test_an_artefact_that_is_none_is_refused_by_its_part(self):
        good = json.loads(read_settings({}).model_path.read_text())
        cases = {
            "features.price": {"features": {"price": {"weight": 1, "mean": 0, "scale": 0}}},
            "link": {"link": "probit"},
            "no features": {"features": {}},
            "no linear model": {"bias": None},
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            for part, change in cases.items():
                path.write_text(json.dumps({**good, **change}))
                with self.subTest(part), self.assertRaisesRegex(ModelError, part):
                    load(path)
            path.write_text("{")
            with self.assertRaisesRegex(ModelError, "isn't JSON"):
                load(path)
            with self.assertRaisesRegex(ModelError, "can't be read"):
                load(Path(folder) / "absent.json")


class ServingTest(unittest.TestCase):
    def setUp(self):
        registry = CollectorRegistry()
        self.serving = Serving(registry, max_instances=2, max_in_flight=1)
        self.web = Web(Lifecycle(), registry, self.serving.routes())

    def predict(self, body):
        return ask(self.web, "POST", "/v1/predict", body)

    def test_before_the_model_is_loaded_it_says_so(self):
        self.assertEqual(self.predict({"instances": [{}]})["status"], 503)

    def test_predictions_and_their_metrics(self):
        self.serving.use(MODEL)
        answer = self.predict({"instances": [{"a": 20, "b": 3}, {"a": 10, "b": 0}]})
        self.assertEqual(answer["status"], 200)
        self.assertEqual(answer["json"]["predictions"], [2.0, 1.0])
        text = ask(self.web, "GET", "/metrics")["text"]
        self.assertIn('model_predictions_total{version="1"} 2.0', text)
        self.assertIn("model_inference_duration_seconds_count 1.0", text)

    def test_bad_input_is_answered_at_the_field(self):
        self.serving.use(MODEL)
        cases = [
            (b"{", 400, "isn't JSON"),
            ([], 400, "instances"),
            ({"instances": []}, 400, "one at least"),
            ({"instances": [1]}, 400, r"instances\[0\] must be an object"),
            ({"instances": [{"a": 1, "b": 1}, {"a": 1}]}, 400, r"instances\[1\].b is null"),
            ({"instances": [{"a": True, "b": 1}]}, 400, r"\.a is true"),
            ({"instances": [{"a": 1, "b": 1, "c": 1}]}, 400, 'has "c"'),
            (b'{"instances": [{"a": NaN, "b": 1}]}', 400, r"\.a is NaN"),
            ({"instances": [{}] * 3}, 413, "may have 2"),
        ]
        for body, status, said in cases:
            with self.subTest(said):
                answer = self.predict(body)
                self.assertEqual(answer["status"], status)
                self.assertRegex(answer["json"]["error"], said)

    def test_more_than_it_may_answer_are_sent_away(self):
        registry = CollectorRegistry()
        serving = Serving(registry, max_instances=2, max_in_flight=1)
        web = Web(Lifecycle(), registry, serving.routes())
        inner = []

        class Reentrant:
            name = version = "m"

            def predict(self, instances):
                inner.append(ask(web, "POST", "/v1/predict", {"instances": [{}]}))
                return [0.0 for _ in instances]

        serving.use(Reentrant())
        outer = ask(web, "POST", "/v1/predict", {"instances": [{}]})
        self.assertEqual(outer["status"], 200)
        self.assertEqual(inner[0]["status"], 503)
        self.assertEqual(inner[0]["headers"]["Retry-After"], "1")
        again = ask(web, "POST", "/v1/predict", {"instances": [{}]})
        self.assertEqual(again["status"], 200, "the place is free again")

    def test_draining_fits_into_the_time_that_kubernetes_gives_a_pod(self):
        settings = read_settings({})
        self.assertLess(
            settings.drain_delay_seconds + settings.shutdown_timeout_seconds, 30
        )
