"""What the page for people says of states and reasons, to somebody who never heard of Gnomon."""

from __future__ import annotations

from gnomon.analysis.checking.finding import Finding, State

INTRODUCTION = (
    "Gnomon looks for values with which C code fails that Python calls. Each finding below names such values: an "
    "interpreter of C ran the whole program with them, and it failed at the line that is shown. The steps lead there "
    "in order; the script makes the same calls."
)

_STATES: dict[State, str] = {
    "confirmed": "Run by Gnomon's interpreter of C; the compiled code was not run with these values yet.",
    "replayed": "The compiled code was run with these values, under sanitizers, and failed at this line.",
    "replay-refused": "The compiled code was not judged:",
    "replay-disagrees": "The compiled code did not fail:",
}

# By how a reason begins.
_REASONS = {
    "budget": "the time or memory for the question was used up; --budget gives more",
    "loop": "a loop turns more often than it is followed",
    "no entry reaches it": "nothing that is known to be called from outside leads there",
    "depends on the caller": "it fails for some callers only, and no known caller is one of them; --latent shows it",
    "assumes the caller's memory": "it holds for callers whose memory is large enough, set and alive",
    "left to the caller": "it is up to the caller, and asked there",
    "not modelled": "the code does something that Gnomon has no model of",
    "not confirmed": "values were found, but running them did not fail: nothing is reported on a guess",
    "solver": "the solver did not come to an answer",
    "recursion": "the calls go round in a circle, further than they are followed",
}


def state_of(finding: Finding) -> str:
    """A sentence."""
    if finding.is_contract:
        return "Found by comparing what is declared with what is defined; there is nothing to run."
    if finding.history is None:
        return "There are no calls to run."
    told = _STATES[finding.state]
    return f"{told} {finding.state_reason}." if finding.state_reason else told


def meaning(reason: str) -> str:
    """What a reason for an open check means; empty where it says that itself."""
    return next((told for start, told in _REASONS.items() if reason.startswith(start)), "")
