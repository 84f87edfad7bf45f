"""What the driver raises, in plain sentences."""

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

_BY_CODE = {
    "Neo.ClientError.Database.DatabaseNotFound": (
        "the server at {uri} has no database {database!r}: set NEO4J_DATABASE to one that it has"
    ),
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": "{read_only}",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": "{read_only}",
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "the server at {uri} was given a wrong password too often: wait some seconds, and set "
        "NEO4J_PASSWORD"
    ),
    "Neo.ClientError.Security.Forbidden": (
        "the server at {uri} does not allow this to the user of NEO4J_USERNAME: nothing was changed"
    ),
    "Neo.ClientError.Transaction.LockClientStopped": "{busy}",
    "Neo.ClientError.Transaction.TransactionTimedOut": "{busy}",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": "{busy}",
    "Neo.ClientError.Schema.IndexAlreadyExists": "{taken}",
    "Neo.ClientError.Schema.IndexWithNameAlreadyExists": "{taken}",
    "Neo.ClientError.Schema.ConstraintWithNameAlreadyExists": "{taken}",
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": "{taken}",
    "Neo.ClientError.Schema.ConstraintValidationFailed": (
        "the database at {uri} holds something with an id of this load that is not of this program, "
        "or that was changed by others: nothing was changed; delete it, or use another database"
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "the server at {uri} has too little memory for this: raise server.memory.heap.max_size"
    ),
}
_SENTENCES = {
    "read_only": "the database {database!r} at {uri} is read-only: nothing was changed",
    "busy": (
        "the server at {uri} did not finish in time: another load may be running, try again "
        "when it is done"
    ),
    "taken": (
        "what others keep in the database {database!r} at {uri} is in the way of this program's "
        "constraints ({why}): nothing was changed; use another database"
    ),
}
_OTHER = "the server at {uri} cannot be used ({why})"


def plain(error: DriverError | Neo4jError, uri: str, database: str) -> str:
    """One sentence: what is wrong, where, and the remedy."""
    if isinstance(error, AuthError):
        return (
            f"the server at {uri} refuses the user name or the password: set NEO4J_USERNAME "
            "and NEO4J_PASSWORD"
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return _unreachable(error, uri)
    if isinstance(error, ConfigurationError):
        return f"{uri} is no address of a server ({error}): give one like neo4j://localhost:7687"
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    why = " ".join(str(getattr(error, "message", None) or error or code).split())
    values = {"uri": uri, "database": database, "why": why}
    said = {name: sentence.format(**values) for name, sentence in _SENTENCES.items()}
    return _BY_CODE.get(code, _OTHER).format(**values, **said)


def _unreachable(error: Exception, uri: str) -> str:
    """Nobody answers, or not in the way that the address says."""
    if _mentions(error, "encrypt", "ssl", "certificate"):
        return (
            f"the server at {uri} does not speak as its address says: with +s in front it must "
            "have a certificate that this machine trusts, without it no encryption"
        )
    scheme = uri.partition("://")[0]
    other = "an unencrypted one has no +s" if "+" in scheme else "an encrypted one has +s"
    return (
        f"no server answers at {uri}: start it, or set NEO4J_URI (or --store) to where it is; "
        f"{other} in its address"
    )


def _mentions(error: BaseException | None, *words: str) -> bool:
    while error is not None:
        if any(word in str(error).lower() for word in words):
            return True
        error = error.__cause__ or error.__context__
    return False
