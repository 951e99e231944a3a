"""Exercising: a built extension is called from Python in many ways, in a sandbox, and what fails there is told.

The search for calls knows nothing of the source but which edges of it ran. It finds what the engine does not reach, and
each finding has been run from the first: it is the run.
"""

from gnomon.analysis.exercise.building import folder_of
from gnomon.analysis.exercise.exercising import SECONDS, Exercised, exercise, is_exercised, remembered, run_again
from gnomon.analysis.exercise.plan import Exercise, plan

__all__ = [
    "SECONDS",
    "Exercise",
    "Exercised",
    "exercise",
    "folder_of",
    "is_exercised",
    "plan",
    "remembered",
    "run_again",
]
