"""Prints docs/cli.md from the code: `python docs/reference.py > docs/cli.md`."""

import sys
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import click
import msgspec

import cli
from graph.kinds import CERTAINTIES, EDGE_KINDS, STATUSES, EntityKind
from graph.law.ownership import default_rules
from graph.law.ownership.question import ASIDE, Arrangement, Control, Listed, Question, Stake
from graph.law.ownership.rules import Regime
from graph.rules import RULES
from loaders.own_tables import columns

INTRODUCTION = """# Commands

Written by `docs/reference.py` from the code; a test compares the two.

Answers go to standard output, progress and warnings to standard error. `--format json` prints one JSON
object; field names are stable: fields are added, none is renamed. Dates are `YYYY`, `YYYY-MM` or
`YYYY-MM-DD`; a partial date is a span. Exit codes: 0 answered (also when there is no route), 2 the
input or the files are at fault (one plain sentence on standard error), 1 a fault of the program.

A set (`SET`) is a named set of the data, or `id,id,…`, or `@file` with one id a line.
"""

JSON = """## JSON

`routes` prints `{"question", "store", "truncated", "explored_to_cost", "counts", "more", "routes",
"parties", "why_none", "statements", "no_takers", "fleet_unknown", "note", "cut"}`.

- `truncated` is true when the search was broken off, as by `--seconds`; no route that costs less than
  `explored_to_cost` is then missing, dearer ones may be.
- `counts` are of the routes listed; with `--fold`, of all the routes that were folded into lines, so
  that they can be more than the lines. `more` is true when `k` cut the list.
- `cut` is a sentence when some of the store around the question was not read, as on a server around a
  hub (docs/neo4j.md); `truncated` is true then and `explored_to_cost` null. Else `cut` is null.
- A route: `rank, id, basis, chain, family, families, whole_aircraft, cost, terms, entities,
  hops, also_from, also_to`.
  `basis` is `documented` only if every hop is; `chain` is `one-source` when one shipment states all
  hops (or one documented hop is the whole route), else `assembled`. `id` is a hash of the parties in
  order, the same in every store. `also_from`, `also_to`: parties folded into the line.
- A hop: `from, to, kind, edge, basis, rule, reason, start, end, goods, hs, families, certainty,
  contested, cost, terms, order, marks, also, claims, denials, shipment, outcome, verdicts`. `order` is
  `proven` or `unproven` (`backwards` only with `--any-order`); `also` are other edges that would fit.
- A verdict of a hop, one a layer of law: `regime, layer, verdict, measures, missing, readings,
  conditions, assumed`. `verdict` is `prohibited`, `unknown`, `licensed` or `permitted`; a documented
  hop is judged on its own days, a possible one on the as-of date. `measures` are ids in the order of
  use; `missing` are facts that would change the answer. A layer without a name says that no regime, or
  perhaps one that was not asked, has a tie to the hop. A line of folded routes shows the verdicts on
  its own parties.
- A claim: `id, source, kind, url, title, publisher, published, status, certainty, note`. A denial:
  `party, kind, statement, url`.
- `why_none`: when there is no route, `{"without", "routes", "more"}` for every constraint taken away
  alone.

`assess` prints `{"verdict", "nexus", "layers", "missing", "assumed", "cited", "note"}`, where a layer
is as a verdict of a hop, a reading is `measure, reading, says, who, url, reaches`, and `cited` are the
measures used, each with `id, title, text, url, from, to, status, confidence, last_reviewed`. With
`--file` it prints `{"answers": [{"id", and these}]}`: the file holds one question, a list of them, or
`cases`, each `{"id", "question": {"regime", "date", "activity", "seller", "buyer", "via", "destination",
"goods": {"hs6", "eccn", "subject_to_ear"}, "end_use", "known_at"}}` in plain words; only `id` and
`question` are read. What was taken for granted in reading it is in `assumed`.

`relief` prints `{"measure", "question", "store", "before", "after", "more", "truncated", "gained",
"lost", "changed", "loopholes", "opened", "assumed", "cited", "parties", "statements", "note"}`; section
Relief of docs/law.md says what the words mean. The routes are found once and judged in both states of
the law: `before` and `after` are `{"as_of", "off", "routes", "lawful", "lawful_first"}`, counts of the
routes lawful to the end and on the first hop. `gained` and `lost` are routes, with the verdicts of
`after`; `changed` are `{"route", "lawful_before", "lawful_after", "before", "after"}`, lengths of the
lawful prefix in hops and the worst verdict of each hop; `loopholes` the same with `unlawful_hop`,
counted from 1, and `under`, ids of the measures that bar it. These stand in `changed` too.
`opened` are the prefixes `{"id", "entities", "routes"}`. Routes are never folded, and come by cost.

`load` prints `{"loads": [{"source", "loader", "read", "written", "skipped", "warnings", "revision",
"changed"}]}`; `sources` `{"loads", "sources", "refused", "contested"}`, where
`digest` of a load is a SHA-256 over its tables and `sha256` of a source is null, since no copies of
documents are kept; `search` `{"query", "hits"}`;
`show` `{"entity", "measures", "edges", "parties"}`, where `in_force` is null when the dates do not
settle it, an edge has the fields of a hop (`cost` is null where no goods travel on it, `order` always),
and `parties` are the other ends, each with `id, name, kind, country, person_basis`;
`restricted` is below; `export` `{"files": [{"path", "bytes", "sha256"}]}`; `template` `{"files"}`.

`sync` prints `{"from", "to", "dry_run", "datasets", "revision"}`, where a data set is `dataset, state,
added, changed, removed, records, conflict`. `state` is `new`, `changed`, `unchanged`, or `only_there` for
what only the store written to holds, which stays. Two data sets of one name are the same when their
digests are. `conflict` says why the one there is not replaced without `--replace`: it was loaded from
another place, or cites a source later than any here. `revision` is that of the store written to.

`restricted ID` prints `{"entity", "regime", "as_of", "law_known_at", "answer", "rebuttable", "bounds",
"proof", "warnings", "listings", "evidence", "parties", "rules", "revision", "note"}`; `restricted --file`
prints `{"answers": [{"id", "regime", "as_of", "status", "listed", "rebuttable", "bounds", "proof",
"warnings", "rules", "debatable", "note"}]}`.

- `answer`, and `status` of every owned or controlled entity that is not itself listed on the day:
  `restricted`, `not_restricted` (on the facts and listings given) or `unknown`.
- `proof`: `owner, owned, kind, stake, stake_max, rule, version, listed, joint, person, basis, start, end,
  ref`, owners before what they own. `kind` is `shares`, `votes`, `control` or `presumption`; `stake` is
  an exact decimal, null for control; `version` the first day of the rule; `ref` the edge of the store.
- `bounds`: what listed or restricted owners hold, `{"at_least", "at_most"}`.
- `warnings`: `entity, code, text, about`; they never change an answer. docs/law.md explains the codes.
- `debatable`: the competing reading where the question names one, else null.
"""

QUESTIONS = """## Ownership questions

`loophole restricted --file QUESTION.json` reads one question, a list of them, or an object with the list
under `vectors` or `questions` (and anything under `meta`). No store is read.

```json
{"id": "q1", "regime": "US-OFAC", "as_of": "2026-06-01",
 "listed": [{"id": "X", "lists": ["US-SDN"], "from": "2023-08-09", "to": "2025-11-04"}],
 "edges": [{"owner": "X", "owned": "A", "pct": "50.00"}, {"owner": "P", "owned": "A", "pct": null}],
 "control": [{"controller": "X", "controlled": "B", "basis": "appoints_board_majority"}],
 "joint": [{"company": "A", "holders": ["X", "P"]}]}
```

"""


def main() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for name, command in sorted(cli.main.commands.items()):
        program = click.Context(cli.main, info_name="loophole", **cli.main.context_settings)
        context = click.Context(command, parent=program, info_name=name, terminal_width=96)
        parts.append(f"## loophole {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join([*parts, _tables(), QUESTIONS + _fields(), JSON])


def _fields() -> str:
    """The fields of a question, from the records that read it."""
    text = ""
    for title, record in (
        ("question", Question),
        ("`listed`", Listed),
        ("`edges`", Stake),
        ("`control`", Control),
        ("`joint`", Arrangement),
    ):
        given = [
            f"{field.encode_name}{'' if field.required else '?'}"
            for field in msgspec.structs.fields(record)
        ]
        text += f"- {title}: {', '.join(given)}\n"
    text += "\nA `?` marks what may be left out. `pct`, `pct_min` and `pct_max` are decimals written as "
    text += "text; null or left out is unknown.\n`right` is `shares` or `votes`. A `contested` fact, and "
    text += "one whose dates leave the day open, counts only as a bound.\n`eu_case_law` takes in "
    text += (
        "judgments that read earlier facts, `law_known_at` those known by then. Fields of test\n"
    )
    text += f"vectors that are not read: {', '.join(ASIDE)}. Any other field is refused.\n"
    text += (
        f"\nRegimes: {', '.join(get_args(Regime))}. Lists: {', '.join(default_rules().lists)}.\n"
    )
    return text


def _tables() -> str:
    known = {
        "entities.csv": columns.ENTITY_COLUMNS,
        "edges.csv": columns.EDGE_COLUMNS,
        "measures.csv": columns.MEASURE_COLUMNS,
    }
    text = (
        "## Tables of your own\n\n`loophole load FOLDER` reads these; `loophole template FOLDER` "
    )
    text += "writes them empty. Other columns are kept as properties.\n\n"
    for name, names in known.items():
        text += f"- `{name}`: {', '.join(names)}\n"
    text += f"\nEach may also have {', '.join(columns.CLAIM_COLUMNS)}: the claim the row makes.\n"
    text += "`share` is a percentage as written, `share_min` and `share_max` a band.\n\n"
    text += f"Kinds of entities: {', '.join(EntityKind)}.\n\nKinds of edges:\n\n"
    for kind in EDGE_KINDS.values():
        routed = " Routed." if kind.routed else ""
        text += f"- `{kind.name}`: {kind.says}.{routed}\n"
    text += "\nRules for possible hops:\n\n"
    for rule in RULES.values():
        text += f"- `{rule.name}`: {rule.why}.\n"
    text += f"\nCertainty: {', '.join(CERTAINTIES)}. Status: {', '.join(STATUSES)}.\n"
    return text


if __name__ == "__main__":
    sys.stdout.write(main())
