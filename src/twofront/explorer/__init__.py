"""The live page: look at what worlds do, ask a what-if, and see where every number comes from.

A reader's choices live in the page alone. What the server keeps between readers is read-only:
ensembles and posteriors of the unchanged scenario, and the code that the engine compiled.

    questions, pointing   what can be asked, what can be pointed at, and why something cannot
    words, export         answers as sentences; questions to take away
    workshop, jobs        worlds run in the background, with progress, a queue and a stop
    stored                posteriors on the disk
    frames, spans, curves forces, wars and pacts through time; fans
    layout, telling       room on the map; events in words
    origins               where a number comes from
    parting, minds        two worlds that share their luck, and what decisions weighed
    chair                 a power's decisions in the reader's hands, and its twins
    looking, api, limits  what the page fetches, the interface for programs, how much is let in
    page                  the page (NiceGUI), with `asking`, `pairing`, `sitting`; `static` draws
    server                loopback only, no foreign host or origin
"""

from __future__ import annotations

from .server import serve

__all__ = ["serve"]
