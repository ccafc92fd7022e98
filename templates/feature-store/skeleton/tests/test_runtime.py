"""What every service of this kind does: health, metrics, log, settings, drain."""

import io
import json
import logging
import threading
import time
import unittest
import urllib.error
import urllib.request

from prometheus_client import CollectorRegistry

from runtime import log
from runtime.environment import Environment, SettingError
from runtime.lifecycle import Lifecycle
from runtime.server import Server
from runtime.web import Refused, Route, Web
from tests.asking import ask

logging.disable(logging.CRITICAL)


def status_of(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


class WebTest(unittest.TestCase):
    def setUp(self):
        def broken(_):
            raise RuntimeError("a secret detail")

        def full(_):
            raise Refused(429, "Later.", {"Retry-After": "2"})

        self.lifecycle = Lifecycle()
        self.web = Web(
            self.lifecycle,
            CollectorRegistry(),
            [
                Route("GET", "/v1/things/{name}", lambda r: {"name": r.parameters["name"]}),
                Route("GET", "/v1/broken", broken),
                Route("GET", "/v1/full", full),
            ],
        )

    def test_alive_before_ready_and_alive_while_it_drains(self):
        def both():
            return [ask(self.web, "GET", p)["status"] for p in ("/healthz", "/readyz")]

        self.assertEqual(both(), [200, 503])
        self.lifecycle.ready()
        self.assertEqual(both(), [200, 200])
        self.lifecycle.draining()
        self.assertEqual(both(), [200, 503])
        self.lifecycle.ready()
        self.assertEqual(both(), [200, 503], "who drains doesn't come back")
        self.lifecycle.fail("The disk is gone.")
        self.assertEqual(both(), [503, 503])

    def test_routes_methods_and_failures(self):
        self.assertEqual(ask(self.web, "GET", "/v1/things/a")["json"], {"name": "a"})
        head = ask(self.web, "HEAD", "/v1/things/a")
        self.assertEqual((head["status"], head["text"]), (200, ""))
        self.assertEqual(head["headers"]["Content-Length"], "14")
        self.assertEqual(ask(self.web, "GET", "/v1/other")["status"], 404)
        wrong = ask(self.web, "POST", "/v1/things/a")
        self.assertEqual((wrong["status"], wrong["headers"]["Allow"]), (405, "GET"))
        broken = ask(self.web, "GET", "/v1/broken")
        self.assertEqual(broken["status"], 500)
        self.assertNotIn("secret", broken["text"])
        full = ask(self.web, "GET", "/v1/full")
        self.assertEqual((full["status"], full["headers"]["Retry-After"]), (429, "2"))

    def test_requests_are_counted_by_route(self):
        ask(self.web, "GET", "/v1/things/a")
        ask(self.web, "GET", "/v1/things/b")
        ask(self.web, "GET", "/v1/stranger")
        ask(self.web, "BREW", "/v1/things/a")
        text = ask(self.web, "GET", "/metrics")["text"]
        self.assertIn(
            'http_requests_total{method="GET",route="/v1/things/{name}",status="200"} 2.0',
            text,
        )
        self.assertIn('method="other"', text)
        self.assertIn("http_request_duration_seconds_bucket{", text)
        self.assertNotIn("stranger", text, "paths of strangers make no series")


class ServerTest(unittest.TestCase):
    def start(self, seconds):
        begun = threading.Event()

        def slow(_):
            begun.set()
            time.sleep(seconds)
            return {"text": "x" * 300_000}

        lifecycle = Lifecycle()
        web = Web(lifecycle, CollectorRegistry(), [Route("GET", "/slow", slow)])
        server = Server(web, lifecycle, port=0, host="127.0.0.1", threads=2)
        server.start()
        lifecycle.ready()
        return server, f"http://127.0.0.1:{server.port}", begun

    def test_what_is_being_answered_is_finished(self):
        server, base, begun = self.start(0.4)
        answers = []

        def read():
            with urllib.request.urlopen(f"{base}/slow", timeout=5) as response:
                answers.append(len(response.read()))

        reader = threading.Thread(target=read)
        reader.start()
        self.assertTrue(begun.wait(5))
        self.assertTrue(server.drain(0, 5))
        reader.join(5)
        self.assertGreater(answers[0], 300_000)

    def test_requests_are_taken_while_the_endpoints_have_not_noticed(self):
        server, base, _ = self.start(0)
        drained = []
        drain = threading.Thread(target=lambda: drained.append(server.drain(0.5, 5)))
        drain.start()
        time.sleep(0.1)
        self.assertEqual(status_of(f"{base}/readyz"), 503)
        self.assertEqual(status_of(f"{base}/healthz"), 200)
        self.assertEqual(status_of(f"{base}/slow"), 200)
        drain.join(5)
        self.assertEqual(drained, [True])

    def test_what_takes_too_long_is_said(self):
        server, base, begun = self.start(2)
        reader = threading.Thread(target=status_of, args=(f"{base}/slow",), daemon=True)
        reader.start()
        self.assertTrue(begun.wait(5))
        self.assertFalse(server.drain(0, 0.1))
        reader.join(5)


class SettingsTest(unittest.TestCase):
    def test_what_is_no_value_is_refused_by_name(self):
        env = Environment({"PORT": "80a", "WAIT": "-1", "MODE": "loud", "EMPTY": ""})
        with self.assertRaisesRegex(SettingError, 'PORT is "80a".*from 0 to 65535'):
            env.whole("PORT", 8080, 0, 65535)
        with self.assertRaisesRegex(SettingError, 'WAIT is "-1"'):
            env.seconds("WAIT", 1, 60)
        with self.assertRaisesRegex(SettingError, "one of a, b"):
            env.choice("MODE", "a", ("a", "b"))
        self.assertEqual(env.whole("EMPTY", 3, 0, 9), 3)

    def test_the_log_is_one_object_a_line(self):
        stream = io.StringIO()
        logging.disable(logging.NOTSET)
        try:
            log.configure("under-test", "info", stream)
            logging.getLogger("x").info("two\nlines", extra=log.fields(port=1))
        finally:
            logging.disable(logging.CRITICAL)
        (line,) = stream.getvalue().splitlines()
        entry = json.loads(line)
        self.assertEqual(entry["message"], "two\nlines")
        self.assertEqual((entry["service"], entry["port"]), ("under-test", 1))
