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
from graph.law.schema import Rule
from graph.law.within import assess_within
from graph.store import Reader, open_store
from graph.verdicts import NOT_ADVICE, Verdict
from loaders import run

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
        finally:
            reader.close()
    parts = [INTRODUCTION, "## Golden questions", golden, "## Measures", *_regimes(law)]
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
