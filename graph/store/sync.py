"""One store brought to hold what another holds: only data sets that differ move, each as one load."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Literal

import msgspec

from graph.exc import BadInput, NotFound
from graph.model import Entity, Reading, Record, Refusal, SetMember, Source
from graph.store import Load, Reader, Writer, open_store, open_writer

State = Literal["new", "changed", "unchanged", "only_there"]

_UNFINISHED = "unfinished:"
"""Before the digest of a data set of which only the ground for others stands yet."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What bringing one data set over does to the target.

    Attributes:
        state: new, changed or unchanged; `only_there` for what only the target holds and keeps.
        records: how many the target holds afterwards.
        conflict: why the target's own is not replaced unasked; empty where nothing speaks against it.
    """

    dataset: str
    state: State
    added: int = 0
    changed: int = 0
    removed: int = 0
    records: int = 0
    conflict: str = ""


class Sync(msgspec.Struct, frozen=True, kw_only=True, rename={"origin": "from", "target": "to"}):
    """What was brought over, or would be; `revision` is that of the target, 0 when it is not there."""

    origin: str
    target: str
    dry_run: bool
    datasets: tuple[Change, ...]
    revision: int


def sync(
    origin: str,
    target: str,
    *,
    dry_run: bool = False,
    replace: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Sync:
    """Make the store `target` hold every data set of the store `origin` as it is there.

    Each data set is one load: what is done stays done when a later one fails, and a second run goes
    on from there. Data sets that only the target holds stay as they are.

    Args:
        origin: the store to read.
        target: the store to write; made when absent.
        dry_run: say what would change and write nothing.
        replace: take the place of data sets that conflict.
        say: is told what is being done.

    Raises:
        BadInput: for a conflict, or when the target cannot hold both what it has and what comes.
        NotFound: when there is no store at `origin`.
        StoreError: when either store cannot be used.
    """
    if origin == target:
        raise BadInput("both sides are the same store: name another one")
    source = open_store(origin)
    try:
        changes = _planned(source, target)
        if not dry_run:
            if not replace:
                _refuse_conflicts(changes, target)
            _Carrier(source, target, say).carry(changes)
    finally:
        source.close()
    return Sync(
        origin=origin,
        target=target,
        dry_run=dry_run,
        datasets=changes,
        revision=_revision(target),
    )


def plan(source: Reader, target: Reader | None) -> tuple[Change, ...]:
    """What each data set of `source` would change in `target`, and what only the target has, by name."""
    there = {load.dataset: load for load in target.loads()} if target is not None else {}
    here = {load.dataset: load for load in source.loads()}
    changes = [_change(source, target, load, there.get(name)) for name, load in here.items()]
    kept = [
        Change(dataset=name, state="only_there", records=load.written)
        for name, load in there.items()
        if name not in here
    ]
    return tuple(sorted((*changes, *kept), key=lambda change: change.dataset))


def _planned(source: Reader, uri: str) -> tuple[Change, ...]:
    target = _reader(uri)
    try:
        return plan(source, target)
    finally:
        if target is not None:
            target.close()


def _change(source: Reader, target: Reader | None, here: Load, there: Load | None) -> Change:
    name, records = here.dataset, here.written
    if target is None or there is None:
        return Change(dataset=name, state="new", added=records, records=records)
    if here.digest == there.digest:
        return Change(dataset=name, state="unchanged", records=records)
    before, after = _prints(target, name), _prints(source, name)
    return Change(
        dataset=name,
        state="changed",
        added=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in after.keys() & before.keys()),
        removed=len(before.keys() - after.keys()),
        records=records,
        conflict=_conflict(source, target, here, there),
    )


def _conflict(source: Reader, target: Reader, here: Load, there: Load) -> str:
    """Why the target's data set may be one that this one should not replace, or the empty string."""
    if there.digest.startswith(_UNFINISHED):
        return ""
    if (here.loader, here.origin) != (there.loader, there.origin):
        return "it was loaded from another place there"
    newest_here, newest_there = _newest(source, here.dataset), _newest(target, here.dataset)
    if newest_there > newest_here:
        return f"its newest source there is of {newest_there}, here of {newest_here or 'no date'}"
    return ""


def _refuse_conflicts(changes: Sequence[Change], target: str) -> None:
    for change in changes:
        if change.conflict:
            raise BadInput(
                f"the data set {change.dataset!r} of {target} is another one ({change.conflict}): "
                "look with --dry-run, and give --replace to put this one in its place"
            )


def _newest(reader: Reader, dataset: str) -> str:
    sources = takewhile(lambda record: isinstance(record, Source), reader.records(dataset))
    dates = (s.retrieved or s.published for s in sources if isinstance(s, Source))
    return max(dates, default="")


class _Carrier:
    """Brings data sets over in an order in which what leans on another comes after it."""

    def __init__(self, source: Reader, target: str, say: Callable[[str], None]) -> None:
        self.source = source
        self.target = target
        self.say = say
        self.done: list[str] = []

    def carry(self, changes: Sequence[Change]) -> None:
        due = {change.dataset for change in changes if change.state in ("new", "changed")}
        if not due:
            return
        # What leans on another was loaded after it, unless that one was loaded again since.
        loads = sorted(self.source.loads(), key=lambda load: load.revision)
        with open_writer(self.target) as writer:
            refused = self._write_all(writer, [load for load in loads if load.dataset in due])
            if len(refused) > 1:  # they lean on each other: first what each gives the others
                for load in refused:
                    self._lay_ground(writer, load)
                refused = self._write_all(writer, list(refused))
        for error in refused.values():
            done = f"; brought over before: {', '.join(self.done)}" if self.done else ""
            raise BadInput(f"{error}{done}")

    def _write_all(self, writer: Writer, due: list[Load]) -> dict[Load, BadInput]:
        """Write all that can be written, whatever the order; gives the rest, with why not."""
        while due:
            refused = {}
            for load in due:
                self.say(f"{load.dataset}: {load.written} records")
                try:
                    writer.write(load, self.source.records(load.dataset))
                    self.done.append(load.dataset)
                except BadInput as error:
                    refused[load] = error
            if len(refused) == len(due):
                return refused
            due = list(refused)
        return {}

    def _lay_ground(self, writer: Writer, load: Load) -> None:
        """Add the entities and sources that are new to what the target has, so that others may lean."""
        standing = _standing(self.target, load.dataset)
        known = {(type(r), r.id) for r in standing if isinstance(r, Source | Entity)}
        new = (r for r in _bare(self.source, load.dataset) if (type(r), r.id) not in known)
        unfinished = msgspec.structs.replace(load, digest=f"{_UNFINISHED}{load.digest}")
        writer.write(unfinished, [*standing, *new])


def _standing(uri: str, dataset: str) -> list[Record]:
    """What a store holds of a data set now."""
    reader = open_store(uri)
    try:
        return list(reader.records(dataset))
    finally:
        reader.close()


def _bare(reader: Reader, dataset: str) -> Iterator[Source | Entity]:
    """The sources and entities of a data set, leaning on nothing."""
    for record in reader.records(dataset):
        if isinstance(record, Source):
            yield record
        elif isinstance(record, Entity):
            yield msgspec.structs.replace(record, claims=())


def _reader(uri: str) -> Reader | None:
    """The store at `uri`; None when there is none yet."""
    try:
        return open_store(uri)
    except NotFound:
        return None


def _revision(uri: str) -> int:
    reader = _reader(uri)
    if reader is None:
        return 0
    try:
        return reader.revision
    finally:
        reader.close()


_encoder = msgspec.json.Encoder(order="deterministic")


def _prints(reader: Reader, dataset: str) -> dict[int, int]:
    """Of every record of a data set, what names it and what it says: short, for there are many."""
    return {
        _print((type(record).__name__, _named(record))): _print(record)
        for record in reader.records(dataset)
    }


def _named(record: Record) -> object:
    if isinstance(record, SetMember):
        return (record.set, record.entity)
    return record if isinstance(record, Refusal | Reading) else record.id


def _print(value: object) -> int:
    digest = hashlib.blake2b(_encoder.encode(value), digest_size=8).digest()
    return int.from_bytes(digest, "big")
