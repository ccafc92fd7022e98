"""The examples: a CSV whose last column is the answer, 0 or 1."""

import csv
import hashlib
import math
from dataclasses import dataclass
from pathlib import Path


class DataError(ValueError):
    """Training again on the same data would fail again; the sentence names the line."""


@dataclass(frozen=True)
class Dataset:
    features: tuple[str, ...]
    rows: list[list[float]]
    answers: list[float]
    digest: str
    """Of the file: another one is another training."""


def read(path: Path) -> Dataset:
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path} isn't UTF-8: {error}.") from error
    reader = csv.reader(lines)
    header = next(reader, [])
    if len(header) < 2:
        raise DataError(f"{path} must have a header with a feature and an answer.")
    rows, answers = [], []
    for fields in reader:
        at = f"{path}, line {reader.line_num}"
        try:
            *row, answer = [float(field) for field in fields]
        except ValueError:
            raise DataError(f"{at}: every field must be a number.") from None
        if len(row) != len(header) - 1 or not all(map(math.isfinite, row)):
            raise DataError(f"{at}: there must be {len(header)} finite numbers.")
        if answer not in (0.0, 1.0):
            raise DataError(f"{at}: {header[-1]} is {answer:g}; it must be 0 or 1.")
        rows.append(row)
        answers.append(answer)
    if not rows:
        raise DataError(f"{path} has no examples.")
    return Dataset(
        features=tuple(header[:-1]),
        rows=rows,
        answers=answers,
        digest=hashlib.sha256(data).hexdigest(),
    )
