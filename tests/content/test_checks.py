"""`python -m content check`: what it must find in content that was broken on purpose, and how it says so."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.checks.finding import ROOT
from content.checks.texts import check_sources, in_script

Edit = Callable[[Path], None]


def replacing(before: str, after: str) -> Edit:
    """An edit of a file that changes one thing."""

    def edit(path: Path) -> None:
        content = path.read_text(encoding="utf-8")
        assert before in content, (path, before)
        path.write_text(content.replace(before, after, 1), encoding="utf-8")

    return edit


def writing(content: str, *, keep_front_matter: bool = False) -> Edit:
    """An edit that replaces a file, or what stands below its front matter."""

    def edit(path: Path) -> None:
        front = path.read_text(encoding="utf-8").rsplit("---\n", 1)[0] + "---\n" if keep_front_matter else ""
        path.write_text(front + content, encoding="utf-8")

    return edit


def nothing(_: Path) -> None:
    """What another fault has done to this file."""


def removing(path: Path) -> None:
    path.unlink()


FAULTS: list[tuple[str, Edit, str]] = [
    ("content/texts/en/cost.md", replacing("What the help costs", "What the help really costs"), ""),
    ("content/texts/fi/cost.md", nothing, "outdated: the source has changed since"),
    ("content/texts/fi/contact.md", replacing("{helpline}", "{helpline} {nollalinja}"), "names other contacts or figures than the source: {nollalinja}"),
    ("content/texts/fi/signs.md", replacing("{helpline}", "{helpline} (0800 98877)"), "holds numbers that the source does not: 0800, 98877"),
    ("content/texts/sv/services.md", replacing("- råd och", "Råd och"), "has other paragraphs or list items than its source"),
    ("content/texts/ne/police.md", writing("call {helpline} {emergency} now please. " * 12, keep_front_matter=True), "of the letters are in the script of the language (Deva)"),
    ("content/texts/ar/witness.md", replacing("state: draft", "state: source"), "the state of a translation is `draft` or `reviewed`"),
    ("content/texts/so/services-money.md", replacing("source_hash:", "# source_hash:"), "run `python -m content stamp`"),
    ("content/texts/en/witness.md", replacing("Yes, it is possible.", "Notwithstanding the aforementioned circumstances, institutional participation possibilities nevertheless predominantly materialise unconditionally throughout comprehensive investigative collaboration proceedings " * 2), "readability index (LIX)"),
    ("content/texts/vi/voluntary-return.md", removing, "missing: write or translate it"),
    ("content/sources.toml", replacing("review_by = 2027-11-24", "review_by = 2020-01-01"), "had to be read again by 2020-01-01"),
    ("content/glossary/et.toml", replacing("[helpline]", "[helplin]"), "lacks the terms helpline"),
    ("content/vocabulary/tr.toml", replacing('"want=count"', '"wants=count"'), "sets no facet that figures have"),
    ("content/cues/xx.txt", writing("help\n"), "name the file <language>.txt"),
    ("bot/locales/fi/LC_MESSAGES/bot.po", replacing("vaarassa, soita {emergency}", "vaarassa, soita {emergenssi}"), "other placeholders than in"),
    ("bot/locales/th/LC_MESSAGES/bot.po", removing, "missing: run make catalogues"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[dict[str, object]]]:
    """What the command says of a tree with all the faults in it at once, and its exit status."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "content", tree / "content", ignore=shutil.ignore_patterns("*.bin", "*.npz", "__pycache__"))
    shutil.copytree(ROOT / "bot" / "locales", tree / "bot" / "locales")
    for name, edit, _ in FAULTS:
        edit(tree / name)
    done = subprocess.run([sys.executable, "-m", "content", "check", "--json"], cwd=tree, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(("file", "remedy"), [(name, remedy) for name, _, remedy in FAULTS if remedy])
def test_a_fault_is_found_where_it_is(found: tuple[int, list[dict[str, object]]], file: str, remedy: str) -> None:
    assert [entry for entry in found[1] if entry["file"] == file and remedy in str(entry["remedy"])], file


def test_findings_are_sorted_and_make_the_command_fail(found: tuple[int, list[dict[str, object]]]) -> None:
    status, entries = found
    assert status == 1
    assert [(entry["file"], entry["line"]) for entry in entries] == sorted((entry["file"], entry["line"]) for entry in entries)


def test_sources_that_nobody_has_read_for_a_year_are_found() -> None:
    assert any("had to be read again" in each.remedy for each in check_sources(date(2030, 1, 1)))


@pytest.mark.parametrize(
    ("body", "language", "share"),
    [("नमस्ते {helpline}", "ne", 1.0), ("hello there", "ne", 0.0), ("ሰላም NAS (harkinta-aika)", "ti", 1.0), ("{helpline}", "ar", 1.0)],
)
def test_letters_are_told_by_their_script(body: str, language: str, share: float) -> None:
    assert in_script(body, language) == share
