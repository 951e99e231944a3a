"""Which headers belong to a library, where its package says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.boundary import header_files


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("include/Ring2", "include/other", "packages", "debian"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(header_files, "FOLDERS", (tmp_path / "include",))
    monkeypatch.setattr(header_files, "PACKAGES", (tmp_path / "packages",))
    monkeypatch.setattr(header_files, "_DEBIAN", tmp_path / "debian")
    return tmp_path


def _package(system: Path, name: str, files: list[str]) -> None:
    (system / "debian" / f"lib{name}-dev:amd64.list").write_text("".join(f"/usr/{file}\n" for file in files))


def test_a_folder_that_pkg_config_names(system: Path) -> None:
    """Also where the package has its library under a longer name first."""
    (system / "include" / "Ring2" / "Ring.h").touch()
    (system / "packages" / "ring2.pc").write_text(
        f"prefix={system}\nLibs: -L${{prefix}}/lib -lRing2\nCflags: -I${{prefix}}/include/Ring2 -D_REENTRANT\n"
    )
    many = [f"include/Ring2/Ring_{n}.h" for n in range(header_files.HEADER_BOUND)]
    _package(system, "ring2", [*many, "include/Ring2/Ring.h", "lib/libRing2-2.0.so", "lib/libRing2.so"])
    found = header_files.included("Ring2", ())
    assert found.folders == (str(system / "include" / "Ring2"),)
    assert found.texts == ("#define _GNU_SOURCE 1\n#include <Ring.h>\n",)


def test_all_headers_of_a_small_package(system: Path) -> None:
    (system / "include" / "ring.h").touch()
    _package(system, "ring", ["include/ring.h", "include/ring_entry.h", "lib/libring.so"])
    _package(system, "aring", ["include/aring.h", "lib/libaring.so"])
    whole, guessed = header_files.included("ring", ()).texts
    assert [line for line in whole.splitlines() if "include" in line] == [
        "#include <ring.h>",
        "#include <ring_entry.h>",
    ]
    assert guessed.count("include") == 1


def test_a_library_whose_full_name_has_a_version(system: Path) -> None:
    _package(system, "wand", ["include/other/wand.h", "lib/libWand-6.Q16.so"])
    assert header_files.included("Wand", ()).texts == ("#define _GNU_SOURCE 1\n#include <other/wand.h>\n",)


def test_nothing_that_is_not_installed(system: Path) -> None:
    _package(system, "wand", ["include/wand.h", "lib/libWand.so"])
    assert header_files.included("Ring", ()) == header_files.Included((), ())
