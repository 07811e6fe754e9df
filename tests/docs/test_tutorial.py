"""The tutorial is run as it stands: every console block, in order, in a folder that looks like the repository's top."""

import os
import re
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRESS = re.compile(r"^\w+: [\d,]+ (?:of [\d,]+ )?done.*\n", re.MULTILINE)
"""What a slow machine says on the way."""
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    found = []
    for block in BLOCK.findall(page.read_text("utf-8")):
        command, _, output = block.partition("\n")
        assert command.startswith("$ "), f"a console block begins with a command: {command}"
        found.append((command[2:], output))
    return found


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "bin").mkdir()
    command = folder / "bin" / "standoff"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m standoff "$@"\n')
    command.chmod(0o755)
    return folder


def test_every_block_of_the_tutorial_does_what_it_says(top: Path) -> None:
    commands = blocks(ROOT / "docs" / "tutorial.md")
    assert len(commands) >= 8
    path = f"{top / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for command, expected in commands:
        done = subprocess.run(
            command, shell=True, cwd=top, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        shown = done.stdout or PROGRESS.sub("", done.stderr)
        wanted = expected.rstrip("\n") + ("\n" if expected.strip() else "")
        assert OutputChecker().check_output(wanted, shown, ELLIPSIS), f"{command} printed\n{shown[:2000]}"


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("training/*.md")])
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
