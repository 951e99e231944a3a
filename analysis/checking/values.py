"""Values of inputs as a person is shown them."""

from __future__ import annotations

from gnomon.analysis.checking.finding import Value

MAXIMUM_TEXT = 60


def written(value: Value) -> str:
    """A value as Python writes it."""
    return value if isinstance(value, str) else repr(value)


def shorten(value: Value) -> str:
    """The same, cut where it is long."""
    text = written(value)
    if isinstance(value, bytes) and len(value) > 8 and len(set(value)) == 1:
        text = f"{value[:1]!r} * {len(value)}"
    return text if len(text) <= MAXIMUM_TEXT else text[: MAXIMUM_TEXT - 3] + "..."


def shorten_block(value: Value) -> str:
    """The same, but of a block that a caller hands over what is there besides zeros, and its size."""
    if not isinstance(value, bytes) or not value.endswith(b"\0"):
        return shorten(value)
    beginning = value.rstrip(b"\0")
    return f"{shorten(beginning)} and zeros, {len(value)} bytes" if beginning else f"{len(value)} zero bytes"
