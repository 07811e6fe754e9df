"""A small reader of HTML for the tests: elements, their attributes, their text, and simple CSS selectors."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr", "base"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def raw(self) -> str:
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    def walk(self):
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def css(self, selectors: str) -> list[Element]:
        wanted = [selector.split() for selector in selectors.split(",")]
        return [node for node in self.walk() if any(_matches(node, steps) for steps in wanted)]


def _matches(node: Element, steps: list[str]) -> bool:
    if not _is(node, steps[-1]):
        return False
    rest, above = steps[:-1], node.parent
    while rest and above is not None:
        if _is(above, rest[-1]):
            rest = rest[:-1]
        above = above.parent
    return not rest


def _is(node: Element, step: str) -> bool:
    tag = re.match(r"[\w-]*", step)[0]
    classes = set(node.attributes.get("class", "").split())
    return (
        (not tag or node.tag == tag)
        and set(re.findall(r"\.([\w-]+)", step)) <= classes
        and all(name in node.attributes for name in re.findall(r"\[([\w-]+)\]", step))
    )


class Document(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.here = self.root

    def handle_starttag(self, tag, attrs):
        node = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)

    def css(self, selectors: str) -> list[Element]:
        return self.root.css(selectors)


def document(html: str) -> Document:
    """Read a page; an element that is not closed where it should be is a failure."""
    parser = Document()
    parser.feed(str(html))
    parser.close()
    assert parser.here is parser.root
    return parser


def text_of(node: Element) -> str:
    """Return the text on one line."""
    return " ".join(node.raw.split())
