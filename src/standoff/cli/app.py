"""The entry point: `standoff COMMAND`. Commands are loaded when they are called, so that --help answers at once."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "code": ("standoff.cli.code:command", "Code reports: one JSON object a report a line."),
    "brief": ("standoff.cli.brief:command", "Write one self-contained page about the reports."),
    "add": ("standoff.cli.add:command", "Add reports to a dossier."),
    "timeline": ("standoff.cli.views:timeline", "Show the events of a dossier by day."),
    "positions": ("standoff.cli.views:positions", "Show who wants, refuses, offers, threatens what."),
    "acts": ("standoff.cli.views:acts", "Show the acts as each report tells them."),
    "statements": ("standoff.cli.views:statements", "Show who says what in which report."),
    "reports": ("standoff.cli.views:reports", "Show the reports of a dossier."),
    "versions": ("standoff.cli.versions:command", "Show which pages changed, and how."),
    "changed": ("standoff.cli.views:changed", "Show what changed in the positions since a day."),
    "contradictions": (
        "standoff.cli.views:contradictions",
        "Show where sources, or words and deeds, disagree.",
    ),
    "numbers": ("standoff.cli.views:numbers", "Show the numbers that sources tell, each with its source."),
    "tension": ("standoff.cli.views:tension", "Show conflict and cooperation by pair and week."),
    "network": ("standoff.cli.views:network", "Show who acts on whom."),
    "search": ("standoff.cli.search:search", "Find words in the reports or in the evidence."),
    "query": ("standoff.cli.search:query", "Ask again what was kept under a name."),
    "review": ("standoff.cli.review:review", "Show what waits for your word, least certain first."),
    "decide": ("standoff.cli.decide:command", "Accept, reject, correct, merge, split, rename, undo."),
    "decisions": ("standoff.cli.review:decisions", "Show what people decided."),
    "recode": ("standoff.cli.recode:command", "Code the reports again; what people decided stays."),
    "export": ("standoff.cli.export:command", "Export what people accepted as gold data."),
    "serve": ("standoff.cli.serve:command", "Open a dossier in the browser."),
    "check": ("standoff.cli.check:command", "Prove that every record of a dossier quotes its text."),
    "draft": ("standoff.cli.draft:command", "Draft a conflict model from a dossier, with its evidence."),
    "solve": ("standoff.cli.solve:command", "Say which outcomes of a conflict hold, and why."),
    "bargain": ("standoff.cli.bargain:command", "Say what all prefer to no agreement, and what must give."),
}
"""Command name to where it lives and its line in the help."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="standoff")
def app() -> None:
    """Read press reports on a crisis: who wants, refuses, threatens and does what, and where it says so."""


def main() -> None:
    """Run the command line; a StandoffError becomes one sentence on standard error and its exit status."""
    from standoff.errors import StandoffError

    try:
        app()
    except StandoffError as problem:
        sys.stderr.write(f"standoff: {problem}\n")
        sys.exit(problem.exit_status)
