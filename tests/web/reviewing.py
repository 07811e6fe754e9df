"""Reviewing as the tests do it: a dossier of their own, people with names, and what was decided in the end."""

import re
from dataclasses import replace

from serving import dossier_of

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from strait import harbour, shore

NAME = "standoff-name"


def unsure(coding):
    """The same coding with confidences of its own: the acts in their order, then the statements."""
    acts = tuple(replace(act, confidence=0.2 + 0.01 * at) for at, act in enumerate(coding.acts))
    said = tuple(replace(one, confidence=0.6 + 0.01 * at) for at, one in enumerate(coding.statements))
    return replace(coding, acts=acts, statements=said)


def crisis_at(path):
    """A dossier of the strait: acts 1 to 6 (the least certain first) and 7, statements 1 to 4 and 5."""
    return dossier_of(path, unsure(harbour()), shore())


def decisions(path, **asked):
    with Dossier.open(path) as dossier:
        return log.decisions_of(dossier, **asked)


def act(path, key):
    with Dossier.open(path) as dossier:
        return dossier.acts_by_key([key])[key]


def statement(path, key):
    with Dossier.open(path) as dossier:
        return dossier.statements_by_key([key])[key].statement


def text_of(path, report=1):
    with Dossier.open(path) as dossier:
        return dossier.report_by_key(report).report.text


class Reviewer:
    """A person at a browser of her own; every key is waited for until the page has answered."""

    def __init__(self, page):
        self.page = page

    def open(self, path="/review"):
        self.page.goto(path)
        return self

    @property
    def place(self):
        return self.page.locator("form.card").get_attribute("data-place")

    def value(self, name):
        return self.page.locator(f"form.card [name={name}]").input_value()

    def words(self, name):
        return self.page.locator(f"[data-field={name}] .words").inner_text()

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, key, text):
        """Press the key of a field, write into it, and leave it with Enter."""
        self.keys(key, "ControlOrMeta+a", "Delete")
        self.page.keyboard.type(text)
        return self.keys("Enter")

    def decide(self, key):
        """Press a key that writes, and wait until the answer is shown; return what is said then."""
        with self.page.expect_response(re.compile("/review/(decide|undo)$")):
            self.keys(key)
        self.page.wait_for_selector("body:not(.busy)")
        return self.said or self.problem

    @property
    def said(self):
        return self.page.locator(".said").inner_text()

    @property
    def problem(self):
        return self.page.locator("main > .problem").inner_text()

    def drawn(self, role):
        """The words that are drawn in a role in the text."""
        return "".join(self.page.locator(f".running-text .{role}").all_inner_texts())
