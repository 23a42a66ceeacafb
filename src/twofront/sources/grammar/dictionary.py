"""What the dictionary (pymorphy3) knows of a word: its case and gender, whose name it is.

Each word is asked for only once. A language whose nouns are looked up here names the dictionary as
`morphology` in the table `[quotation]` of its lexicon.
"""

from __future__ import annotations

import functools

from .letters import folded


@functools.lru_cache(50_000)
def is_womans_name(word: str) -> bool:
    """Whether a word is a woman's given name in some case; «Пётр» is no genitive of several."""
    hers = {"Name", "femn", "sing"}
    return is_known(word) and any(hers <= parse.tag.grammemes for parse in parses_of(word)[:3])


@functools.lru_cache(50_000)
def is_only_womans_name(word: str) -> bool:
    """Whether a word is a woman's given name in some case, and no man's: «Марию», «Розе»."""
    his = {"Name", "masc"}
    return is_womans_name(word) and not any(his <= p.tag.grammemes for p in parses_of(word)[:8])


@functools.lru_cache(50_000)
def is_mans_name(word: str) -> bool:
    """Whether a word is a man's given name in the nominative."""
    masculine = {"Name", "masc", "sing", "nomn"}
    return is_known(word) and any(masculine <= parse.tag.grammemes for parse in parses_of(word)[:5])


@functools.lru_cache(50_000)
def noun_of(word: str) -> tuple[str, bool, bool]:
    """Dictionary form of a noun; whether it may be a nominative; whether it is a living being."""
    if not is_known(word):
        # «комфронтом»: an abbreviation that is not declined, as likely as not
        return word, True, False
    lemma, subject, living = "", False, False
    parses = parses_of(word)[:8]
    # «графу» is rather of a count than of a column.
    for parse in sorted(parses, key=lambda parse: "anim" not in parse.tag.grammemes):
        grammemes = parse.tag.grammemes
        if "NOUN" in grammemes or "Subx" in grammemes:
            lemma = lemma or parse.normal_form
            same = parse.normal_form == lemma
            subject = subject or (same and "nomn" in grammemes and "sing" in grammemes)
            living = living or ("anim" in grammemes and not {"Name", "Surn"} & grammemes)
    return lemma, subject, living


@functools.lru_cache(50_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """All nouns of which a word may be a form: «маркизу» of a marquis or of his wife."""
    nouns = [parse.normal_form for parse in parses_of(word)[:8] if parse.tag.POS == "NOUN"]
    return tuple(dict.fromkeys(nouns))


@functools.lru_cache(50_000)
def is_adjective(word: str) -> bool:
    """Whether a word may stand before a noun and agree with it."""
    return any(parse.tag.POS in ("ADJF", "PRTF") for parse in parses_of(word)[:3])


@functools.lru_cache(50_000)
def agrees(word: str, noun: str) -> bool:
    """Whether an adjective goes with the noun after it: «Шипкинского полка»."""
    own = [p.tag for p in parses_of(word)[:8] if p.tag.POS == "ADJF"]
    nouns = [p.tag for p in parses_of(noun)[:6] if p.tag.POS == "NOUN"] if own else []
    return any(
        (a.case, a.number) == (n.case, n.number) and (a.number == "plur" or a.gender == n.gender)
        for a in own
        for n in nouns
        if n.animacy == "inan"
    )


@functools.lru_cache(50_000)
def is_nominative_adjective(word: str) -> bool:
    """Whether a word is an adjective or a participle that a man or a woman may go by: «раненый»."""
    tags = [parse.tag.grammemes for parse in parses_of(word)[:4]]
    return any(
        {"nomn", "sing"} <= tag and tag & {"ADJF", "PRTF"} and "neut" not in tag for tag in tags
    )


@functools.lru_cache(50_000)
def verb_of(word: str) -> tuple[str, str, str]:
    """Person ("1per"), number ("plur") and gender ("femn") of a finite verb; "" if unknown."""
    for parse in parses_of(word)[:3]:
        if parse.tag.POS == "VERB":
            tag = parse.tag
            # The dictionary's own strings refuse to be compared with anything but grammemes.
            return str(tag.person or ""), str(tag.number or ""), str(tag.gender or "")
    return "", "", ""


@functools.lru_cache(50_000)
def is_plural(word: str) -> bool:
    """Whether a noun can only be a plural."""
    nouns = [parse.tag for parse in parses_of(word)[:6] if parse.tag.POS == "NOUN"]
    return bool(nouns) and all(tag.number == "plur" for tag in nouns)


@functools.lru_cache(50_000)
def is_genitive(word: str) -> bool:
    """Whether a noun may be a genitive: «начальник штаба»."""
    return any({"NOUN", "gent"} <= parse.tag.grammemes for parse in parses_of(word)[:6])


@functools.lru_cache(50_000)
def is_plural_subject(word: str) -> bool:
    """Whether a noun is a nominative plural, and no genitive: «солдаты», but not «жены»."""
    tags = [parse.tag.grammemes for parse in parses_of(word)[:6]]
    return any({"NOUN", "plur", "nomn"} <= tag for tag in tags) and not any(
        {"NOUN", "sing"} <= tag for tag in tags
    )


@functools.lru_cache(50_000)
def is_participle(word: str) -> bool:
    """Whether a word may open a gerund or participle phrase: «выслушав», «вспыхнувший»."""
    return any(parse.tag.POS in ("GRND", "PRTF") for parse in parses_of(word)[:2])


@functools.lru_cache(50_000)
def is_adverb(word: str) -> bool:
    """Whether a word tells how: «удивлённо»."""
    return any(parse.tag.POS == "ADVB" for parse in parses_of(word)[:3])


@functools.lru_cache(50_000)
def is_given_name(word: str) -> bool:
    """Whether a word is somebody's given name."""
    return any("Name" in parse.tag.grammemes for parse in parses_of(word)[:3])


@functools.lru_cache(50_000)
def names_first(word: str) -> bool:
    """Whether a word is rather a given name than anything else: «лавр», but not «вера»."""
    return any("Name" in parse.tag.grammemes for parse in parses_of(word)[:1])


@functools.lru_cache(50_000)
def is_one_given_name(word: str) -> bool:
    """Whether the dictionary has a word as one person's given name: «Филя», but not «в Филях»."""
    parses = parses_of(word)[:3] if is_known(word) else ()
    return any({"Name", "sing"} <= parse.tag.grammemes for parse in parses)


def is_known_name(word: str) -> bool:
    """Whether the dictionary itself has a word as a given name."""
    return is_known(word) and is_given_name(word)


@functools.lru_cache(50_000)
def is_place_name(word: str) -> bool:
    """Whether the dictionary has the word as the name of a place and of nobody."""
    if not is_known(word):
        return False
    parses = parses_of(word)[:4]
    return any("Geox" in parse.tag.grammemes for parse in parses) and not any(
        {"Name", "Surn"} & parse.tag.grammemes for parse in parses
    )


@functools.lru_cache(50_000)
def is_surname(word: str) -> bool:
    """Whether a word looks like a surname in some case."""
    return any("Surn" in parse.tag.grammemes for parse in parses_of(word)[:2])


@functools.lru_cache(50_000)
def is_only_surname(word: str) -> bool:
    """Whether the dictionary has a word as a surname and as no patronymic: «Мицкевич»."""
    tags = [parse.tag.grammemes for parse in parses_of(word)[:4]] if is_known(word) else []
    return any("Surn" in tag for tag in tags) and not any("Patr" in tag for tag in tags)


@functools.lru_cache(50_000)
def is_noun(word: str) -> bool:
    """Whether a word is a common noun of the dictionary."""
    return is_known(word) and any(parse.tag.POS == "NOUN" for parse in parses_of(word)[:1])


@functools.lru_cache(50_000)
def is_lifeless(word: str) -> bool:
    """Whether a word may be the nominative of a lifeless thing: «мороз», «туман»."""
    return is_known(word) and any(
        {"NOUN", "inan", "nomn", "sing"} <= parse.tag.grammemes
        and not {"Name", "Surn", "Geox"} & parse.tag.grammemes
        for parse in parses_of(word)[:4]
    )


@functools.lru_cache(50_000)
def may_be_plural_subject(word: str) -> bool:
    """Whether a noun may be a nominative plural: «женщины», which may be a genitive too."""
    return any({"NOUN", "plur", "nomn"} <= parse.tag.grammemes for parse in parses_of(word)[:6])


@functools.lru_cache(50_000)
def may_be_genitive_plural(word: str) -> bool:
    """Whether a noun may be counted in this form: «сотня гусар»."""
    return any({"NOUN", "plur", "gent"} <= parse.tag.grammemes for parse in parses_of(word)[:6])


@functools.lru_cache(50_000)
def adjective_base(word: str) -> str:
    """An adjective in the nominative: «старого» → «старый»."""
    for parse in parses_of(word)[:3]:
        if parse.tag.POS in ("ADJF", "PRTF"):
            alike = parse.tag.gender == "neut" and parse.tag.case not in ("nomn", "accs")
            gender = "masc" if alike else parse.tag.gender or "masc"  # «старого» of a man
            form = parse.inflect({"nomn", "sing", gender})
            return form.word if form and parse.tag.number == "sing" else word
    return word


@functools.lru_cache(50_000)
def plural_subject_of(word: str) -> str:
    """A noun that can only be a plural, in the nominative: «моряков» → «моряки»; else ""."""
    if not is_plural(word):
        return ""
    for parse in parses_of(word)[:6]:
        if parse.tag.POS == "NOUN":
            form = parse.inflect({"nomn", "plur"})
            return folded(form.word) if form else ""
    return ""


@functools.lru_cache(50_000)
def noun_gender(word: str) -> str:
    """Gender of a noun ("femn"); "" if unknown or a plural."""
    for parse in parses_of(word)[:3]:
        if parse.tag.POS == "NOUN":
            return "" if parse.tag.number == "plur" else str(parse.tag.gender or "")
    return ""


@functools.lru_cache(50_000)
def is_thing(word: str) -> bool:
    """Whether a word is a lifeless thing of the dictionary, in a case that no subject has."""
    if not is_known(word):
        return False
    tags = [parse.tag for parse in parses_of(word)[:4]]
    return all(
        tag.POS == "NOUN" and tag.animacy == "inan" and tag.case != "nomn"
        and not {"Name", "Surn", "Patr"} & tag.grammemes
        for tag in tags
    )  # fmt: skip


@functools.lru_cache(50_000)
def is_finite_verb(word: str) -> bool:
    """Whether a word may be the verb of a clause."""
    return any(parse.tag.POS == "VERB" for parse in parses_of(word)[:2])


@functools.lru_cache(50_000)
def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive: «атаковать»."""
    return any(parse.tag.POS == "INFN" for parse in parses_of(word)[:1])


@functools.lru_cache(50_000)
def is_common_word(word: str) -> bool:
    """Whether the dictionary has the word, and not as a name."""
    parses = parses_of(word)[:4]
    if all(
        parse.tag.POS == "ADJS" or (parse.tag.POS == "NOUN" and parse.tag.case != "nomn")
        for parse in parses
    ):
        return False  # «Багров»: no subject begins a sentence in such a form, but a surname does
    names = {"Name", "Surn", "Patr"}  # «Милорадович» is in the dictionary as a patronymic only
    return is_known(word) and not any(names & parse.tag.grammemes for parse in parses)


@functools.cache
def _morphology():
    import pymorphy3  # a seventh of a second: only when a name or a noun needs it

    return pymorphy3.MorphAnalyzer()


@functools.lru_cache(50_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has a word; it has none with half of a surrogate pair in it."""
    try:
        return _morphology().word_is_known(word)
    except ValueError:
        return False


@functools.lru_cache(50_000)
def parses_of(word: str):
    """What the dictionary makes of a word; nothing of one whose letters have no name."""
    try:
        return _morphology().parse(word)
    except ValueError:
        return []
