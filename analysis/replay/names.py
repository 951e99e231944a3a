"""What the parts of a replay call things, and agree on."""

from __future__ import annotations

BUILD_VARIABLE = "GNOMON_BUILD"  # names the folder of the build to the script
LIBRARY = "replayed.so"  # the ctypes library, in the folder of the build
PROGRAM = "replayed"
SCRIPT, DRIVER = "replay.py", "replay.c"
FAIL_MALLOC = "gnomon_fail_malloc"  # in failing_malloc.c
MORE_ALLOCATIONS = "gnomon: there are more allocations"  # than a script lets fail
# What calls that have returned left on the stack is no owner of a block.
LEAK_OPTIONS = "use_stacks=0:use_registers=0"
