import pytest

from standoff.brief.safety import plain, text_markup, web_address


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c&d#e", "http://example.org:8080/", " https://example.org/ "]
)
def test_web_addresses_are_kept(url):
    assert web_address(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/",
        "ftp://example.org/",
        "https:///nohost",
        "https://user:secret@example.org/",
        "https://exam\u202eple.org/",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/ onclick=alert(1)",
        "https://example.org/\\@evil.example",
        "https://[::1",
        "java\nscript:alert(1)",
    ],
)
def test_everything_else_is_not_linked(url):
    assert web_address(url) is None


def test_an_override_is_shut_in_and_named():
    assert text_markup("a\u202eb") == 'a<bdi class="ctl" data-u="U+202E">\u202e</bdi>b'


def test_isolates_that_right_to_left_texts_need_stay():
    assert text_markup("\u2067שלום\u2069") == "\u2067שלום\u2069"


def test_metadata_becomes_one_line_without_controls():
    assert plain("a\n\u202eb\x00\u2066 c\t") == "a b c"
    assert plain(None) == ""
