"""The colours of a picture: what the page, the file and the reports share."""

import msgspec


class Palette(msgspec.Struct, frozen=True):
    """Colours of a drawing."""

    ground: str
    box: str
    box_line: str
    node: str
    node_line: str
    ink: str
    faint: str
    documented: str
    possible: str
    chosen: str
    chosen_fill: str
    relation: str
    warn: str
    opened: str
    barred: str


LIGHT = Palette(
    ground="#ffffff",
    box="#f4f6f9",
    box_line="#dde3ea",
    node="#ffffff",
    node_line="#94a3b8",
    ink="#0f172a",
    faint="#64748b",
    documented="#1d4ed8",
    possible="#8493a8",
    chosen="#c2410c",
    chosen_fill="#fff4ec",
    relation="#64748b",
    warn="#b91c1c",
    opened="#0f766e",
    barred="#b91c1c",
)
DARK = Palette(
    ground="#181714",
    box="#22201c",
    box_line="#37342e",
    node="#2b2924",
    node_line="#79746a",
    ink="#f5f3ee",
    faint="#b3ada1",
    documented="#8ab0ff",
    possible="#8f897d",
    chosen="#fb923c",
    chosen_fill="#3a2416",
    relation="#a8a29e",
    warn="#f87171",
    opened="#2dd4bf",
    barred="#f87171",
)
