"""Makes the bucket of settings.json, or brings one that is there to what it says.

    python bucket.py                        says what would change
    python bucket.py --apply                changes it, and reads it back
    python bucket.py --apply --shorten      also where new objects would be kept for less
    python bucket.py --apply --compliance NAME-OF-THE-BUCKET
                                            for a lock that nobody can lift

What is written twice is the same as once. Nothing that is locked is ever touched: the
default of a bucket is for objects that come later.
"""

import argparse
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent
MODES = ("GOVERNANCE", "COMPLIANCE")
MOST_DAYS = 36500


class Refused(Exception):
    """Nothing was changed, and this says why."""


def read_settings(folder=FOLDER):
    settings = json.loads((folder / "settings.json").read_text())
    if settings["mode"] not in MODES:
        raise Refused(f'settings.json: mode is "{settings["mode"]}"; it is one of {MODES}.')
    if not 1 <= settings["days"] <= MOST_DAYS:
        raise Refused(f"settings.json: days is {settings['days']}; it is from 1 to {MOST_DAYS}.")
    return settings, json.loads((folder / "policy.json").read_text())


def code_of(error):
    return error.response["Error"]["Code"]


def asked(client, question, absent, **more):
    """What the bucket says; None where it says that there is nothing."""
    try:
        return question(**more)
    except client.exceptions.ClientError as error:
        if code_of(error) in absent:
            return None
        raise


def is_there(client, of):
    """Whether the bucket is, and is ours: one of another account is refused by S3."""
    return (
        asked(client, client.head_bucket, ("404", "NoSuchBucket", "NotFound"), **of)
        is not None
    )


def present_lock(client, of):
    """Whether objects can be locked, and what is the default: (mode, days)."""
    found = asked(
        client,
        client.get_object_lock_configuration,
        ("ObjectLockConfigurationNotFoundError", "InvalidRequest"),
        **of,
    )
    lock = (found or {}).get("ObjectLockConfiguration", {})
    default = lock.get("Rule", {}).get("DefaultRetention", {})
    days = default.get("Days", 365 * default.get("Years", 0))
    return lock.get("ObjectLockEnabled") == "Enabled", default.get("Mode"), days


def wanted_lock(settings):
    retention = {"Mode": settings["mode"], "Days": settings["days"]}
    return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}


def check(settings, before, options):
    _, mode, days = before
    if settings["days"] < days and not options.shorten:
        raise Refused(
            f"Objects are kept for {days} days now, and would be for"
            f" {settings['days']}; add --shorten if that is meant."
        )
    if mode == "COMPLIANCE" and settings["mode"] == "GOVERNANCE" and not options.shorten:
        raise Refused(
            "Nobody can lift the lock of new objects now, and somebody could;"
            " add --shorten if that is meant."
        )
    becomes = settings["mode"] == "COMPLIANCE" and mode != "COMPLIANCE"
    if becomes and options.compliance != settings["bucket"]:
        raise Refused(
            f"With COMPLIANCE nobody, not the owner of the account, deletes an object"
            f" within {settings['days']} days of its writing, and all of them are paid"
            f" for. Two people should agree; then add --compliance {settings['bucket']}."
        )


def encryption_of(settings):
    rule = {"SSEAlgorithm": settings["encryption"]}
    more = {"BucketKeyEnabled": True} if settings["encryption"] == "aws:kms" else {}
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": rule, **more}]}


def create(client, settings):
    region = settings["region"]
    # This one region is the default, and is refused as a constraint.
    place = (
        {}
        if region == "us-east-1"
        else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    )
    client.create_bucket(
        Bucket=settings["bucket"], ObjectLockEnabledForBucket=True, **place
    )


def apply(client, settings, policy, of):
    closed = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    client.put_bucket_versioning(VersioningConfiguration={"Status": "Enabled"}, **of)
    client.put_public_access_block(PublicAccessBlockConfiguration=closed, **of)
    client.put_bucket_ownership_controls(
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}, **of
    )
    client.put_bucket_encryption(
        ServerSideEncryptionConfiguration=encryption_of(settings), **of
    )
    client.put_object_lock_configuration(
        ObjectLockConfiguration=wanted_lock(settings), **of
    )
    # Last: from then on the administrator alone changes any of it.
    client.put_bucket_policy(Policy=json.dumps(policy), **of)


def main(arguments=None, client=None, folder=FOLDER, say=print):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apply", action="store_true")
    parser.add_argument("--shorten", action="store_true")
    parser.add_argument("--compliance", metavar="NAME-OF-THE-BUCKET")
    options = parser.parse_args(arguments)
    try:
        settings, policy = read_settings(folder)
        if client is None:
            import boto3

            client = boto3.client("s3", region_name=settings["region"])
        of = {
            "Bucket": settings["bucket"],
            "ExpectedBucketOwner": settings["account"],
        }
        exists = is_there(client, of)
        before = present_lock(client, of) if exists else (False, None, 0)
        wanted = (True, settings["mode"], settings["days"])
        say(
            f"{settings['bucket']} {'is there' if exists else 'is not there yet'};"
            f" new objects are kept for {before[2]} days ({before[1] or 'unlocked'}),"
            f" and are to be for {settings['days']} ({settings['mode']})."
        )
        if not options.apply:
            say("Nothing was changed; --apply does it.")
            return 0
        check(settings, before, options)
        if not exists:
            create(client, settings)
        apply(client, settings, policy, of)
        after = present_lock(client, of)
        if after != wanted:
            raise SystemExit(f"The server did not keep the lock: it says {after}.")
        say("The lock is as it is to be. Now run probe.py.")
        return 0
    except Refused as refused:
        say(str(refused))
        return 2
    except client.exceptions.ClientError as error:
        say(f"The server refused, and later steps were not tried: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
