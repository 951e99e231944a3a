"""Small summaries of text and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from sketch import _sketch

__all__ = ["bucket", "head", "histogram_of", "middle"]


def head(text: str) -> str:
    """`text` up to its first blank."""
    return _sketch.head(text).decode()


def middle(low: int, high: int) -> int | None:
    return _sketch.middle(low, high)


def bucket(text: str, bits: int = 4) -> int:
    """The bucket of a text, of 2 to the power of `bits` buckets."""
    return _sketch.bucket(_sketch.fold(text) & 0xFFFFFFFF, bits)


def histogram_of(numbers: Iterable[int], size: int, width: int = 1) -> _sketch.Histogram:
    histogram = _sketch.Histogram(size, width)
    for number in numbers:
        histogram.add(number)
    return histogram
