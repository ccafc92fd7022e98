"""The artefact: layers of weights, read and checked before any device is asked."""

import json
import math
from dataclasses import dataclass
from pathlib import Path


class ModelError(ValueError):
    """The artefact can't be run; the sentence says which part of it."""


@dataclass(frozen=True)
class Layer:
    weights: list[list[float]]
    """A row for each output."""
    bias: list[float]
    activation: str


@dataclass(frozen=True)
class Model:
    name: str
    version: str
    outputs: tuple[str, ...]
    layers: tuple[Layer, ...]

    @property
    def width(self) -> int:
        """How many numbers an input has."""
        return len(self.layers[0].weights[0])


def load(path: Path) -> Model:
    try:
        artefact = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise ModelError(f"{path} isn't JSON: {error}.") from error
    try:
        model = Model(
            name=str(artefact["name"]),
            version=str(artefact["version"]),
            outputs=tuple(map(str, artefact["outputs"])),
            layers=tuple(
                Layer(
                    weights=[[float(w) for w in row] for row in layer["weights"]],
                    bias=[float(b) for b in layer["bias"]],
                    activation=str(layer["activation"]),
                )
                for layer in artefact["layers"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is no model of layers: {error!r}.") from error
    _check(model)
    return model


def _check(model: Model) -> None:
    if not model.layers or not all(layer.weights for layer in model.layers):
        raise ModelError("The model has no layers, or one without weights.")
    width = model.width
    for index, layer in enumerate(model.layers):
        at = f"layers[{index}]"
        if layer.activation not in ("relu", "softmax", "identity"):
            raise ModelError(
                f'{at}.activation is "{layer.activation}"; '
                "it must be relu, softmax or identity."
            )
        if any(len(row) != width for row in layer.weights):
            raise ModelError(f"{at}.weights must have {width} numbers in each row.")
        if len(layer.bias) != len(layer.weights):
            raise ModelError(f"{at}.bias must have {len(layer.weights)} numbers.")
        if not all(math.isfinite(n) for row in [*layer.weights, layer.bias] for n in row):
            raise ModelError(f"{at} has a number that isn't finite.")
        width = len(layer.weights)
    if width != len(model.outputs):
        raise ModelError(f"outputs has {len(model.outputs)} names for {width} numbers.")
