"""Which reports a command reads: paths, and web addresses where it was asked for them. One set of options for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from standoff.errors import ReportError
    from standoff.records import Report

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--published",
        metavar="DATE",
        help="Day of publication of reports whose file gives none (YYYY-MM-DD).",
    ),
    click.option(
        "--url", "urls", multiple=True, metavar="URL", help="Fetch this page from the web; repeatable."
    ),
    click.option(
        "--feed", "feeds", multiple=True, metavar="URL", help="Fetch this RSS or Atom feed; repeatable."
    ),
    click.option("--follow", is_flag=True, help="With --feed: fetch the pages that its entries link to."),
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The reports of one call, as its words name them."""

    paths: Sequence[str]
    urls: Sequence[str]
    feeds: Sequence[str]
    follow: bool
    published: str | None

    @property
    def given(self) -> bool:
        """Whether anything was named."""
        return bool(self.paths or self.urls or self.feeds)

    def reports(self, on_problem: Callable[[ReportError], None]) -> Iterator[Report]:
        """Yield the reports, those of paths first; `on_problem` gets each that cannot be read."""
        from standoff.reading import read_reports
        from standoff.reading.web import fetch_reports

        return chain(
            read_reports(self.paths, published=self.published, on_problem=on_problem),
            fetch_reports(
                self.urls, self.feeds, follow=self.follow, published=self.published, on_problem=on_problem
            ),
        )

    def expected(self) -> int | None:
        """Return about how many reports there are; None where that cannot be told beforehand."""
        from standoff.reading.counting import expected_reports

        in_files = expected_reports(self.paths)
        return None if in_files is None or self.feeds else in_files + len(self.urls)


def with_inputs(*, required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command its PATH arguments and the options that go with them, handed to it as `inputs`."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def command(
            *args: Any, paths: tuple[str, ...], urls: tuple[str, ...], feeds: tuple[str, ...], follow: bool,
            published: str | None, **rest: Any,
        ) -> Any:  # fmt: skip
            from standoff.errors import UsageError

            inputs = Inputs(paths, urls, feeds, follow, published)
            if follow and not feeds:
                raise UsageError(
                    "--follow goes with --feed: it fetches the pages that a feed's entries link to."
                )
            if required and not inputs.given:
                raise UsageError("Name the reports: a PATH, or an address with --url or --feed.")
            return function(*args, inputs=inputs, **rest)

        described: Callable[..., Any] = command
        for option in reversed(_OPTIONS):
            described = option(described)
        return click.argument("paths", nargs=-1, metavar="PATH..." if required else "[PATH...]")(described)

    return decorate
