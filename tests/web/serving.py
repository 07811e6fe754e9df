"""The app as the tests meet it: a dossier made of codings, served on a free port."""

import contextlib
import threading
import time

from standoff.dossier.dossier import Dossier

ADDRESS = "http://127.0.0.1"


def dossier_of(path, *codings):
    with Dossier.create(path) as dossier:
        for coding in codings:
            assert dossier.add(coding)
    return path


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
