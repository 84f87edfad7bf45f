"""Who is restricted through owners: the regime's own rule on the date, as a least fixpoint."""

from graph.law.ownership.answer import OwnershipAnswer, decide
from graph.law.ownership.from_store import Restricted, restricted
from graph.law.ownership.question import Question, check, read_questions
from graph.law.ownership.rules import RuleBook, default_rules, load_rules

__all__ = [
    "OwnershipAnswer",
    "Question",
    "Restricted",
    "RuleBook",
    "check",
    "decide",
    "default_rules",
    "load_rules",
    "read_questions",
    "restricted",
]
