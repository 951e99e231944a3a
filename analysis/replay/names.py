"""What the parts of a replay call things."""

from __future__ import annotations

BUILD_VARIABLE = "GNOMON_BUILD"  # names the folder of the build to the script
LIBRARY = "replayed.so"  # the ctypes library, in the folder of the build
PROGRAM = "replayed"
