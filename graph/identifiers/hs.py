"""Harmonized System codes (WCO): chapter 2, heading 4, subheading 6 digits, national lines to 10."""

import re

_CODE = re.compile(r"\d{2,10}", re.ASCII)


def digits(text: str) -> str:
    """The digits of a code, or empty when the text is none. `8807.30` gives `880730`."""
    bare = text.strip().replace(".", "").replace(" ", "")
    return bare if _CODE.fullmatch(bare) else ""
