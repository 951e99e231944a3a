"""Models are loaded when code refers to what they stand for."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.model_files import ModelFiles
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.workspace import python_includes


def test_what_is_read_of_the_files_is_what_they_define(tmp_path: Path) -> None:
    files = ModelFiles()
    # Those of the engine's prefix are called by what it makes of expressions, not by name.
    named = [name for name in files.functions if not name.startswith("__gnomon_")]
    engine = Engine(Settings(store=None), python_includes())
    source = tmp_path / "all.c"
    source.write_text("".join(f"void {name}(void);\nvoid call_{name}(void) {{ {name}(); }}\n" for name in named))
    engine.update(str(source), ["-w", "-fno-builtin"], {})
    engine.complete()
    defined = {f.name for f in engine.functions().values() if f.is_model and f.has_body and f.key == f.name}
    assert {name for name in defined if not name.startswith("__gnomon_")} == set(named)


def test_only_what_is_referred_to_is_loaded(tmp_path: Path) -> None:
    engine = Engine(Settings(store=None), [])
    source = tmp_path / "one.c"
    source.write_text("#include <stdio.h>\n#include <ctype.h>\nint f(void) { return ferror(stdin) || isalpha('a'); }\n")
    engine.update(str(source), [], {})
    before = {f.name for f in engine.functions().values() if f.is_model and f.has_body}
    engine.complete()
    after = {f.name for f in engine.functions().values() if f.is_model and f.has_body}
    assert "fgetc" in after - before  # of the file that has `stdin`, too
    assert "pthread_create" not in after
