"""What the rules of the readers are called on a page for people: `carried` says nothing to anybody.

rule_in_words("carried")    "a number whose noun stands elsewhere in the sentence"
rule_in_words("offset-ago") "counted back from when the text was written"
"""

from __future__ import annotations

import re

_DATES = {
    "point": "a date written out",
    "partial": "a day or month; its year comes from the dates before it",
    "iso": "a date in figures",
    "offset-later": "counted from what was told before it",
    "offset-after": "counted from an event that it names",
    "offset-before": "counted back from an event that it names",
    "offset-earlier": "counted back from what was told before it",
    "offset-ago": "counted back from when the text was written",
    "offset-eve": "the day before",
    "offset-day": "a day counted from the first one",
    "bare-day": "a day alone; its month comes from the dates before it",
    "bare-days": "days alone; their month comes from the dates before them",
    "days-of-a-month": "several days of one month",
    "range": "from one date to another",
    "two-calendars": "one day in two calendars",
    "old-style": "a day of the old calendar",
    "republican": "a day of the French republican calendar",
    "deictic": "seen from when the text was written",
    "named": "a feast or another day with a name",
    "point-of-that-year": "a date of the year that was just told",
    "anniversary": "an anniversary, counted from its event",
    "part-of-that": "a part of the month or year that was just told",
    "pair": "one of two dates that share a month or a year",
    "night": "the night between two days",
    "instant": "a day of this or the last month, as letters write it",
    "across-years": "a stretch across the turn of a year",
    "roman-month": "a date with its month in Roman figures",
    "centuries": "one or more centuries",
    "turn-of-century": "the turn of a century",
    "early-year": "a year of three figures",
}
_NUMBERS = {
    "unit": "a number beside what it counts",
    "noun": "a number and the noun after it",
    "bare": "a number alone; the sentence tells what it counts",
    "carried": "a number whose noun stands elsewhere in the sentence",
    "money": "a sum of money",
    "percent": "a share in per cent",
    "compound": "a number and its noun in one word",
    "vague": "a word for an uncertain number",
    "one": "one of something",
    "and-a-half": "a number and a half",
    "part": "a part of one",
    "range": "from one number to another",
}
_OTHERS = {
    "pact-place": "a treaty with the name of a place",
    "pact-pattern": "words for a treaty with its parties",
    "gazetteer": "a name of the gazetteer",
    "reported": "reported speech, without quotation marks",
    "imported": "found by another tool",
    "quote-same": "goes on in the voice of the quotation before it",
    "quote-same-paragraph": "goes on in the voice of the paragraph",
    "quote-continued": "goes on from the quotation before it",
    "quote-focus": "the person whom the paragraph is about",
    "quote-heard": "heard by somebody whom the text names",
    "quote-signed": "signed at its end",
    "quote-cited": "cited with its source",
    "quote-unattributed": "nobody is named as its speaker",
}
_PLAIN = {**_OTHERS, **_NUMBERS, **_DATES}
_PLAIN_NUMBERS = {**_PLAIN, **_NUMBERS}
_VOICES = {
    "person": "a person named",
    "role": "somebody named by office or rank",
    "pronoun": "“he”, “she” or “they”",
    "unnamed": "somebody without a name",
    "thing": "a paper or a body",
    "paper": "a paper or a newspaper",
    "state": "a state or its government",
    "reply": "whoever replies",
    "subject": "the subject of the sentence",
}
_QUOTE = re.compile(r"quote-(after|before)-(\w+)")


def rule_in_words(rule: str, type_: str = "") -> str:
    """One plain phrase for the rule that read some words; of a rule nobody described, its id.

    `type_` is what was read: a rule of one name may read dates and numbers.
    """
    plain = _PLAIN_NUMBERS if type_ == "QUANTITY" else _PLAIN
    if rule in plain:
        return plain[rule]
    if match := _QUOTE.match(rule):
        voice = _VOICES.get(match[2], "their speaker")
        return f"words in quotation marks; {voice} stands {match[1]} them"
    for start, words in (
        ("quote-lead", "words in quotation marks; their speaker stands in the sentence before"),
        ("quote-turn", "a turn of a conversation"),
        ("quote", "words in quotation marks"),
        ("pointing", "seen from the date that was told before it"),
        ("weekday", "a day of the week, near the date before it"),
        ("offset", "counted from another date"),
    ):
        if rule.startswith(start):
            return words
    return rule.replace("-", " ")
