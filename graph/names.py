"""Names compared across scripts and spellings: folding and similarity."""

import re
import unicodedata

from rapidfuzz import fuzz, process

# Russian, Belarusian and Ukrainian Cyrillic, simplified from BGN/PCGN to what Latin sources print.
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_LATIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae"}
)
# Spellings of one sound that vary between sources: applied after transliteration, longest first.
_SOUNDS = (
    (re.compile("[jy]([aeou])"), r"i\1"),
    (re.compile(r"(?:iy|ij|yy)\b"), "i"),
    (re.compile("ii+"), "i"),
    (re.compile("w"), "v"),
)
# How companies say what they are, in front of or behind the name people use.
_LEGAL_FORM = (
    r"(open |public |closed )?joint[- ]stock company|limited liability company|"
    r"(o|p|c|z|n)?(jsc|ao)|oat|zao|ooo|llc|l\.l\.c\.|inc\.?|corp\.?|corporation|ltd\.?|limited|"
    r"plc|gmbh|ag|a/s|s\.?a\.?s?\.?|se|fzco|fzc|fze|private limited"
)
_BEFORE = re.compile(rf"(?:{_LEGAL_FORM})[\s,]+(?=\S)", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=\S)[\s,]+(?:{_LEGAL_FORM})", re.IGNORECASE)
_GAPS = re.compile(r"[^\w]+|_")


def fold(text: str) -> str:
    """A form in which spellings of one name agree: lower case Latin, no accents, no punctuation.

    Control and zero-width characters vanish. Idempotent; never raises.
    """
    kept = "".join(
        c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") or c.isspace()
    )
    lowered = unicodedata.normalize("NFC", kept).casefold().translate(_CYRILLIC).translate(_LATIN)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)
    )
    folded = bare.casefold().translate(_CYRILLIC).translate(_LATIN)
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return " ".join(_GAPS.sub(" ", folded).split())


def caption(name: str) -> str:
    """The name people use: without the legal form in front of it or behind it."""
    short = _BEFORE.sub("", name, count=1) if _BEFORE.match(name) else name
    while (behind := _BEHIND.search(short)) and behind.end() == len(short):
        short = short[: behind.start()]
    return short.strip(" ,") or name


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, after folding and whatever the order of words."""
    return likeness(fold(one), fold(other))


def likeness(one: str, other: str) -> float:
    """`similarity` of two names that are folded already."""
    return float(fuzz.WRatio(one, other))


def most_alike(one: str, others: dict[int, str], limit: int) -> list[int]:
    """Keys of the names most like one, best first and then by place; all of them are folded already."""
    found = process.extract(one, others, scorer=fuzz.WRatio, processor=None, limit=limit)
    return [key for _, _, key in found]
