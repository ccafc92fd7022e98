"""The model: read once at start, checked, and asked for many instances at a time."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ModelError(ValueError):
    """The artefact can't be served; the sentence says which part of it."""


class InstanceError(ValueError):
    """An instance can't be scored; the sentence names the feature."""


@dataclass(frozen=True)
class Feature:
    name: str
    weight: float
    mean: float
    scale: float


@dataclass(frozen=True)
class LinearModel:
    """Replace it by your own: what is asked of it is `load`, `version` and `predict`."""

    name: str
    version: str
    link: str
    bias: float
    features: tuple[Feature, ...]

    def predict(self, instances: Sequence[Mapping[str, object]]) -> list[float]:
        return [self._predict(i, instance) for i, instance in enumerate(instances)]

    def _predict(self, index: int, instance: Mapping[str, object]) -> float:
        if not isinstance(instance, Mapping):
            raise InstanceError(f"instances[{index}] must be an object.")
        known = {feature.name for feature in self.features}
        unknown = sorted(str(name) for name in instance if name not in known)
        if unknown:
            raise InstanceError(
                f'instances[{index}] has "{unknown[0]}"; this model knows '
                f"{', '.join(sorted(known))}."
            )
        total = self.bias
        for feature in self.features:
            value = instance.get(feature.name)
            if (
                isinstance(value, bool)
                or not isinstance(value, (int, float))
                or not math.isfinite(value)
            ):
                raise InstanceError(
                    f"instances[{index}].{feature.name} is {json.dumps(value, default=str)}; "
                    "it must be a number."
                )
            total += feature.weight * (value - feature.mean) / feature.scale
        return _logistic(total) if self.link == "logistic" else total


def _logistic(x: float) -> float:
    # Both forms are the same number; each is the one that can't overflow.
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def load(path: Path) -> LinearModel:
    try:
        artefact = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise ModelError(f"{path} isn't JSON: {error}.") from error
    try:
        features = tuple(
            Feature(name, float(f["weight"]), float(f["mean"]), float(f["scale"]))
            for name, f in artefact["features"].items()
        )
        model = LinearModel(
            name=str(artefact["name"]),
            version=str(artefact["version"]),
            link=str(artefact["link"]),
            bias=float(artefact["bias"]),
            features=features,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"{path} is no linear model: {error!r}.") from error
    if model.link not in ("logistic", "identity"):
        raise ModelError(
            f'link is "{model.link}" in {path}; it must be logistic or identity.'
        )
    if not features:
        raise ModelError(f"{path} has no features.")
    for feature in features:
        numbers = (feature.weight, feature.mean, feature.scale)
        if not all(map(math.isfinite, numbers)) or feature.scale == 0:
            raise ModelError(
                f"features.{feature.name} in {path} must have finite numbers, "
                "and a scale that isn't 0."
            )
    return model
