"""The reduced model as Twofront writes it: one law, one file, and the order of the week."""

from .combat import combat
from .learning import learning
from .movement import movement
from .production import production
from .strikes import strikes
from .treaties import treaties

ORDER = (production, movement, combat, strikes, learning, treaties)
