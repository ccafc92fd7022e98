import copy
import json
import pathlib
import tempfile
import unittest

import lifecycle

THEIRS = {
    "ID": "by-hand",
    "Status": "Enabled",
    "Filter": {"Prefix": "tmp/"},
    "Expiration": {"Days": 3},
}
OURS = {
    "ID": "ours-uploads",
    "Status": "Enabled",
    "Filter": {"Prefix": "exports/"},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
}


class ClientError(Exception):
    def __init__(self, code="NoSuchLifecycleConfiguration"):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class Bucket:
    """Answers as S3 does, where the rules of a bucket are asked for and written."""

    class exceptions:
        ClientError = ClientError

    def __init__(self, rules=None, drops=None, refuses=False):
        self.rules = rules
        self.drops = drops
        self.refuses = refuses
        self.written = []

    def get_bucket_lifecycle_configuration(self, Bucket):
        if not self.rules:
            raise ClientError()
        return {
            "Rules": copy.deepcopy(self.rules),
            "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K",
        }

    def put_bucket_lifecycle_configuration(self, **request):
        if self.refuses:
            raise ClientError("MalformedXML")
        self.written.append(request)
        rules = copy.deepcopy(request["LifecycleConfiguration"]["Rules"])
        for rule in rules:
            rule.pop(self.drops, None)
        self.rules = rules

    def delete_bucket_lifecycle(self, Bucket):
        self.rules = None


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.said = []
        self.write([OURS])

    def write(self, rules):
        settings = {"bucket": "b", "region": "eu-central-1", "idPrefix": "ours-"}
        (self.folder / "settings.json").write_text(json.dumps(settings))
        (self.folder / "rules.json").write_text(json.dumps(rules))

    def run_with(self, bucket, *arguments):
        return lifecycle.main(
            list(arguments), client=bucket, folder=self.folder, say=self.said.append
        )

    def test_says_what_would_change_and_changes_nothing(self):
        bucket = Bucket()
        self.assertEqual(self.run_with(bucket), 0)
        self.assertEqual(bucket.written, [])
        self.assertIn("+ ours-uploads", self.said[0])

    def test_keeps_the_rules_of_others_and_what_moves_by_default(self):
        bucket = Bucket([THEIRS])
        self.assertEqual(self.run_with(bucket, "--apply"), 0)
        self.assertEqual(bucket.rules, [THEIRS, OURS])
        self.assertEqual(
            bucket.written[0]["TransitionDefaultMinimumObjectSize"],
            "all_storage_classes_128K",
        )

    def test_takes_away_what_is_no_longer_in_the_file(self):
        old = {**OURS, "ID": "ours-old"}
        bucket = Bucket([old, THEIRS])
        self.run_with(bucket, "--apply")
        self.assertEqual(bucket.rules, [THEIRS, OURS])

    def test_twice_is_once(self):
        bucket = Bucket()
        self.run_with(bucket, "--apply")
        self.assertEqual(self.run_with(bucket, "--apply"), 0)
        self.assertEqual(len(bucket.written), 1)

    def test_hits_more_objects_only_when_told(self):
        bucket = Bucket([OURS])
        whole = {**OURS, "Filter": {"Prefix": ""}}
        self.write([whole])
        self.assertEqual(self.run_with(bucket, "--apply"), 2)
        self.assertEqual(bucket.rules, [OURS])
        self.assertIn("--widen", self.said[-1])
        self.assertEqual(self.run_with(bucket, "--apply", "--widen"), 0)
        self.assertEqual(bucket.rules, [whole])

    def test_a_new_rule_for_the_whole_bucket_is_asked_for(self):
        self.write([{**OURS, "Filter": {"Prefix": ""}}])
        self.assertEqual(self.run_with(Bucket(), "--apply"), 2)

    def test_asks_before_more_is_hit_or_sooner_deleted(self):
        sized = {"And": {"Prefix": "a/", "ObjectSizeGreaterThan": 9}}
        tagged = {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}}
        for before, after in (
            ({"Filter": sized}, {"Filter": {"Prefix": "a/"}}),
            ({"Filter": tagged}, {"Filter": {"Prefix": "a/"}}),
            ({"Filter": {"Prefix": "a/b/"}}, {"Filter": {"Prefix": "a/"}}),
            ({"Expiration": {"Days": 90}}, {"Expiration": {"Days": 30}}),
            ({}, {"Expiration": {"Days": 90}}),
            (
                {
                    "NoncurrentVersionExpiration": {
                        "NoncurrentDays": 9,
                        "NewerNoncurrentVersions": 2,
                    }
                },
                {"NoncurrentVersionExpiration": {"NoncurrentDays": 9}},
            ),
        ):
            base = {"ID": "ours", "Status": "Enabled", "Filter": {"Prefix": "a/"}}
            one, other = {**base, **before}, {**base, **after}
            with self.subTest(before=before, after=after):
                self.assertEqual(lifecycle.widened([one], [other]), ["ours"])
                self.assertEqual(lifecycle.widened([other], [one]), [])
                off = {**other, "Status": "Disabled"}
                self.assertEqual(lifecycle.widened([one], [off]), [])

    def test_a_file_without_rules_takes_ours_away(self):
        self.write([])
        bucket = Bucket([OURS])
        self.assertEqual(self.run_with(bucket, "--apply"), 0)
        self.assertIsNone(bucket.rules)

    def test_says_what_the_server_refuses(self):
        self.assertEqual(self.run_with(Bucket(refuses=True), "--apply"), 1)
        self.assertIn("MalformedXML", self.said[-1])

    def test_writes_back_what_was_when_the_server_drops_a_part(self):
        bucket = Bucket([THEIRS], drops="AbortIncompleteMultipartUpload")
        with self.assertRaises(SystemExit) as failed:
            self.run_with(bucket, "--apply")
        self.assertIn("did not keep", str(failed.exception))
        self.assertEqual(bucket.rules, [THEIRS])

    def test_refuses_an_id_of_others(self):
        self.write([{**OURS, "ID": "by-hand"}])
        self.assertEqual(self.run_with(Bucket(), "--apply"), 2)
        self.assertIn('must begin with "ours-"', self.said[0])

    def test_the_rules_of_this_repository_are_in_order(self):
        _, rules = lifecycle.read_settings()
        moves = [move for rule in rules for move in rule.get("Transitions", [])]
        days = [move["Days"] for move in moves]
        self.assertEqual(days, sorted(days))
        self.assertGreaterEqual(days[0], 30)


if __name__ == "__main__":
    unittest.main()
