"""Brings rules.json to the bucket of settings.json.

    python lifecycle.py                    says what would change
    python lifecycle.py --apply            changes it, and reads it back
    python lifecycle.py --apply --widen    also where a rule comes to hit more objects,
                                           or deletes them sooner

S3 replaces all rules of a bucket at once. Those whose ID does not begin with idPrefix
are somebody else's: they are written back as they were read.
"""

import argparse
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent
MOST_RULES = 1000
LONGEST_ID = 255


class Refused(Exception):
    """Nothing was changed, and this says why."""


def read_settings(folder=FOLDER):
    settings = json.loads((folder / "settings.json").read_text())
    rules = json.loads((folder / "rules.json").read_text())
    check_rules(rules, settings["idPrefix"])
    return settings, rules


def check_rules(rules, id_prefix):
    ids = [rule.get("ID", "") for rule in rules]
    if any(rule.get("Status") not in ("Enabled", "Disabled") for rule in rules):
        raise Refused('rules.json: the Status of a rule is "Enabled" or "Disabled".')
    for id_ in ids:
        if not id_.startswith(id_prefix) or len(id_) > LONGEST_ID:
            raise Refused(
                f'rules.json: the ID "{id_}" must begin with "{id_prefix}" and have'
                f" at most {LONGEST_ID} characters."
            )
    if len(set(ids)) < len(ids):
        raise Refused("rules.json: two rules have one ID; give each one of its own.")


def current(client, bucket):
    """The rules that the bucket has, and from which size on objects move by default."""
    try:
        found = client.get_bucket_lifecycle_configuration(Bucket=bucket)
    except client.exceptions.ClientError as error:
        # A bucket without rules answers with an error.
        if error.response["Error"]["Code"] == "NoSuchLifecycleConfiguration":
            return [], None
        raise
    return found["Rules"], found.get("TransitionDefaultMinimumObjectSize")


def merged(found, rules, id_prefix):
    """What the bucket is to have: the rules of others first, as they are."""
    others = [rule for rule in found if not rule.get("ID", "").startswith(id_prefix)]
    wanted = others + rules
    if len(wanted) > MOST_RULES:
        raise Refused(
            f"The bucket would have {len(wanted)} rules, and S3 takes {MOST_RULES}."
        )
    return wanted


def scope_of(rule):
    """What a rule hits; where the filter says nothing, all objects of the bucket."""
    found = rule.get("Filter") or {"Prefix": rule.get("Prefix") or ""}
    found = found.get("And", found)
    tags = found.get("Tags", []) + ([found["Tag"]] if "Tag" in found else [])
    return {
        "prefix": found.get("Prefix") or "",
        "above": found.get("ObjectSizeGreaterThan", -1),
        "below": found.get("ObjectSizeLessThan", float("inf")),
        "tags": {(tag["Key"], tag["Value"]) for tag in tags},
    }


def is_within(scope, other):
    """Whether all that is hit by the one is hit by the other."""
    return (
        scope["prefix"].startswith(other["prefix"])
        and scope["above"] >= other["above"]
        and scope["below"] <= other["below"]
        and scope["tags"] >= other["tags"]
    )


def deletions(rule):
    """After how many days something is deleted, and but for how many versions."""
    expiry = rule.get("Expiration", {})
    old = rule.get("NoncurrentVersionExpiration", {})
    never = float("inf")
    return (
        # A date is one that passes.
        0 if "Date" in expiry else expiry.get("Days", never),
        old.get("NoncurrentDays", never),
        old.get("NewerNoncurrentVersions", 0) if old else never,
        rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation", never),
    )


def is_wider(rule, before):
    if rule["Status"] != "Enabled":
        return False
    if before is None or before["Status"] != "Enabled":
        return scope_of(rule)["prefix"] == ""
    return not is_within(scope_of(rule), scope_of(before)) or any(
        now < then for now, then in zip(deletions(rule), deletions(before))
    )


def widened(found, rules):
    """IDs of rules that come to hit more objects, or delete them sooner."""
    before = {rule.get("ID"): rule for rule in found}
    return [rule["ID"] for rule in rules if is_wider(rule, before.get(rule["ID"]))]


def by_id(rules):
    return {rule.get("ID", ""): canonical(rule) for rule in rules}


def canonical(rule):
    return json.dumps(rule, sort_keys=True, default=str)


def difference(found, wanted):
    """One line for each rule that is added, changed or taken away."""
    before, after = by_id(found), by_id(wanted)
    lines = []
    for id_ in sorted(before.keys() | after.keys()):
        if id_ not in before:
            lines.append(f"+ {id_}: {after[id_]}")
        elif id_ not in after:
            lines.append(f"- {id_}: {before[id_]}")
        elif before[id_] != after[id_]:
            lines.append(f"~ {id_}: {before[id_]}\n    now {after[id_]}")
    return lines


def write(client, bucket, rules, least):
    if rules:
        more = {"TransitionDefaultMinimumObjectSize": least} if least else {}
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": rules}, **more
        )
    else:
        # S3 takes no configuration without a rule.
        client.delete_bucket_lifecycle(Bucket=bucket)


def apply(client, settings, rules, found, say):
    """Writes the rules; `found` are those under which it was said what changes."""
    bucket = settings["bucket"]
    again, least = current(client, bucket)
    if by_id(again) != by_id(found):
        raise Refused("Somebody changed the rules just now; start again.")
    wanted = merged(found, rules, settings["idPrefix"])
    try:
        write(client, bucket, wanted, least)
    except client.exceptions.ClientError:
        # S3 takes all or nothing; others stop where they don't go on.
        if by_id(current(client, bucket)[0]) != by_id(found):
            write(client, bucket, found, least)
        raise
    kept, _ = current(client, bucket)
    lost = difference(wanted, kept)
    if lost:
        # A rule without its filter is one for more objects.
        write(client, bucket, found, least)
        raise SystemExit(
            "The server did not keep what was written, so what it had before was"
            " written back. It is to have, and kept:\n" + "\n".join(lost)
        )
    say(f"{bucket} has {len(kept)} rules, {len(rules)} of them from here.")


def main(arguments=None, client=None, folder=FOLDER, say=print):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apply", action="store_true")
    parser.add_argument("--widen", action="store_true")
    options = parser.parse_args(arguments)
    try:
        settings, rules = read_settings(folder)
        if client is None:
            import boto3

            client = boto3.client("s3", region_name=settings["region"])
        found, _ = current(client, settings["bucket"])
        changes = difference(found, merged(found, rules, settings["idPrefix"]))
        if not changes:
            say(f"{settings['bucket']} has these rules already.")
            return 0
        say("\n".join(changes))
        if not options.apply:
            say("Nothing was changed; --apply does it.")
            return 0
        wider = widened(found, rules)
        if wider and not options.widen:
            raise Refused(
                f"{', '.join(wider)} would hit more objects, or delete them sooner."
                " Look at how many and which (an inventory of the bucket says it),"
                " and add --widen."
            )
        apply(client, settings, rules, found, say)
        return 0
    except Refused as refused:
        say(str(refused))
        return 2
    except client.exceptions.ClientError as error:
        say(f"The server refused, and nothing was changed: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
