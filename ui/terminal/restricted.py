"""Who is restricted, as text and as CSV; and the options that ask it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import click

from graph.dates import today
from graph.exc import BadInput
from graph.law.dossiers import Dossiers
from graph.law.ownership import OwnershipAnswer, Restricted, decide, read_questions, restricted
from graph.law.ownership.answer import Bounds
from graph.law.ownership.proof import Step
from graph.law.ownership.rules import Regime
from graph.law.ownership.warn import Warn
from graph.store import Reader
from ui.terminal.asking import day
from ui.terminal.text import columns, csv
from ui.text import bare

_ANSWERS = {"restricted": "restricted", "not_restricted": "not restricted", "unknown": "unknown"}
_COLUMNS = (
    *(
        "id",
        "regime",
        "as_of",
        "entity",
        "status",
        "rebuttable",
        "debatable",
        "at_least",
        "at_most",
    ),
    *("rules", "proof", "warnings"),
)


def one(reader: Reader, entity_id: str, asked: dict[str, Any]) -> Restricted:
    """The answer about one entity of a store.

    Raises:
        NotFound, BadInput: for what cannot be asked.
    """
    regime = asked["regime"]
    if regime is None:
        raise BadInput(f"--regime is missing: give one of {', '.join(get_args(Regime))}")
    if regime not in get_args(Regime):
        raise BadInput(f"--regime {regime[:40]!r} is none of {', '.join(get_args(Regime))}")
    known_at = asked["law_known_at"] or today()
    day(known_at)
    return restricted(Dossiers(reader), entity_id, regime, day(asked["as_of"]), known_at)


def of_file(path: Path, asked: dict[str, Any]) -> dict[str, list[OwnershipAnswer]]:
    """The answers to the questions of a file.

    Raises:
        BadInput: for a file that cannot be answered, and options that it leaves no room for.
    """
    for name in ("entity_id", "regime", "as_of", "law_known_at"):
        if asked[name] is not None:
            option = "ID" if name == "entity_id" else f"--{name.replace('_', '-')}"
            raise BadInput(
                f"{option} does not go with --file: every question of the file says its own"
            )
    return {"answers": [decide(question) for question in read_questions(path)]}


def options(command: Any) -> Any:
    """The options of `loophole restricted`."""
    regimes = ", ".join(get_args(Regime))
    for option in (
        click.option(
            "--law-known-at", metavar="DATE", help="The law as known by then. Default: today."
        ),
        click.option("--as-of", metavar="DATE", help="The date of the facts. Default: today."),
        click.option("--regime", metavar="REGIME", help=f"Whose rule: {regimes}."),
        click.option(
            "--file",
            "path",
            type=click.Path(path_type=Path),
            metavar="QUESTION.json",
            help="Questions with their own facts; no store is read.",
        ),
        click.argument("entity_id", metavar="[ID]", required=False),
    ):
        command = option(command)
    return command


def table_one(value: Restricted) -> str:
    """The answer about one entity, with what it rests on."""
    names = {party.id: party for party in value.parties}
    asked = names[value.entity]
    text = f"{bare(asked.name)} ({bare(value.entity)}), {value.regime}, as of {value.as_of}: "
    text += f"{_ANSWERS[value.answer]}{', may be rebutted' if value.rebuttable else ''}\n"
    if value.bounds:
        text += f"Listed or restricted owners hold {_between(value.bounds)} per cent.\n"
    for used in value.listings:
        state = "in force" if used.in_force else "not settled"
        since = used.start or f"seen {used.observed_from}"
        text += f"  on {used.list}: {bare(used.entity)}, {bare(used.programme)} {bare(used.text)}, "
        text += f"{since} [{state}] {bare(used.url)}\n"
    text += _proof(value.proof) + _warnings(value.warnings)
    for party in value.parties:
        if party.person_basis:
            text += f"Why {bare(party.name)} is here: {bare(party.person_basis)}\n"
    return text + _rules(value) + f"{value.note}\n"


def table(value: dict[str, list[OwnershipAnswer]]) -> str:
    """The answers to a file of questions."""
    text = ""
    for answer in value["answers"]:
        text += f"{bare(answer.id)}: {answer.regime}, as of {answer.as_of}\n"
        rows = [(name, _ANSWERS[s], _extra(answer, name)) for name, s in answer.status.items()]
        text += "".join(f"  {line}\n" for line in columns(rows, (60, 14, 80)).splitlines())
        if answer.debatable is not None:
            text += f"  Debatable: {bare(answer.debatable)}\n"
        text += _proof(answer.proof) + _warnings(answer.warnings) + _rules(answer) + "\n"
    notes = dict.fromkeys(answer.note for answer in value["answers"])
    return text + "".join(f"{note}\n" for note in notes)


def _extra(answer: OwnershipAnswer, name: str) -> str:
    said = ["may be rebutted"] if name in answer.rebuttable else []
    if name in answer.bounds:
        held = _between(answer.bounds[name])
        said.append(f"{held} per cent held by listed or restricted owners")
    return "; ".join(said)


def _between(bounds: Bounds) -> str:
    if bounds.at_least == bounds.at_most:
        return bounds.at_least
    return f"at least {bounds.at_least}, at most {bounds.at_most}"


def _proof(steps: Iterable[Step]) -> str:
    return "".join(f"  because {_step(step)}\n" for step in steps)


def _step(step: Step) -> str:
    held = f"controls {bare(step.owned)}"
    if step.stake is not None:
        upto = f" to {step.stake_max}" if step.stake_max else ""
        held = f"holds {step.stake}{upto} of the {step.kind} of {bare(step.owned)}"
        if step.kind == "presumption":
            held = f"holds {step.stake} of {bare(step.owned)} and is presumed to control it"
    owner = f"{bare(step.owner)} (listed)" if step.listed else bare(step.owner)
    said = ["jointly"] if step.joint else []
    said += [f"counted for {bare(step.person)}"] if step.person else []
    return f"{owner} {held}{''.join(f', {s}' for s in said)} [{step.rule}, {step.version}]"


def _warnings(warnings: Iterable[Warn]) -> str:
    text = ""
    for warn in warnings:
        of = f"{bare(warn.entity)}: " if warn.entity else ""
        about = f" ({bare(', '.join(warn.about))})" if warn.about else ""
        text += f"  ! {of}{bare(warn.text)}{about} [{warn.code}]\n"
    return text


def _rules(value: Restricted | OwnershipAnswer) -> str:
    lines = (f"  rule {r.id}: {r.instrument}, {r.status}, {r.url}\n" for r in value.rules)
    return "".join(lines)


def csv_one(value: Restricted) -> str:
    """The answer about one entity as one row."""
    row = {"id": value.entity, "entity": value.entity, "status": value.answer, "debatable": ""}
    return csv(_COLUMNS, [row | _common(value) | _bounded(value.bounds, value.rebuttable)])


def csv_answers(value: dict[str, list[OwnershipAnswer]]) -> str:
    """The answers to a file of questions, a row an entity."""
    return csv(_COLUMNS, (row for answer in value["answers"] for row in _rows(answer)))


def _rows(answer: OwnershipAnswer) -> Iterable[dict[str, object]]:
    warnings: dict[str, list[Warn]] = {}
    for warn in answer.warnings:
        warnings.setdefault(warn.entity, []).append(warn)
    steps: dict[str, list[Step]] = {}
    for step in answer.proof:
        steps.setdefault(step.owned, []).append(step)
    for name, status in answer.status.items():
        row = {
            "id": answer.id,
            "entity": name,
            "status": status,
            "debatable": answer.debatable or "",
        }
        of = [*warnings.get("", ()), *warnings.get(name, ())]
        bounds = _bounded(answer.bounds.get(name), name in answer.rebuttable)
        yield row | _common(answer, steps.get(name, ()), of) | bounds


def _common(
    value: Restricted | OwnershipAnswer,
    steps: Iterable[Step] | None = None,
    warnings: Iterable[Warn] | None = None,
) -> dict[str, object]:
    return {
        "regime": value.regime,
        "as_of": value.as_of,
        "rules": " ".join(rule.id for rule in value.rules),
        "proof": "; ".join(_step(s) for s in (value.proof if steps is None else steps)),
        "warnings": " ".join(
            dict.fromkeys(w.code for w in (value.warnings if warnings is None else warnings))
        ),
    }


def _bounded(bounds: Bounds | None, rebuttable: bool) -> dict[str, object]:
    return {
        "rebuttable": rebuttable,
        "at_least": bounds.at_least if bounds else "",
        "at_most": bounds.at_most if bounds else "",
    }
