"""Many texts as two arrays, so that a million of them can be mapped from a file and found by search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


class Names(Sequence[str]):
    """Texts in increasing order.

    Args:
        texts: all of them in UTF-8, one after another.
        ends: int64 (n + 1): text i is bytes ends[i] .. ends[i + 1].
    """

    def __init__(self, texts: Bytes, ends: NDArray[np.int64]) -> None:
        self.texts = texts
        self.ends = ends
        self._bytes = texts.data

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self[i] for i in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._raw(place % len(self)).decode()

    def __iter__(self) -> Iterator[str]:
        return (self._raw(place).decode() for place in range(len(self)))

    def find(self, text: str) -> int | None:
        """The place of a text, by binary search; None when it is not among them."""
        wanted = text.encode(errors="surrogatepass")  # what is no text is found nowhere
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._raw(low) == wanted else None

    def _raw(self, place: int) -> bytes:
        # Bytes of UTF-8 come in the order of the characters they stand for.
        return self._bytes[int(self.ends[place]) : int(self.ends[place + 1])].tobytes()


class Gathering:
    """Texts on their way to becoming `Names`, added in increasing order."""

    def __init__(self) -> None:
        self._texts = bytearray()
        self._lengths: list[NDArray[np.int32]] = []

    def add(self, texts: Iterable[str]) -> None:
        """Add some texts, each greater than all before."""
        encoded = [text.encode() for text in texts]
        self._texts += b"".join(encoded)
        self._lengths.append(np.fromiter(map(len, encoded), np.int32, len(encoded)))

    def names(self) -> Names:
        """What was added."""
        lengths = np.concatenate([np.zeros(1, np.int32), *self._lengths])
        return Names(np.frombuffer(self._texts, np.uint8), np.cumsum(lengths, dtype=np.int64))


class Places(Mapping[str, int]):
    """The place of each name."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def __getitem__(self, name: str) -> int:
        place = self._names.find(name)
        if place is None:
            raise KeyError(name)
        return place

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._names.find(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
