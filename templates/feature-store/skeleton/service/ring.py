"""Whose an entity is: the member with the highest hash. Few move when members change."""

import hashlib
from collections.abc import Iterable


def order_of(entity: str, members: Iterable[str]) -> list[str]:
    """The owner first, then who would be it without the ones before."""

    def weight(member: str) -> tuple[bytes, str]:
        digest = hashlib.blake2b(f"{member}\0{entity}".encode(), digest_size=8)
        return digest.digest(), member

    return sorted(members, key=weight, reverse=True)
