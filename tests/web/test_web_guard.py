"""Who may ask, from where, and who may write."""

import re

import pytest
from places import VIEWS
from serving import ADDRESS
from starlette.testclient import TestClient

from standoff.web import guard
from standoff.web.app import VIEWS as MODULES
from standoff.web.app import create_app
from standoff.web.desk import Desk
from standoff.web.signing_in import PAUSE, TRIES, TRIES_OF_ALL, Throttle

PASSWORD = "a long password"
WRITES = sorted(
    re.sub(r"\{\w+\}", "1", route.path)
    for module in MODULES
    for route in module.ROUTES
    if "POST" in (route.methods or ())
)


def token_of(client):
    return re.search(r'name="standoff-token" content="([^"]+)"', client.get("/me").text)[1]


def csp(answer):
    return dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))


@pytest.mark.parametrize("path", [*VIEWS[:6], "/static/app.js", "/nowhere", "/events.json"])
def test_every_answer_forbids_what_is_not_ours(client, path):
    answer = client.get(path)
    policy = csp(answer)
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "connect-src", "img-src", "form-action"):
        assert policy[kind] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8462", "127.0.0.1.evil.example", "", "[", "localhost@evil"]
)
def test_a_name_that_is_not_ours_is_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Norland" not in answer.text
    assert "standoff-token" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:9999", "localhost:80", "LOCALHOST", "[::1]:80", "localhost."]
)
def test_names_of_this_machine_are_ours(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_with_a_password_any_address_but_no_foreign_name_is_ours(crisis):
    with TestClient(
        create_app(crisis, names=["desk"], password=PASSWORD), base_url="http://192.0.2.7"
    ) as client:
        assert client.get("/sign-in").status_code == 200
        assert client.get("/sign-in", headers={"host": "desk:8462"}).status_code == 200
        assert client.get("/sign-in", headers={"host": "evil.example"}).status_code == 421


def test_there_are_writes_to_guard():
    assert {"/add", "/me"} <= set(WRITES)


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_no_write_without_the_token(client, path, token):
    data = {"name": "Mallory", "text": "A report."} | ({"token": token} if token is not None else {})
    answer = client.post(path, data=data)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert (
        client.post(path, data={}, headers={"x-standoff-token": (token or "x").encode()}).status_code == 403
    )


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_write_from_another_origin_even_with_the_token(client, path, headers):
    answer = client.post(path, data={"token": token_of(client), "name": "Mallory"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_write_of_our_own_page_is_done(client):
    answer = client.post(
        "/me", data={"token": token_of(client), "name": "Ada \u202e L."}, headers={"origin": ADDRESS}
    )
    assert answer.status_code == 303
    client.cookies.update(answer.cookies)
    assert "Ada L." in client.get("/me").text
    assert "SameSite=strict" in answer.headers["set-cookie"]


def test_each_start_has_a_token_of_its_own(crisis):
    one, other = Desk(crisis), Desk(crisis)
    assert one.token != other.token
    assert one.is_token(one.token)
    assert not one.is_token(other.token)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(client, method):
    assert client.request(method, "/me").status_code in (403, 405)


def test_too_much_at_once_is_refused(client, monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    token = token_of(client)
    assert client.post("/me", data={"token": token, "name": "x" * 2000}).status_code == 413
    pieces = (b"x" * 400 for _ in range(9))
    headers = {"content-type": "application/x-www-form-urlencoded", "x-standoff-token": token}
    assert client.post("/me", content=pieces, headers=headers).status_code == 413
    assert client.post("/me", content=b"", headers={"content-length": "many"}).status_code in (400, 413)


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "/etc/passwd", "web.css/../../app.py", "vendor"]
)
def test_static_addresses_name_no_other_file(client, name):
    answer = client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_static_files_are_kept_by_browsers_until_they_change(client):
    address = re.search(r'href="(/static/web\.css\?v=[0-9a-f]+)"', client.get("/").text)[1]
    answer = client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/web.css").headers["cache-control"] == "no-cache"
    again = client.get("/static/web.css", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.fixture
def locked(crisis):
    with TestClient(
        create_app(crisis, password=PASSWORD), base_url=ADDRESS, follow_redirects=False
    ) as client:
        yield client


def test_without_the_password_nothing_of_the_dossier_is_told(locked):
    for path in (
        *VIEWS,
        "/events.json",
        "/events.csv",
        "/timeline/picture.json",
        "/overview.json",
        "/nowhere",
    ):
        answer = locked.get(path)
        assert answer.status_code in (303, 401)
        assert "Norland" not in answer.text
        assert "NRL" not in answer.text
    form = locked.get("/sign-in")
    assert "karv" not in form.text
    assert "standoff-token" not in form.text
    assert locked.post("/me", data={"name": "x"}).status_code == 401


def test_the_password_opens_every_page(locked):
    assert locked.post("/sign-in", data={"password": "not this"}).status_code == 403
    answer = locked.post("/sign-in", data={"password": PASSWORD})
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert locked.get("/").status_code == 200


def test_a_session_cannot_be_guessed(locked):
    for cookie in (
        "standoff-session=guessed",
        "standoff-session=",
        "standoff-session=\xe9",
        "standoff-session",
    ):
        assert locked.get("/", headers={"cookie": cookie.encode("latin-1")}).status_code == 303


def test_wrong_passwords_are_slowed_down(locked):
    for _ in range(TRIES):
        assert locked.post("/sign-in", data={"password": "guess"}).status_code == 403
    answer = locked.post("/sign-in", data={"password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_the_throttle_counts_by_address_and_together():
    now = 1000.0
    throttle = Throttle(lambda: now)
    for _ in range(TRIES):
        assert throttle.wait("a") == 0
        throttle.wrong("a")
    assert throttle.wait("a") > 0
    assert throttle.wait("b") == 0
    for number in range(TRIES_OF_ALL):
        throttle.wrong(f"c{number}")
    assert throttle.wait("b") > 0
    now += PAUSE + 1
    assert throttle.wait("a") == throttle.wait("b") == 0
