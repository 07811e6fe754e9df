"""A dossier of a small crisis, the app over it, and one real browser for all tests of this room."""

import contextlib
import shutil
import threading
import time

import pytest
from starlette.testclient import TestClient

from standoff.dossier.dossier import Dossier
from standoff.web.app import create_app
from strait import harbour, shore

ADDRESS = "http://127.0.0.1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def dossier_of(path, *codings):
    with Dossier.create(path) as dossier:
        for coding in codings:
            assert dossier.add(coding)
    return path


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


@contextlib.contextmanager
def serving(app):
    """Serve an app on a free port, and give its address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"{ADDRESS}:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def address(crisis):
    with serving(create_app(crisis)) as address:
        yield address


@pytest.fixture(scope="session")
def empty_address(empty):
    with serving(create_app(empty)) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed (pip install playwright)"
    )
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
