"""From obligations to findings: entries, slices, verdicts, confirmation, and the process they run in."""
