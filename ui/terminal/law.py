"""Verdicts as text."""

from collections.abc import Iterable, Iterator
from typing import Any

from graph.verdicts import LAWFUL, LayerVerdict, Verdict
from ui.terminal.text import csv
from ui.text import bare

_COLUMNS = (
    *("id", "verdict", "regime", "layer", "layer_verdict", "measures", "missing", "readings"),
    *("conditions", "assumed", "nexus"),
)


def verdicts(value: object) -> str:
    """A verdict, or those of a file of questions: each layer with its texts and what is missing."""
    text = ""
    for answer in _answers(value):
        name = getattr(answer, "id", "")
        text += "".join(f"{line}\n" for line in _lines(name, answer)) + "\n"
    return text + f"{_answers(value)[0].note}\n"


def csv_verdicts(value: object) -> str:
    """Verdicts as CSV, a row a layer."""
    return csv(_COLUMNS, (row for answer in _answers(value) for row in _rows(answer)))


def hop_lines(layers: Iterable[LayerVerdict]) -> Iterator[str]:
    """The verdicts on a hop, a line a layer."""
    for layer in layers:
        where = f"{layer.regime} {layer.layer.replace('_', ' ')}".strip()
        under = f" under {', '.join(layer.measures)}" if layer.measures else ""
        missing = f"; not known: {'; '.join(layer.missing)}" if layer.missing else ""
        lawful = layer.verdict in LAWFUL and layer.assumed
        assumed = f"; taken for granted: {'; '.join(layer.assumed)}" if lawful else ""
        yield bare(f"§ {where or 'law'}: {layer.verdict}{under}{missing}{assumed}")


def _answers(value: object) -> list[Verdict]:
    found: Any = value["answers"] if isinstance(value, dict) else [value]
    return list(found)


def _lines(name: str, answer: Verdict) -> Iterator[str]:
    yield f"{f'{name}: ' if name else ''}{answer.verdict}"
    for tie in answer.nexus:
        yield f"  because of {bare(tie)}"
    known = {record.id: record for record in answer.cited}
    for layer in answer.layers:
        yield f"  {layer.regime} · {layer.layer.replace('_', ' ')}: {layer.verdict}"
        for measure in layer.measures:
            record = known.get(measure)
            said = f"{record.title} ({record.text}) {record.url}" if record else ""
            yield f"    {bare(measure)}  {bare(said)}"
        yield from (
            f"    reading {bare(r.reading)}: {bare(r.says)} ({bare(r.who)})" for r in layer.readings
        )
        yield from (f"    not known: {bare(text)}" for text in layer.missing)
        yield from (f"    condition: {bare(text)}" for text in layer.conditions)
    yield from (f"  not known: {bare(text)}" for text in answer.missing)
    yield from (f"  assumed: {bare(text)}" for text in answer.assumed)


def _rows(answer: Verdict) -> Iterator[dict[str, str]]:
    whole = {
        "id": getattr(answer, "id", ""),
        "verdict": answer.verdict,
        "nexus": "; ".join(answer.nexus),
        "missing": "; ".join(answer.missing),
        "assumed": "; ".join(answer.assumed),
    }
    for layer in answer.layers:
        yield whole | {
            "regime": layer.regime,
            "layer": layer.layer,
            "layer_verdict": layer.verdict,
            "measures": " ".join(layer.measures),
            "missing": "; ".join(layer.missing),
            "readings": "; ".join(f"{r.reading}: {r.says}" for r in layer.readings),
            "conditions": "; ".join(layer.conditions),
        }
    if not answer.layers:
        yield whole
