"""The work: one message in, one result out, the same one whenever it is asked again."""

import json

from service.model import InstanceError, LinearModel


class BadMessage(ValueError):
    """Trying again would end the same; the sentence says what is wrong."""


def score(model: LinearModel, message_id: str, body: bytes, max_instances: int):
    """The result as JSON, and how many instances it is about."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise BadMessage("The message isn't JSON.") from None
    instances = parsed.get("instances") if isinstance(parsed, dict) else None
    if not isinstance(instances, list) or not instances:
        raise BadMessage('The message must be {"instances": [{…}, …]}, with one at least.')
    if len(instances) > max_instances:
        raise BadMessage(
            f"There are {len(instances)} instances; a message may have {max_instances}."
        )
    try:
        predictions = model.predict(instances)
    except InstanceError as error:
        raise BadMessage(str(error)) from error
    result = {
        "id": message_id,
        "model": {"name": model.name, "version": model.version},
        "predictions": predictions,
    }
    return json.dumps(result).encode(), len(instances)
