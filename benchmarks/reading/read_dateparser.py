"""dateparser's search_dates, with and without the demand that a year be named."""

import re
from datetime import datetime, time

from adapter import precisions, serve
from dateparser.search import search_dates


def read(text, language, when, variant):
    """Variant: any, or year."""
    settings = {"RELATIVE_BASE": datetime.combine(when, time())}
    if variant == "year":
        settings["REQUIRE_PARTS"] = ["year"]
    found, at = [], 0
    for words, moment in search_dates(text, languages=[language], settings=settings) or ():
        # It gives words without their place, and its own white space.
        place = re.compile(r"\s*".join(map(re.escape, words.split()))).search(text, at)
        if place:
            at = place.end()
            found.append({"type": "DATE", "start": place.start(), "end": at, **precisions(moment)})
    return found


serve("dateparser", read)
