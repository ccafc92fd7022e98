"""Settings come from the environment; what is no value stops the start, by name."""

import re
from collections.abc import Mapping, Sequence


class SettingError(ValueError):
    """A sentence that names the variable, its value and what would be right."""


class Environment:
    def __init__(self, variables: Mapping[str, str]):
        self._variables = variables

    def text(self, name: str, default: str) -> str:
        return self._variables.get(name) or default

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        text = self._variables.get(name)
        if not text:
            return default
        if not re.fullmatch(r"\d{1,18}", text) or not least <= int(text) <= most:
            raise SettingError(
                f'{name} is "{text}"; it must be a whole number from {least} to {most}.'
            )
        return int(text)

    def seconds(self, name: str, default: float, most: float) -> float:
        text = self._variables.get(name)
        if not text:
            return default
        if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text) or float(text) > most:
            raise SettingError(
                f'{name} is "{text}"; it must be a number of seconds from 0 to {most:g}.'
            )
        return float(text)

    def choice(self, name: str, default: str, known: Sequence[str]) -> str:
        text = self._variables.get(name) or default
        if text not in known:
            raise SettingError(
                f'{name} is "{text}"; it must be one of {", ".join(known)}.'
            )
        return text
