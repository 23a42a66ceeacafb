"""Dates in a text: where they stand, and which day, month or year each one means.

found       `dates.py` asks the rules for what may be a date: `single.py`, `written.py` and
            `bare_days.py` (points of the calendar), `parts.py` and `ranges.py` (stretches),
            `calendars.py`, `counted.py` ("two years later"), `pointed.py` ("the next day").
            Each finds a `Proposal` (`proposals.py`), whose `Point`s (`spans.py`, `points.py`,
            `movable.py`) may lack their year.
resolved    `resolve.py` says how what a date leaves out is found. It builds on, from the ground up:

    `states.py`         what a date may mean, how far a reading has come
    `lapse.py`          what it costs that a story moves through time
    `clauses.py`        the words around a date
    `tenses.py`         what had been, what is to come
    `entries.py`        the day of writing, entries of diaries, letters
    `context.py`        the dates named before
    `asides.py`         what moves the story and what does not
    `anchored.py`       what a count names that it is counted from (`anchors.py`, `events.py`)
    `beside.py`         a date beside a count
    `known_years.py`    years that leave no choice
    `months.py`         the month of a bare day
    `years.py`          the years that may be meant
    `weighing.py`       what each of them costs
    `reckoning.py`      "two years later"
    `anniversaries.py`  "the 80th anniversary"
    `weekdays.py`       "on Sunday"
    `pointing.py`       "last year", "that summer"
    `settled.py`        what is settled when all is read

qualified   `modifiers.py` hears "by", "about", "probably"; `qualifiers.py` hears it of counts.
"""
