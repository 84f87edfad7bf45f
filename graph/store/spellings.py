"""The names and codes by which an entity is found, whatever store keeps them."""

import hashlib
from collections.abc import Iterable

from graph.identifiers import tail
from graph.model import Entity

SPELT = frozenset({"name", "alias", "id", "registration"})
"""Why a name is there when it may be found by its start or a near spelling; codes are found whole."""


def spellings(entity: Entity) -> Iterable[tuple[str, str]]:
    """Every name or code of an entity, with why it is one."""
    yield entity.name, "name"
    yield entity.id, "id"
    yield from ((alias, "alias") for alias in entity.aliases)
    for identifier in entity.identifiers:
        if identifier.scheme != "other":
            yield identifier.value, identifier.scheme
        if identifier.scheme == tail.SCHEME:
            yield tail.compact(identifier.value), identifier.scheme


def mark(kind: str) -> str:
    """Three private-use characters that stand for a kind of entity: one trigram, in no folded name."""
    return "".join(chr(0xE000 + byte) for byte in hashlib.sha256(kind.encode()).digest()[:3])


def trigrams(text: str) -> list[str]:
    """Every three neighbouring characters of a text, in order."""
    return [text[at : at + 3] for at in range(len(text) - 2)]
