"""Tries whether the server keeps what it locks: some take a lock and do not enforce it.

    python probe.py

Writes one small object, and leaves it: it is kept as long as the bucket keeps
everything. Run it when the bucket is made, and now and then, as the role that made it:
who may not delete at all can't tell what the lock refuses.
"""

import datetime
import sys
import uuid

import bucket

UTC = datetime.timezone.utc
SOON = datetime.timedelta(hours=1)


def refused(client, call, **request):
    """Whether the server refuses, as it has to."""
    try:
        call(**request)
    except client.exceptions.ClientError as error:
        return bucket.code_of(error) in ("AccessDenied", "InvalidRequest", "403")
    return False


def succeeds(client, call, **request):
    try:
        call(**request)
    except client.exceptions.ClientError:
        return False
    return True


def probe(client, settings, now=None):
    """What was tried, and whether it went as it has to."""
    now = now or datetime.datetime.now(UTC)
    name, key, mode = settings["bucket"], f"probes/{uuid.uuid4()}", settings["mode"]
    # Without a lock of its own: it is the bucket's that everything else gets. A bucket
    # with a lock takes nothing without a checksum.
    version = client.put_object(
        Bucket=name, Key=key, Body=b"probe", ChecksumAlgorithm="SHA256"
    ).get("VersionId")
    of = {"Bucket": name, "Key": key, "VersionId": version}
    head = client.head_object(**of)
    until = head.get("ObjectLockRetainUntilDate")
    # Clocks differ by less than an hour, or requests would be refused.
    least = now + datetime.timedelta(days=settings["days"]) - SOON
    results = [
        ("A version that is written has an id.", bool(version)),
        (f"It is locked as {mode}.", head.get("ObjectLockMode") == mode),
        (
            f"The lock lasts for {settings['days']} days.",
            until is not None and until >= least,
        ),
        (
            "A locked version is not deleted.",
            refused(client, client.delete_object, **of),
        ),
    ]
    marker = client.delete_object(Bucket=name, Key=key)
    results += [
        (
            "Deleting without a version leaves a marker.",
            marker.get("DeleteMarker") is True,
        ),
        (
            "Under the marker the version can still be read.",
            client.get_object(**of)["Body"].read() == b"probe",
        ),
        (
            "The marker is deleted, so it is the lock that refuses and no missing right.",
            succeeds(
                client,
                client.delete_object,
                **{**of, "VersionId": marker.get("VersionId")},
            ),
        ),
        (
            "The lock is not shortened.",
            refused(
                client,
                client.put_object_retention,
                **of,
                Retention={"Mode": mode, "RetainUntilDate": now + SOON},
            ),
        ),
        (
            "The lock is not lifted by who asks for it.",
            refused(
                client, client.delete_object, **of, BypassGovernanceRetention=True
            ),
        ),
    ]
    return results


def main(client=None, say=print):
    settings, _ = bucket.read_settings()
    if client is None:
        import boto3

        client = boto3.client("s3", region_name=settings["region"])
    try:
        results = probe(client, settings)
    except client.exceptions.ClientError as error:
        say(f"The probe could not be made: {error}")
        return 2
    for sentence, holds in results:
        say(f"{'ok  ' if holds else 'FAIL'} {sentence}")
    return 0 if all(holds for _, holds in results) else 1


if __name__ == "__main__":
    sys.exit(main())
