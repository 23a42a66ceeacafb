"""How well a number is known.

measured   estimated by a script of this repository from named data
sourced    cited
estimated  somebody's judgement, with the reason
assumed    nobody knows; the range says how little
"""

from __future__ import annotations

from typing import Literal, get_args

Grade = Literal["measured", "sourced", "estimated", "assumed"]
GRADES: tuple[Grade, ...] = get_args(Grade)
