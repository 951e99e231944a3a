"""Codes of values, channels and frames."""

from telemetry.native import lib


def scale(value: int, gain: int, clamp: bool = False) -> int:
    """`value` times `gain` thousandths."""
    return lib.codec_scale_clamped(value, gain) if clamp else lib.codec_scale(value, gain)


def mask(channel: int) -> int:
    return lib.codec_mask(channel)


def low_bits(bits: int) -> int:
    return lib.codec_low_bits(bits)


def checksum(frame: str) -> int:
    """Of a frame, written in letters from "a" to "p"."""
    return lib.codec_checksum(frame.encode())


def unit(reading: str) -> str:
    """The letter after the number: "C" in "21.5 C"."""
    return chr(lib.codec_unit(reading.encode()))


def celsius(fahrenheit: float) -> float:
    return lib.codec_celsius(fahrenheit)
