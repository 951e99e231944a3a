"""Runs a command, and ends its standard error with a line that says how many MB its largest process took."""

import resource
import subprocess
import sys

status = subprocess.run(sys.argv[1:]).returncode
print(f"\n{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}", file=sys.stderr)
sys.exit(status)
