"""A page as a test looks at it: the elements of `page_markup`, found by #id, .class, [name=value], and `>`."""

import re

from page_markup import document


class Seen:
    def __init__(self, node):
        self.node = node

    def __getitem__(self, name):
        return self.node.attributes[name]

    @property
    def text(self):
        return " ".join(self.node.raw.split())

    @property
    def attributes(self):
        return self.node.attributes

    @property
    def tag(self):
        return self.node.tag

    def walk(self):
        return (Seen(node) for node in self.node.walk())

    def css(self, selectors):
        wanted = [re.sub(r"\s*>\s*", " >", selector).split() for selector in selectors.split(",")]
        return [Seen(node) for node in self.node.walk() if any(_found(node, steps) for steps in wanted)]


def page_of(text):
    return Seen(document(text.removeprefix("<!DOCTYPE html>\n")).root)


def _found(node, steps):
    if not _is(node, steps[-1].lstrip(">")):
        return False
    if len(steps) == 1:
        return True
    above = node.parent
    if steps[-1].startswith(">"):
        return above is not None and _found(above, steps[:-1])
    while above is not None:
        if _found(above, steps[:-1]):
            return True
        above = above.parent
    return False


def _is(node, step):
    tag = re.match(r"\w*", step)[0]
    named = re.findall(r"\[([\w-]+)(?:='?([^\]']*)'?)?\]", step)
    bare = re.sub(r"\[[^\]]*\]", "", step)
    return (
        (not tag or node.tag == tag)
        and set(re.findall(r"\.([\w-]+)", bare)) <= set(node.attributes.get("class", "").split())
        and all(node.attributes.get("id") == id for id in re.findall(r"#([\w-]+)", bare))
        and all(name in node.attributes and value in ("", node.attributes[name]) for name, value in named)
    )
