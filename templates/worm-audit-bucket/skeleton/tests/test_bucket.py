import argparse
import datetime
import json
import unittest

import bucket
import probe


NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class Server:
    """Answers as S3 does, as far as it is asked here."""

    class exceptions:
        ClientError = ClientError

    # How long what is written is kept.
    days = 30

    def __init__(self, exists=False, lock=None, keeps=True, enforces=True):
        self.exists, self.lock = exists, lock
        self.keeps, self.enforces = keeps, enforces
        # A version that this identity has no right to delete, lock or not.
        self.refuses = "none"
        # A call that the server does not take.
        self.refused = None
        self.calls = []

    def head_bucket(self, **_):
        if not self.exists:
            raise ClientError("404")
        return {}

    def create_bucket(self, **request):
        self.calls.append(("create", request))
        self.exists = True

    def get_object_lock_configuration(self, **_):
        if self.lock is None:
            raise ClientError("ObjectLockConfigurationNotFoundError")
        return {"ObjectLockConfiguration": self.lock}

    def put_object_lock_configuration(self, ObjectLockConfiguration, **_):
        self.calls.append(("lock", ObjectLockConfiguration))
        if self.keeps:
            self.lock = ObjectLockConfiguration

    def put_bucket_policy(self, Policy, **_):
        self.calls.append(("policy", json.loads(Policy)))

    def __getattr__(self, name):
        if not name.startswith(("put_bucket", "put_public")):
            raise AttributeError(name)

        def put(**request):
            if name == self.refused:
                raise ClientError("InvalidArgument")
            self.calls.append((name, request))

        return put

    def put_object(self, **_):
        return {"VersionId": "1"}

    def head_object(self, **_):
        until = NOW + datetime.timedelta(days=self.days)
        return {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}

    def put_object_retention(self, **_):
        if self.enforces:
            raise ClientError("AccessDenied")

    def delete_object(self, VersionId=None, **_):
        if self.refuses == VersionId or VersionId == "1" and self.enforces:
            raise ClientError("AccessDenied")
        return {"DeleteMarker": True, "VersionId": VersionId or "marker"}

    def get_object(self, **_):
        class Body:
            @staticmethod
            def read():
                return b"probe"

        return {"Body": Body}


def locked(mode, days):
    retention = {"Mode": mode, "Days": days}
    return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}


def options(**given):
    return argparse.Namespace(**{"shorten": False, "compliance": None, **given})


SETTINGS = {
    "bucket": "audit",
    "region": "eu-central-1",
    "account": "123456789012",
    "mode": "GOVERNANCE",
    "days": 30,
    "encryption": "AES256",
}


class Bucket(unittest.TestCase):
    def setUp(self):
        self.settings, self.policy = bucket.read_settings()
        self.said = []

    def run_with(self, server, *arguments):
        more = (
            ("--compliance", self.settings["bucket"])
            if self.settings["mode"] == "COMPLIANCE"
            else ()
        )
        return bucket.main([*arguments, *more], client=server, say=self.said.append)

    def test_changes_nothing_unless_told(self):
        server = Server()
        self.assertEqual(bucket.main([], client=server, say=self.said.append), 0)
        self.assertEqual(server.calls, [])
        self.assertIn("--apply", self.said[-1])

    def test_makes_a_bucket_whose_objects_can_be_locked_and_closes_it_last(self):
        server = Server()
        self.assertEqual(self.run_with(server, "--apply"), 0)
        name, request = server.calls[0]
        self.assertEqual(name, "create")
        self.assertTrue(request["ObjectLockEnabledForBucket"])
        self.assertEqual(server.calls[-1][0], "policy")
        self.assertEqual(
            server.lock, locked(self.settings["mode"], self.settings["days"])
        )

    def test_twice_makes_one_bucket(self):
        server = Server()
        self.run_with(server, "--apply")
        self.run_with(server, "--apply")
        self.assertEqual([name for name, _ in server.calls].count("create"), 1)

    def test_fails_when_the_server_does_not_keep_the_lock(self):
        with self.assertRaises(SystemExit):
            self.run_with(Server(keeps=False), "--apply")

    def test_says_what_the_server_refuses(self):
        server = Server()
        server.refused = "put_bucket_encryption"
        self.assertEqual(self.run_with(server, "--apply"), 1)
        self.assertIn("InvalidArgument", self.said[-1])
        self.assertNotIn("policy", [name for name, _ in server.calls])

    def test_shortens_only_when_told(self):
        before = (True, "GOVERNANCE", 31)
        with self.assertRaises(bucket.Refused):
            bucket.check(SETTINGS, before, options())
        bucket.check(SETTINGS, before, options(shorten=True))

    def test_a_lock_that_nobody_lifts_wants_the_name_of_the_bucket(self):
        settings = {**SETTINGS, "mode": "COMPLIANCE"}
        for compliance in (None, "another"):
            with self.assertRaises(bucket.Refused):
                bucket.check(settings, (False, None, 0), options(compliance=compliance))
        bucket.check(settings, (False, None, 0), options(compliance="audit"))

    def test_a_lock_is_not_weakened_by_the_way(self):
        with self.assertRaises(bucket.Refused):
            bucket.check(SETTINGS, (True, "COMPLIANCE", 30), options())

    def test_years_are_days(self):
        lock = locked("GOVERNANCE", 0)
        lock["Rule"]["DefaultRetention"] = {"Mode": "GOVERNANCE", "Years": 2}
        found = bucket.present_lock(Server(exists=True, lock=lock), {})
        self.assertEqual(found, (True, "GOVERNANCE", 730))

    def test_the_policy_lets_nobody_lift_the_lock(self):
        denied = [
            statement["Action"]
            for statement in self.policy["Statement"]
            if statement["Effect"] == "Deny" and "Condition" not in statement
        ]
        self.assertEqual(denied, ["s3:BypassGovernanceRetention"])


class Probe(unittest.TestCase):
    def failed(self, server, **more):
        results = probe.probe(server, {**SETTINGS, **more}, now=NOW)
        return [what for what, holds in results if not holds]

    def test_holds_where_the_server_enforces(self):
        self.assertEqual(self.failed(Server()), [])

    def test_says_where_it_does_not(self):
        self.assertEqual(
            self.failed(Server(enforces=False)),
            [
                "A locked version is not deleted.",
                "The lock is not shortened.",
                "The lock is not lifted by who asks for it.",
            ],
        )

    def test_says_when_the_lock_is_another_one(self):
        self.assertEqual(
            self.failed(Server(), mode="COMPLIANCE", days=31),
            ["It is locked as COMPLIANCE.", "The lock lasts for 31 days."],
        )

    def test_does_not_take_a_missing_right_for_a_lock(self):
        server = Server()
        server.refuses = "marker"
        self.assertEqual(
            self.failed(server),
            [
                "The marker is deleted, so it is the lock that refuses and no missing right."
            ],
        )


if __name__ == "__main__":
    unittest.main()
