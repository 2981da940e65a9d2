"""Is read by every Python that is started with this folder in its path: nothing may reach for the network."""

import sys
from typing import Any


def _refuse(event: str, _: Any) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}:
        raise PermissionError(f"{event}: this must work without a network")


sys.addaudithook(_refuse)
