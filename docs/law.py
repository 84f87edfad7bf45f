"""Writes docs/law.md from the law and the curated case, and data/regimes/schema.json from the code.

`python docs/law.py` does both.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.law.files import json_schema
from graph.law.parties import Parties
from graph.law.question import Asker
from graph.law.regimes import Law, load_law
from graph.law.relief import find_measures, switched
from graph.law.schema import Rule
from graph.law.within import assess_within
from graph.relief import DEFAULT_FROM, DEFAULT_TO, DEFAULT_VIA, Relief, relief
from graph.routes import Question, parse_set
from graph.store import Reader, open_store
from graph.verdicts import NOT_ADVICE, Verdict
from graph.view import build_view
from loaders import run

MOST_ROUTES = 1000
RELIEFS = ("us-ofac-gl11", "us-bis-letter", "us-bis-letter,us-ofac-gl11")
GOLDEN = ROOT / "tests" / "law" / "golden.json"
INTRODUCTION = f"""# Law

Written by `docs/law.py` from `data/regimes` and the curated case; a test compares the two. {NOT_ADVICE}

A verdict is given for each layer, a body of rules that must be passed by itself, and the worst counts:
prohibited, unknown, licensed, permitted. Inside a layer a carve-out beats its authorisation, an
authorisation beats the prohibitions of its own layer, and silence means permitted only inside recorded
coverage; outside it the answer is unknown. A regime that nothing ties to the transaction is not asked.
Where readings of a text differ, or a fact that matters is not known, the answer is unknown and says
which. Goods rules, licences, coverage and words are YAML in `data/regimes` (`schema.json` beside them
is their shape); listings and orders upon named parties are rows of `data/belavia/measures.csv`.

- `from`, `to`: half-open, partial dates, by the rule's own text; `published` is when it was known.
- `status`: in_force, suspended, scheduled_unverified (unknown where it decides), superseded, lapsed.
- `read: false`: the text itself was not read; where it decides the answer is unknown.
- `doubt_until`: the end is unsure by so many days; they are unknown.
- `readings`: several readings side by side; where they differ for a transaction it is unknown.
- `named`: an aircraft that a text names whose name was not found.
- A date of a question known to the month or year is a span: unknown, unless all its days agree.
- `--known-at`: only law and listings published by then; an end that came later is not known. Without
  it all that is on record is known, a ruling that reaches back (C-84/24) included.
- Those who are on no list are reached through owners by the regime's own rule (`ownership` of a list).
- An order of a term (`term_days`) without a known renewal is unknown once the term has run.
"""
RELIEF = f"""## Relief

`loophole relief MEASURE,…` asks one question in two states of the law: with measures off and with them
on, on the day the last of them took effect (or `--as-of`); with `--day-before`, all the law on the day
before the first took effect and on the day the last did. The routes are found once, on the later day, and
only their hops are judged twice; a documented hop is judged on its own days both times.

- A hop is lawful when the worst verdict of its layers is licensed or permitted; unknown is not lawful.
- The lawful prefix of a route is its hops from the first one up to the first that is not lawful.
- Gained: the prefix grew to the whole route. Lost: it was the whole route and is no more. Changed: its
  length changed otherwise.
- Loophole: the prefix grew, and a later hop is prohibited. It says which, and under which texts.

{DEFAULT_FROM} to {DEFAULT_TO} by way of {DEFAULT_VIA}, each time with the measures off and on. The
licence of OFAC alone opened nothing, since the EAR barred the same parts; the letter of BIS, a day later,
opened the first hop and no other. Each is a test (`tests/law/test_relief_case.py`)."""


MARK = "<!-- by hand from here on -->"
PAGE = ROOT / "docs" / "law.md"
SCHEMA = ROOT / "data" / "regimes" / "schema.json"


def main() -> str:
    """The whole page; what stands after the mark is kept as it is."""
    law = load_law()
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "case.db")
        run.load(store, run.case_folder())
        reader = open_store(store)
        try:
            golden = "\n".join(_golden(reader, law))
            opened = "\n".join(_reliefs(reader, law))
        finally:
            reader.close()
    parts = [INTRODUCTION, "## Golden questions", golden, RELIEF, opened]
    parts += ["## Measures", *_regimes(law)]
    text = "\n\n".join([*parts, "## Coverage", "\n".join(_coverage(law)), MARK])
    by_hand = PAGE.read_text(encoding="utf-8").partition(MARK)[2] if PAGE.is_file() else "\n"
    return text + (by_hand or "\n")


def _golden(reader: Reader, law: Law) -> Iterator[str]:
    parties = Parties(reader)
    rows = json.loads(GOLDEN.read_text(encoding="utf-8"))["questions"]
    yield "Each is a test (`tests/law/test_golden.py`). ¶ a layer that no test asserts."
    yield ""
    yield "| | question | date | verdict | layers | under |"
    yield "|---|---|---|---|---|---|"
    for row, asked in zip(rows, Asker(reader, law, parties).file(rows), strict=True):
        verdict = assess_within(
            asked.transaction, asked.regime, asked.days, law=law, parties=parties
        )
        layers = _layers(verdict, row.get("debatable", []))
        under = ", ".join(dict.fromkeys(m for v in verdict.layers for m in v.measures))
        date = row["question"]["date"]
        yield f"| {row['id']} | {row['text']} | {date} | {verdict.verdict} | {layers} | {under} |"


def _reliefs(reader: Reader, law: Law) -> Iterator[str]:
    heads = "measures | on | routes | first hop lawful, before | after | gained | lost | changed"
    yield f"| {heads} | loopholes | opened prefixes |"
    yield f"|{'---|' * 10}"
    for names in RELIEFS:
        found = _relief(reader, law, names)
        cells = (
            *(found.measure.replace(",", ", "), found.after.as_of, found.after.routes),
            *(found.before.lawful_first, found.after.lawful_first),
            *(len(found.gained), len(found.lost), len(found.changed)),
            *(len(found.loopholes), len(found.opened)),
        )
        yield f"| {' | '.join(map(str, cells))} |"
    first = found.loopholes[0]
    yield ""
    yield f"The first: {' → '.join(first.route.entities)}; hop {first.unlawful_hop} is barred under"
    yield f"{', '.join(first.under)}."
    yield ""
    yield "Taken for granted where a hop is lawful:"
    yield ""
    yield from (f"- {text}" for text in found.assumed)


def _relief(reader: Reader, law: Law, names: str) -> Relief:
    switch = switched(find_measures(names.split(","), law, reader.measures()), law)
    view = build_view(reader, switch.after.day)
    question = Question(
        origins=parse_set(view, DEFAULT_FROM),
        destinations=parse_set(view, DEFAULT_TO),
        via=(parse_set(view, DEFAULT_VIA),),
    )
    parties = Parties(reader)
    return relief(view, question, switch, parties, k=MOST_ROUTES, version="docs")


def _layers(verdict: Verdict, debatable: list[str]) -> str:
    return "; ".join(
        f"{v.regime} {v.layer.replace('_', ' ')} {v.verdict}{' ¶' if v.layer in debatable else ''}"
        for v in verdict.layers
    )


def _regimes(law: Law) -> Iterator[str]:
    for name, file in law.regimes.items():
        lines = [f"### {name}: {file.name}", ""]
        lines += [
            f"- **{key.replace('_', ' ')}**: {v.title} ({v.text})" for key, v in file.layers.items()
        ]
        lines += [
            "",
            "| id | layer | kind | what | text | from | to | status | confidence | reviewed |",
        ]
        lines += ["|---|---|---|---|---|---|---|---|---|---|"]
        lines += [
            _rule(rule) for rule in sorted(file.entries, key=lambda r: (r.layer, r.start, r.id))
        ]
        yield "\n".join(lines)


def _rule(rule: Rule) -> str:
    kind = type(rule).__name__.casefold()
    what = f"[{rule.title}]({rule.url})"
    cells = (rule.id, rule.layer.replace("_", " "), kind, what, rule.text, rule.start, rule.end)
    return f"| {' | '.join((*cells, rule.status, rule.confidence, rule.last_reviewed))} |"


def _coverage(law: Law) -> Iterator[str]:
    yield "| id | regime | layer | from | to | reviewed | why |"
    yield "|---|---|---|---|---|---|---|"
    for row in law.coverage:
        cells = (row.id, row.regime, row.layer, row.start, row.end, row.reviewed, row.note.strip())
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(main(), encoding="utf-8")
    SCHEMA.write_text(json.dumps(json_schema(), indent=1) + "\n", encoding="utf-8")
