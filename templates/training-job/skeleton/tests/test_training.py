import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from prometheus_client import CollectorRegistry

from training.checkpoints import Checkpoints
from training.dataset import DataError, Dataset, read
from training.run import Run
from training.settings import read_settings, run_id_of
from training.trainer import Diverged, Trainer

logging.disable(logging.CRITICAL)

DATA = Dataset(
    features=("x",),
    rows=[[float(i)] for i in range(40)],
    answers=[0.0] * 20 + [1.0] * 20,
    digest="d",
)


def trainer():
    return Trainer(DATA, seed=1, batch_size=8, learning_rate=0.5)


class TrainerTest(unittest.TestCase):
    def test_it_learns(self):
        learner = trainer()
        first = learner.step()
        # At weights of zero each answer is a coin: ln 2.
        self.assertAlmostEqual(first, 0.6931, places=4)
        for _ in range(500):
            last = learner.step()
        self.assertLess(last, 0.1)

    def test_one_step_by_hand(self):
        data = Dataset(("x",), [[-1.0], [1.0]], [0.0, 1.0], "d")
        learner = Trainer(data, seed=1, batch_size=2, learning_rate=0.1)
        learner.step()
        # The gradient is ((½ − 0) · −1 + (½ − 1) · 1) / 2 = −½.
        self.assertAlmostEqual(learner.state()["weights"][0], 0.05)
        self.assertAlmostEqual(learner.state()["bias"], 0.0)

    def test_taken_up_at_any_step_it_ends_the_same(self):
        whole = trainer()
        for _ in range(60):
            whole.step()
        for stopped_at in (1, 4, 5, 6, 33):
            first = trainer()
            for _ in range(stopped_at):
                first.step()
            second = trainer()
            second.restore(json.loads(json.dumps(first.state())))
            for _ in range(60 - stopped_at):
                second.step()
            self.assertEqual(second.state(), whole.state(), stopped_at)

    def test_a_loss_that_is_no_number_is_said(self):
        data = Dataset(("x",), [[-1.0], [1.0]], [1.0, 0.0], "d")
        learner = Trainer(data, seed=1, batch_size=2, learning_rate=float("inf"))
        with self.assertRaisesRegex(Diverged, "LEARNING_RATE"):
            for _ in range(10):
                learner.step()


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def checkpoints(self, run_id="r"):
        return Checkpoints(self.root, run_id, keep=2, keep_runs=2)

    def run_to(self, total, stopping=lambda: False):
        learner = trainer()
        checkpoints = self.checkpoints()
        checkpoints.prepare()
        registry = CollectorRegistry()
        run = Run(
            learner, checkpoints, registry, total_steps=total, checkpoint_every=10
        )
        return run.train(stopping), learner, registry

    def test_stopped_and_taken_up_it_ends_as_one_that_never_stopped(self):
        calls = []
        done, learner, _ = self.run_to(
            50, lambda: calls.append(1) or len(calls) > 23
        )
        self.assertFalse(done)
        self.assertEqual(learner.steps, 23)
        self.assertEqual(self.checkpoints().latest()["steps"], 23)
        done, learner, registry = self.run_to(50)
        self.assertTrue(done)
        self.assertEqual(registry.get_sample_value("training_steps_total"), 27)
        whole = trainer()
        for _ in range(50):
            whole.step()
        self.assertEqual(learner.state(), whole.state())

    def test_a_run_that_is_done_does_nothing_more(self):
        self.run_to(20)
        done, _, registry = self.run_to(20)
        self.assertTrue(done)
        self.assertEqual(registry.get_sample_value("training_steps_total"), 0)

    def test_a_checkpoint_that_is_not_whole_is_not_taken(self):
        checkpoints = self.checkpoints()
        checkpoints.prepare()
        checkpoints.save({"steps": 10, "weights": [1.0], "bias": 0.0})
        path = checkpoints.save({"steps": 20, "weights": [2.0], "bias": 0.0})
        for damage in ("", path.read_text()[:-9], path.read_text().replace("2.0", "3.0")):
            path.write_text(damage)
            self.assertEqual(checkpoints.latest()["steps"], 10)

    def test_old_checkpoints_and_old_runs_go(self):
        for run_id in ("a", "b", "c"):
            checkpoints = self.checkpoints(run_id)
            checkpoints.prepare()
            for step in (1, 2, 3):
                checkpoints.save({"steps": step, "weights": [], "bias": 0.0})
            past = time.time() - 1000 + ord(run_id)
            os.utime(checkpoints.folder, (past, past))
        (self.root / "other").mkdir()
        self.checkpoints("d").prepare()
        self.assertEqual({f.name for f in self.root.iterdir()}, {"c", "d", "other"})
        self.assertEqual(
            sorted(f.name for f in (self.root / "c").iterdir()),
            ["step-000000000002.json", "step-000000000003.json"],
        )


class DatasetTest(unittest.TestCase):
    def test_bad_data_is_told_by_its_line(self):
        cases = {
            "": "header",
            "a,y\n": "no examples",
            "a,y\n1,0\nx,1\n": "line 3: every field",
            "a,y\n1,2\n": "y is 2",
            "a,y\n1,1,1\n": "there must be 2",
            "a,y\nnan,1\n": "finite",
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "data.csv"
            for text, said in cases.items():
                path.write_text(text)
                with self.subTest(said), self.assertRaisesRegex(DataError, said):
                    read(path)
            with self.assertRaisesRegex(DataError, "can't be read"):
                read(Path(folder) / "absent.csv")

    def test_other_data_or_settings_are_another_run(self):
        settings = read_settings({})
        self.assertEqual(run_id_of(settings, "a"), run_id_of(settings, "a"))
        self.assertNotEqual(run_id_of(settings, "a"), run_id_of(settings, "b"))
        other = read_settings({"SEED": "2"})
        self.assertNotEqual(run_id_of(settings, "a"), run_id_of(other, "a"))
        self.assertEqual(run_id_of(read_settings({"RUN_ID": "job-1"}), "a"), "job-1")


class ProcessTest(unittest.TestCase):
    """The exit codes that the Job goes by."""

    def start(self, folder, **variables):
        root = Path(__file__).resolve().parent.parent
        return subprocess.Popen(
            [sys.executable, "-m", "training"],
            cwd=root,
            env={**os.environ, "PORT": "0", "CHECKPOINT_DIR": folder, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def test_sigterm_leaves_a_checkpoint_and_the_next_pod_ends_the_run(self):
        with tempfile.TemporaryDirectory() as folder:
            forever = {"TOTAL_STEPS": str(10**9), "RUN_ID": "job"}
            first = self.start(folder, **forever)
            while "Checkpoint" not in (line := first.stdout.readline()):
                self.assertNotEqual(line, "", "it ended")
            first.send_signal(signal.SIGTERM)
            first.communicate(timeout=10)
            self.assertEqual(first.returncode, 75)
            left = Checkpoints(Path(folder), "job", keep=2, keep_runs=2).latest()["steps"]
            self.assertGreaterEqual(left, 500)
            second = self.start(folder, TOTAL_STEPS=str(left + 10), RUN_ID="job")
            out, _ = second.communicate(timeout=10)
            self.assertEqual(second.returncode, 0, out)
            self.assertIn("Taken up", out)
            artefact = json.loads((Path(folder) / "job" / "model.json").read_text())
            self.assertIn("price", artefact["features"])

    def test_what_trying_again_would_not_mend(self):
        with tempfile.TemporaryDirectory() as folder:
            wrong = self.start(folder, TOTAL_STEPS="many")
            self.assertIn("TOTAL_STEPS", wrong.communicate(timeout=10)[0])
            self.assertEqual(wrong.returncode, 2)
            absent = self.start(folder, DATA_PATH="/nowhere.csv")
            absent.communicate(timeout=10)
            self.assertEqual(absent.returncode, 3)
            nowhere = self.start(folder, DEVICE="cuda")
            self.assertIn("DEVICE is cuda and", nowhere.communicate(timeout=10)[0])
            self.assertEqual(nowhere.returncode, 1, "another node may have a GPU")
            full = self.start("/proc/nowhere")
            self.assertIn("CHECKPOINT_DIR", full.communicate(timeout=10)[0])
            self.assertEqual(full.returncode, 1)
