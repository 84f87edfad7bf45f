"""From what a person has chosen to the question that is asked."""

from collections.abc import Mapping

import msgspec

from graph.cost import MAX_HOPS
from graph.routes import Question
from ui.links import Choices, Ends


def question(sets: Mapping[str, tuple[str, ...]], choices: Choices) -> Question:
    """The question of some choices: named sets become their members. `Question.check` judges it."""
    return msgspec.structs.replace(
        of_ends(sets, choices),
        rules=choices.rules,
        max_hops=choices.max_hops,
        max_possible=None if choices.max_possible == MAX_HOPS else choices.max_possible,
        distinct=choices.distinct,
        goods=choices.goods,
        min_certainty=choices.certainty,
        order="any" if choices.any_order else "time",
        contested=choices.contested,
    )


def of_ends(sets: Mapping[str, tuple[str, ...]], choices: Ends) -> Question:
    """The question of its ends alone: all else is as a question has it by default."""

    def ids(chosen: tuple[str, ...]) -> tuple[str, ...]:
        members = (sets.get(name, (name,)) for name in chosen)
        return tuple(dict.fromkeys(entity_id for some in members for entity_id in some))

    return Question(
        origins=ids(choices.origins),
        destinations=ids(choices.destinations),
        via=(ids(choices.via),) if choices.via else (),
        avoid=ids(choices.avoid),
    )
