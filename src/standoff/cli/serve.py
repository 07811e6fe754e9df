"""standoff serve: the dossier in a browser, on this machine."""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import click

from standoff.cli.options import DOSSIER

DEFAULT_PORT = 8462
TRIES = 20
"""How many ports after the first are tried where no port is named and one is taken."""


@click.command("serve")
@DOSSIER
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port; {DEFAULT_PORT} or the next free one if not given."
)
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.option("--create", is_flag=True, help="Make the dossier where there is none yet.")
@click.option("--host", metavar="ADDRESS", help="Address to serve at, for other machines; needs a password.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File whose first line is the password.",
)
@click.option(
    "--conflict",
    "conflict_file",
    type=click.Path(path_type=Path),
    metavar="FILE.toml",
    help="Conflict model to show and edit; DOSSIER-stem.conflict.toml beside the dossier if not given.",
)
def command(
    dossier: Path,
    port: int | None,
    browse: bool,
    create: bool,
    host: str | None,
    password_file: Path | None,
    conflict_file: Path | None,
) -> None:
    """Read, check and extend a dossier in a browser.

    Only this machine can reach it, unless --host names another address; then a password is asked for.
    """
    import uvicorn

    from standoff.web.app import create_app

    address = host or "127.0.0.1"
    password = _password(address, password_file)
    if create:
        from standoff.dossier.dossier import Dossier

        Dossier.create(dossier).close()
    app = create_app(
        dossier,
        names=(address, socket.gethostname()) if host else (),
        password=password,
        conflict_file=_conflict(conflict_file),
    )
    listening = _listen(address, port)
    shown = _shown(address, listening.getsockname()[1])
    sys.stderr.write(f"{dossier} is at {shown} (stop with Ctrl+C)\n")
    if browse:
        threading.Timer(0.3, webbrowser.open, [shown]).start()
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False, lifespan="on")
    )
    server.run([listening])


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _password(address: str, file: Path | None) -> str | None:
    """Return the password that is asked for; None on the loopback. Raises UsageError where there must be one."""
    from standoff.errors import InputError, UsageError

    if file is None:
        if _is_loopback(address):
            return None
        raise UsageError(
            f"Other machines can reach {address}: name a file with a password (--password-file FILE), or leave "
            "--host out."
        )
    try:
        first = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(
            f"{file}: the password cannot be read; name a text file with it in the first line."
        ) from cause
    if len(first) < 8:
        raise InputError(
            f"{file}: the first line has fewer than 8 characters; write a longer password into it."
        )
    return first


def _conflict(file: Path | None) -> Path | None:
    """Return the conflict file; UsageError where no such file could be edited."""
    from standoff.errors import UsageError

    if file is not None and (file.suffix.lower() != ".toml" or file.is_dir()):
        raise UsageError(
            f"{file} is no .toml file: the app edits conflicts in that form (standoff draft writes it)."
        )
    return file


def _listen(address: str, port: int | None) -> socket.socket:
    """Return a socket that listens at the address: at the port, or at the first free one from `DEFAULT_PORT` on."""
    from standoff.errors import InputError

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    ports = [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + TRIES), 0]
    problem: OSError | None = None
    for number in ports:
        found = socket.socket(family, socket.SOCK_STREAM)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((address, number))
            found.listen(128)
        except OSError as cause:
            found.close()
            problem = cause
            continue
        return found
    raise InputError(
        f"Nothing can be served at {address} port {ports[0]} ({problem}); name another --port."
    ) from problem


def _shown(address: str, port: int) -> str:
    """Return the address to type into a browser."""
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(address, address)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"
