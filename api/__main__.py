"""`python -m api`: serves the web chat and the API, and Telegram when a token is set."""

import errno
import logging
import socket
import sys

import uvicorn

from api.app import create_app
from api.settings import ApiSettings
from content.contacts import CONTACTS
from content.errors import ContentError


def main() -> int:
    """Serve until told to stop; returns the exit status."""
    settings = ApiSettings()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        listener = _listen(settings)
    except OSError as error:
        busy = error.errno == errno.EADDRINUSE
        why = "is busy" if busy else f"cannot be used ({error.strerror})"
        print(f"Port {settings.port} on {settings.host} {why}. Choose another: PORT={settings.port + 1} make run", file=sys.stderr)
        return 1
    try:
        app = create_app(settings, _progress)
        # The access log holds addresses and what was asked for, so there is none.
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=settings.trusted_proxies,
        )
        server = uvicorn.Server(config)
        server.run(sockets=[listener])
    except ContentError as error:
        print(f"{error}\nThe helpline answers day and night: {CONTACTS.helpline}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0 if server.started else 1


def _listen(settings: ApiSettings) -> socket.socket:
    """The listening socket, taken before anything else is opened, so that a busy port is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def _progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
