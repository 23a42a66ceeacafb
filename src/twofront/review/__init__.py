"""The desk of a reviewer: one local page where proposals become decisions.

desk      what is on the table, what was decided about it, and what may be decided
server    loopback only; a small JSON interface
page      one HTML file with its style and script; it loads nothing from elsewhere
"""

from __future__ import annotations

from .desk import Desk, Wish
from .server import serve

__all__ = ["Desk", "Wish", "serve"]
