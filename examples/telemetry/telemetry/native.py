"""The library and its functions, as `telemetry.h` declares them."""

from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_double,
    c_int,
    c_int32,
    c_int64,
    c_uint32,
    c_void_p,
)
from pathlib import Path

lib = CDLL(str(Path(__file__).parent / "libtelemetry.so"))


class RingHandle(Structure):
    """`ring`: only the library looks inside."""


class BoardHandle(Structure):
    """`board`: only the library looks inside."""


class Summary(Structure):
    """`summary`"""

    _fields_ = [("lowest", c_int32), ("highest", c_int32), ("total", c_int64), ("count", c_int)]


Visitor = CFUNCTYPE(c_int, c_int, c_uint32, c_void_p)

lib.ring_new.argtypes = [c_int]
lib.ring_new.restype = POINTER(RingHandle)
lib.ring_free.argtypes = [POINTER(RingHandle)]
lib.ring_free.restype = None
lib.ring_push.argtypes = [POINTER(RingHandle), c_int]
lib.ring_push.restype = c_int
lib.ring_at.argtypes = [POINTER(RingHandle), c_int]
lib.ring_at.restype = c_int
lib.ring_latest.argtypes = [POINTER(RingHandle), c_int]
lib.ring_latest.restype = c_int
lib.ring_replace.argtypes = [POINTER(RingHandle), c_int, c_int]
lib.ring_replace.restype = c_int
lib.ring_pin.argtypes = [POINTER(RingHandle), c_int, c_int]
lib.ring_pin.restype = c_int
lib.ring_resize.argtypes = [POINTER(RingHandle), c_int]
lib.ring_resize.restype = c_int
lib.ring_mean.argtypes = [POINTER(RingHandle)]
lib.ring_mean.restype = c_int
lib.ring_middle.argtypes = [POINTER(RingHandle)]
lib.ring_middle.restype = c_int
lib.ring_peak.argtypes = [POINTER(RingHandle), c_int]
lib.ring_peak.restype = c_int
lib.ring_rename.argtypes = [POINTER(RingHandle), c_char_p]
lib.ring_rename.restype = c_int
lib.ring_summary.argtypes = [POINTER(RingHandle), POINTER(Summary)]
lib.ring_summary.restype = c_int
lib.ring_each.argtypes = [POINTER(RingHandle), Visitor, c_void_p]
lib.ring_each.restype = c_int

lib.board_open.argtypes = [c_char_p]
lib.board_open.restype = POINTER(BoardHandle)
lib.board_close.argtypes = [POINTER(BoardHandle)]
lib.board_close.restype = None
lib.board_add.argtypes = [POINTER(BoardHandle), c_int, c_int]
lib.board_add.restype = c_int
lib.board_gain.argtypes = [POINTER(BoardHandle), c_int]
lib.board_gain.restype = c_int
lib.board_has.argtypes = [POINTER(BoardHandle), c_int]
lib.board_has.restype = c_int

lib.codec_scale.argtypes = [c_int, c_int]
lib.codec_scale.restype = c_int
lib.codec_scale_clamped.argtypes = [c_int, c_int]
lib.codec_scale_clamped.restype = c_int
lib.codec_mask.argtypes = [c_int]
lib.codec_mask.restype = c_uint32
lib.codec_low_bits.argtypes = [c_int]
lib.codec_low_bits.restype = c_uint32
lib.codec_checksum.argtypes = [c_char_p]
lib.codec_checksum.restype = c_int
lib.codec_unit.argtypes = [c_char_p]
lib.codec_unit.restype = c_int
lib.codec_celsius.argtypes = [c_double]
lib.codec_celsius.restype = c_double
