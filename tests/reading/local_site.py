"""A web server on this machine, for tests that fetch: a table of paths to answers, and a list of what was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address

Handle = Callable[[BaseHTTPRequestHandler], None]


def only_here(address: IPv4Address | IPv6Address) -> bool:
    """The permission of the tests: this one address, and not the rest of loopback."""
    return str(address) == "127.0.0.1"


class Site:
    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.answers: dict[str, Handle] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def page(
        self,
        path: str,
        body: bytes | str,
        kind: str | None = "text/html; charset=utf-8",
        status: int = 200,
        **fields: str,
    ) -> None:
        content = body.encode() if isinstance(body, str) else body

        def handle(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            if kind is not None:
                request.send_header("Content-Type", kind)
            for name, value in fields.items():
                request.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in fields:
                request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)

        self.answers[path] = handle

    def redirect(self, path: str, to: str) -> None:
        self.page(path, b"", status=302, Location=to)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            handle = site.answers.get(self.path)
            try:
                if handle is None:
                    self.send_error(404)
                else:
                    handle(self)
            except OSError:
                pass

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
