"""Text from data is hostile: nothing of it may act as Markdown, HTML or a link of its own."""

import re
from urllib.parse import quote, urlsplit

# Control characters would steer a terminal, direction marks would reorder what it shows.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^=@/])")
# What Markdown turns into a link of itself, escaped or not: addresses and e-mail addresses.
_LINKS_ITSELF = re.compile(r"https?(?=:)|www(?=\.)|@", re.IGNORECASE)
_JOINER = "\u2060"  # seen by nobody, and enough to keep an address from being recognised
_URL_SAFE = ":/?#@!$&'*+,;=%~-._"


def bare(text: object) -> str:
    """Text on one line, without the characters that steer a terminal or reorder what is around."""
    return _STEERING.sub("", str(text)).replace("\n", " ")


def plain(text: object) -> str:
    """Text that Markdown shows letter by letter: every mark escaped, steering characters gone.

    Escaping `:` keeps `:red[…]` and emoji names from acting, `$` keeps formulas from being set.
    Addresses become links however they are escaped, so an invisible joiner stands in them.
    """
    quiet = _LINKS_ITSELF.sub(lambda found: found[0] + _JOINER, bare(text))
    return _MARKDOWN.sub(r"\\\1", quiet)


def spaced(kind: str) -> str:
    """The kind of an entity in words: `PublicBody` is a public body; abbreviations stay."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", kind)


def link(label: str, url: str) -> str:
    """A Markdown link for an http(s) address; the plain label for anything else."""
    if urlsplit(url).scheme not in ("http", "https"):
        return plain(label)
    return f"[{plain(label)}]({quote(url, safe=_URL_SAFE)})"
