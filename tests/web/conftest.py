"""A dossier of a small crisis, the app over it."""

import pytest
from serving import ADDRESS, dossier_of, serving
from starlette.testclient import TestClient

from standoff.web.app import create_app
from strait import harbour, shore


@pytest.fixture(scope="session")
def crisis(tmp_path_factory):
    return dossier_of(tmp_path_factory.mktemp("web") / "karv.standoff", harbour(), shore())


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    return dossier_of(tmp_path_factory.mktemp("web") / "empty.standoff")


@pytest.fixture
def client(crisis):
    with TestClient(create_app(crisis), base_url=ADDRESS, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def address(crisis):
    with serving(create_app(crisis)) as address:
        yield address


@pytest.fixture(scope="session")
def empty_address(empty):
    with serving(create_app(empty)) as address:
        yield address


@pytest.fixture
def opened(browser, address):
    """Open a page of ours; at the end nothing may have gone wrong in it, and nobody else may have been asked."""
    troubles, contexts = [], []

    def open_page(path="/", base=address, width=1280, height=900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", base_url=base, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(base + "/") or troubles.append(request.url))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
