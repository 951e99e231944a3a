"""Replays: a finding's inputs given to the real program, built with sanitizers, in a sandbox."""

from gnomon.analysis.replay.regression import folder_for, save_test
from gnomon.analysis.replay.replaying import replay
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.scripts import script_of

__all__ = ["ReplayRefusedError", "ReplayReport", "folder_for", "replay", "save_test", "script_of"]
