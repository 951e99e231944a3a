"""Telemetry: rings of samples and the boards they come from, on top of `libtelemetry.so`."""

from telemetry.board import Board
from telemetry.codec import celsius, checksum, low_bits, mask, scale, unit
from telemetry.ring import Ring, Summary

__all__ = ["Board", "Ring", "Summary", "celsius", "checksum", "low_bits", "mask", "scale", "unit"]
