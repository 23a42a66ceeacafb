"""The live page: look at what worlds do, ask a what-if, and see where every number comes from.

A reader's choices live in the page alone. What the server keeps between readers is read-only:
ensembles and posteriors of the unchanged scenario, and the code that the engine compiled.

    questions   what can be asked, and why something cannot
    words       answers as sentences
    workshop    worlds run in the background, with progress and a stop
    curves      fans, and the forces of a week
    page        the page itself (NiceGUI), with `asking` for the right-hand side
    server      loopback only, no foreign host or origin
"""

from __future__ import annotations

from .server import serve

__all__ = ["serve"]
