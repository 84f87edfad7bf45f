"""What can go wrong, by meaning.

    LoopholeError
    └── UserError            the input is at fault: one plain sentence, exit code 2
        ├── BadInput         a file, a row, an option value
        ├── NotFound         an id, a set or a file that is not there
        └── StoreError       the store cannot be opened, read or written
            └── SchemaError  the store was written by another version of this program

Everything else that escapes is a fault of ours (exit code 1).
"""


class LoopholeError(Exception):
    """Root of all errors this package raises on purpose."""


class UserError(LoopholeError):
    """The user's input or files are at fault; the message says what, where and the remedy."""


class BadInput(UserError):
    """A value, row or file that cannot be used as it stands."""


class NotFound(UserError):
    """A name that resolves to nothing."""


class StoreError(UserError):
    """A store that cannot be opened, read or written."""


class SchemaError(StoreError):
    """A store whose schema this version does not read."""
