"""Names that several files of a workspace define: each program and each library gets its own, or nobody knows which."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.linking import linkage

SMALL = "int limits[2] = {1, 2};\nint helper(int n) { return limits[n]; }\n"
LARGE = "int limits[5] = {1, 2, 3, 4, 5};\nint helper(int n) { return limits[n]; }\n"
MAIN = "int helper(int n);\nint main(void) { return helper(4); }\n"


def checked(folder: Path, files: dict[str, str]) -> CheckResult:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Session(folder, Settings(store=None, jobs=1)).check({})


def found(result: CheckResult) -> list[tuple[str, str]]:
    return sorted((f.path, f.code) for f in result.findings)


def test_a_program_gets_what_its_file_defines(tmp_path: Path) -> None:
    result = checked(
        tmp_path, {"a.c": SMALL + MAIN, "b.c": LARGE + MAIN, "c.c": LARGE.replace("[n]", "[n + 1]") + MAIN}
    )
    assert found(result) == [("a.c", "bounds.read"), ("c.c", "bounds.read")]
    assert not any(f.not_lowered for f in result.functions)


def test_a_file_gets_what_its_folder_defines(tmp_path: Path) -> None:
    files = {"x/helper.c": SMALL, "x/main.c": MAIN, "y/helper.c": LARGE, "y/main.c": MAIN}
    assert found(checked(tmp_path, files)) == [("x/helper.c", "bounds.read")]


def test_a_file_gets_what_it_is_built_with(tmp_path: Path) -> None:
    setup = (
        "from setuptools import Extension, setup\nsetup(ext_modules=[\n"
        "    Extension('one', ['one.c', 'small.c']), Extension('other', ['other.c', 'large.c'])])\n"
    )
    files = {"setup.py": setup, "small.c": SMALL, "large.c": LARGE, "one.c": MAIN, "other.c": MAIN}
    assert found(checked(tmp_path, files)) == [("small.c", "bounds.read")]


def test_where_nobody_knows_nothing_is_said(tmp_path: Path) -> None:
    main = "int helper(int n);\nint main(void) { int v[2] = {0}; return v[helper(1)]; }\n"
    result = checked(tmp_path, {"x/helper.c": SMALL, "y/helper.c": LARGE, "main.c": main})
    assert found(result) == []
    reasons = {reason for f in result.functions if f.function == "main" for reason in f.reasons}
    assert reasons and all("several definitions of helper" in reason for reason in reasons)


def test_a_weak_definition_may_be_another_one(tmp_path: Path) -> None:
    weak = SMALL.replace("int helper", "__attribute__((weak)) int helper")
    assert found(checked(tmp_path, {"a.c": weak + MAIN, "b.c": LARGE})) == []
    plain = "/* no weak helper */\n" + SMALL + MAIN
    assert found(checked(tmp_path, {"a.c": plain, "b.c": LARGE})) == [("a.c", "bounds.read")]


def test_a_variable_without_initialiser_may_be_the_other_one(tmp_path: Path) -> None:
    reader = "int main(void) { return 10 / limit; }\n"
    assert found(checked(tmp_path, {"a.c": "int limit;\n" + reader, "b.c": "int limit = 1;\n"})) == []


def test_edits_put_names_apart_and_together(tmp_path: Path) -> None:
    texts = {"a.c": SMALL + MAIN, "b.c": "int other;\n"}
    assert found(checked(tmp_path, texts)) == [("a.c", "bounds.read")]
    session = Session(tmp_path, Settings(store=None, jobs=1))
    for b in (
        "int other;\n",
        LARGE + MAIN,
        SMALL + MAIN,
        LARGE,
        "int other;\n",
        SMALL.replace("[n]", "[n & 1]") + MAIN,
    ):
        (tmp_path / "b.c").write_text(b)
        fresh = Session(tmp_path, Settings(store=None, jobs=1)).check({})
        assert found(session.check({})) == found(fresh), b


def test_another_build_links_otherwise(tmp_path: Path) -> None:
    setup = "from setuptools import Extension, setup\nsetup(ext_modules=[Extension('one', ['one.c', '{}.c'])])\n"
    files = {"setup.py": setup.format("small"), "small.c": SMALL, "large.c": LARGE, "one.c": MAIN}
    assert found(checked(tmp_path, files)) == [("small.c", "bounds.read")]
    session = Session(tmp_path, Settings(store=None, jobs=1))
    assert found(session.check({})) == [("small.c", "bounds.read")]
    (tmp_path / "setup.py").write_text(setup.format("large"))
    assert found(session.check({})) == []


def test_python_gets_what_the_source_of_its_library_defines(tmp_path: Path) -> None:
    python = "import ctypes\nlib = ctypes.CDLL('./{}.so')\nlib.helper.argtypes = [ctypes.c_int]\nlib.helper(4)\n"
    files = {"small.c": SMALL, "large.c": LARGE, "use.py": python.format("large")}
    session = Session(tmp_path, Settings(store=None, jobs=1))
    checked(tmp_path, files)
    (binding,) = session.open({}).boundary.bindings
    assert binding.definition is not None and binding.definition.path == str(tmp_path / "large.c")
    (tmp_path / "use.py").write_text(python.format("third"))
    (binding,) = session.open({}).boundary.bindings
    assert binding.definition is None


@pytest.mark.parametrize(
    ("path", "home"), [("/p/a.c", "/p/a.c"), ("/p/sub/c.c", "/p/sub/d.c"), ("/p/e.c", "/p/b.c"), ("/q/f.c", None)]
)
def test_a_home_is_the_nearest_that_is_certain(path: str, home: str | None) -> None:
    defined = {"f": ["/p/a.c", "/p/b.c", "/p/sub/d.c"]}
    linked = linkage(defined, {path: {"f", "g"}}, [{"/p/e.c", "/p/b.c"}])
    assert linked.of(path) == ({"f": f"{home}:f"} if home else {})
    assert linked.apart == {"f"}
