"""Inflected names in the nominative: «генералу Скобелеву» → «Скобелев».

A form that stands in the same text decides first; then the endings that Russian surnames have;
the dictionary (pymorphy3) is asked last, and each word only once. A language that does not
inflect its names has no `morphology` in the `[quotation]` table of its lexicon.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Set

# Ending, what takes its place: endings that only these surnames have.
_SURE = [
    (re.compile(r"(ск|цк)(?:ого|ому|им|ом)\Z"), r"\1ий"),
    (re.compile(r"(ск|цк)(?:ой|ую)\Z"), r"\1ая"),
    (re.compile(r"((?:[оеё]в|[иы]н))(?:а|у|ым|е)\Z"), r"\1"),
    (re.compile(r"((?:[оеё]в|[иы]н))(?:ой)\Z"), r"\1а"),
    (re.compile(r"((?:[ое]в|[ьмтк])ич)(?:а|у|ем|е)\Z"), r"\1"),  # «Петровича», «Кузьмича»
    (re.compile(r"((?:[ое]в|ич)н)(?:ы|у|ой|е)\Z"), r"\1а"),  # «Николаевны»
]
# Endings that other names may have: only if the result stands in the text or the dictionary.
_LIKELY = [
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ем|е)\Z"), ""),
    (re.compile(r"(?<=[аеиоуыэюяё])(?:я|ю|ем|е)\Z"), "й"),
    (re.compile(r"(?<=[лнрстдзв])(?:я|ю|ем|е)\Z"), "ь"),
    (re.compile(r"(?:ого|ому|ым|им|ом)\Z"), "ой"),
    (re.compile(r"(?:ого|ому|ым|им|ом)\Z"), "ый"),
    (re.compile(r"(?:ы|и|е|у|ой)\Z"), "а"),
    (re.compile(r"(?:и|е|ю|ей)\Z"), "я"),
]
# A vowel that only the nominative has; if it stands in the text.
_FLEETING = [
    (re.compile(r"(?<=[бвгджзклмнпрстфхч])ц(?:а|у|ем|е)\Z"), "ец"),  # «Кравцу»
    (re.compile(r"[ьй]ц(?:а|у|ем|е)\Z"), "ец"),  # «Мальцу», «Китайцу»
    (re.compile(r"(?<=[бвгджзлмнпрстфхцчш])к(?:а|у|ом|е)\Z"), "ок"),  # «Лобку»
]

_DECLINED = "ауюяыиеойм"  # the last letters of whatever is declined by an ending

NOMINATIVE, OBLIQUE, EITHER = "nominative", "oblique", "either"
_SUBJECT = re.compile(r"(?:[оеё]в|[иы]н|ский|цкий)\Z")
_OBJECT = re.compile(r"(?:ск|цк)(?:ого|ому|им|ом|ую)\Z|(?:[оеё]в|[иы]н)(?:у|ым|е|ой)\Z")
_DECLINED_SURNAME = re.compile(r"(?:ск|цк)(?:ого|ому|им|ом|ой|ую)\Z|(?:[ое]в|[иы]н)(?:у|ым|е|ой)\Z")
# Names of no dictionary that end so may be declined or not: «Нею», «Даву», «Мольтке», «Черных».
_UNCLEAR = re.compile(r"(?:[аеёиоуыэюя]|ом|ем|[ыи]м|[ыи]х|ой)\Z")

_WOMANS_SURNAME = re.compile(r"(?:[оеё]в|[иы]н)а\Z")
# «Рощину», «Рощиной», «Тимофеевну», «Ильиничны»: of women's surnames and patronymics.
_HERS_DECLINED = re.compile(r"(?<=[оеё]в|[иы]н|вн|чн)(?:у|ой|ы|е)\Z")
_DATIVE = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?<!еск)(?:у|ом)\Z")  # of a name in no dictionary
_DATIVE_IN_U = re.compile(r"(?<=[аео])ю\Z")  # «Барклаю»
# «Лоранды», «Галдии»; but «Махтумкулы», and «Лоренцы» may be several.
_GENITIVE_IN_Y = re.compile(r"(?<=[бвгджзлмнпрст])(?<![угы]л)ы\Z")
_AS_WRITTEN = re.compile(r"(?<=[бвгжзкмпсфхцчшщ])ю\Z")  # «Массю»: no dative of a Russian name
_GENITIVE_IN_II = re.compile(r"(?<=.и)и\Z")
_ADJECTIVE = re.compile(r"(?<=...)[ое](?:го|му)\Z")  # «Верховного»


def nominative(word: str, seen: Set[str]) -> str:
    """A name as it stands in a register; `seen` are the capitalised words of the text, lowered."""
    low = word.lower().replace("ё", "е")
    if "-" in low:
        return _of_double(word, seen)
    if low[-1] in "еуй" and is_given_name(low) and is_known(low):
        form = _from_dictionary(low)  # «Екатерине» is of no Екатерин
        if form:
            return form.capitalize()
    if low[-1] in "ыи" and is_womans_name(low):
        return _her_name(low).capitalize() or word  # «Анны», «Марии»
    if low[-1] not in _DECLINED:
        return word
    sure = _sure_form(low)
    if sure:
        return sure.capitalize()
    for form in _likely_forms(low):
        if form in seen:
            return form.capitalize()
    if not is_known(low):
        form = _DATIVE.sub("", _DATIVE_IN_U.sub("й", low))
        form = _GENITIVE_IN_Y.sub("а", _GENITIVE_IN_II.sub("я", form))
        if form != low and len(form) > 2:
            return form.capitalize()
    if _AS_WRITTEN.search(low) and not is_known(low):
        return word
    if low[-1] in "ауюя" or low.endswith(("ом", "ем", "ого", "ому")):
        form = _from_dictionary(low)
        if form:
            return form.capitalize()
    if _ADJECTIVE.search(low) and is_adjective(low):
        return adjective_base(low).capitalize()
    return word


def of_genitive(word: str, seen: Set[str]) -> str:
    """A man's name that is known to be in the genitive, as a register has it: «Карраля»."""
    form = nominative(word, seen)
    low = word.lower().replace("ё", "е")
    if form != word or _may_be_of_dictionary(low):
        return form
    for pattern, ending in _LIKELY[:3]:
        changed = pattern.sub(ending, low)
        if changed != low and low[-1] in "ая" and len(changed) > 3:
            return changed.capitalize()
    return word


@functools.lru_cache(50_000)
def _may_be_of_dictionary(low: str) -> bool:
    """Whether the dictionary has a word as a name in the nominative: «Дюма»."""
    return is_known(low) and any(
        "nomn" in parse.tag.grammemes and {"Name", "Surn"} & parse.tag.grammemes
        for parse in _parses(low)[:8]
    )


@functools.lru_cache(50_000)
def _sure_form(low: str) -> str:
    """The nominative of a name whose ending leaves no doubt; "" of any other."""
    for pattern, ending in _SURE:
        form = pattern.sub(ending, low)
        if form != low and len(form) > 4:
            return form
    return ""


@functools.lru_cache(50_000)
def _likely_forms(low: str) -> tuple[str, ...]:
    """What the nominative may be of a name whose ending leaves doubt, the likeliest first."""
    forms = (pattern.sub(ending, low) for pattern, ending in (*_FLEETING, *_LIKELY))
    return tuple(form for form in forms if form != low and len(form) > 2)


def _of_double(word: str, seen: Set[str]) -> str:
    """«Римскому-Корсакову»: both halves, if the last one is declined."""
    *halves, last = word.split("-")
    form = nominative(last, seen) if len(last) > 1 else last
    if form.lower() == last.lower().replace("ё", "е"):
        return word
    return "-".join([*(nominative(half, seen) if half else half for half in halves), form])


def case_of(word: str, seen: Set[str]) -> str:
    """Whether a name is in the nominative by its form, in another case, or in either."""
    low = word.lower().replace("ё", "е").rpartition("-")[2]
    case, sure = _case_by_form(low)
    if not sure and any(form in seen for form in _likely_forms(low)):
        return OBLIQUE
    return case


@functools.lru_cache(50_000)
def _case_by_form(low: str) -> tuple[str, bool]:
    """The case of a name by its form alone, and whether no other name of a text may change it."""
    if _OBJECT.search(low) and not is_given_name(low):
        return OBLIQUE, True
    known = _case_in_dictionary(low)
    if known:
        return known, True
    if _SUBJECT.search(low):
        return NOMINATIVE, True
    declined = _DATIVE.search(low) or _DATIVE_IN_U.search(low)
    if declined and not is_known(low):
        return OBLIQUE, False
    return EITHER if _UNCLEAR.search(low) else NOMINATIVE, False


def is_surely_oblique(word: str) -> bool:
    """Whether a name cannot be a nominative, by an ending or by the dictionary."""
    low = word.lower().replace("ё", "е").rpartition("-")[2]
    if _OBJECT.search(low) and not is_given_name(low):
        return True
    return _case_in_dictionary(low) == OBLIQUE


@functools.lru_cache(50_000)
def _case_in_dictionary(low: str) -> str:
    """The case of a name that the dictionary knows; "" if it does not."""
    if not low or not is_known(low):
        return ""
    tags = [parse.tag.grammemes for parse in _parses(low)[:12]]
    names = [tag for tag in tags if {"Name", "Surn", "Patr"} & tag and "sing" in tag]
    if not names:
        places = low[-1] in "ую" and all("Geox" in tag and "nomn" not in tag for tag in tags)
        return OBLIQUE if places and tags else ""  # «Галифаксу», a place and a lord
    subject = ["nomn" in tag for tag in names]
    closed = low[-1] not in "аеёиоуыэюя"  # an undeclined woman's surname is no other case
    if all(subject) or (any(subject) and closed):
        return NOMINATIVE
    if closed or all("loct" in tag for tag in names):  # «Нессельроде» stands in no «о ком»
        return "" if closed else EITHER
    hers = low[-1] in "еи" and all("femn" in tag for tag in names)
    if any(subject) or (hers and len(low) < 5):  # «Мане» is no Маня; but «Аллы», «Анну»
        return EITHER
    return OBLIQUE


@functools.lru_cache(50_000)
def is_womans_name(word: str) -> bool:
    """Whether a word is a woman's given name in some case; «Пётр» is no genitive of several."""
    hers = {"Name", "femn", "sing"}
    return is_known(word) and any(hers <= parse.tag.grammemes for parse in _parses(word)[:3])


@functools.lru_cache(50_000)
def is_only_womans_name(word: str) -> bool:
    """Whether a word is a woman's given name in some case, and no man's: «Марию», «Розе»."""
    his = {"Name", "masc"}
    return is_womans_name(word) and not any(his <= p.tag.grammemes for p in _parses(word)[:8])


@functools.lru_cache(50_000)
def is_mans_name(word: str) -> bool:
    """Whether a word is a man's given name in the nominative."""
    masculine = {"Name", "masc", "sing", "nomn"}
    return is_known(word) and any(masculine <= parse.tag.grammemes for parse in _parses(word)[:5])


def is_declined(low: str) -> bool:
    """Whether an ending is one that surnames have in other cases only: «Лацкому»."""
    return low[-1] in _DECLINED and _DECLINED_SURNAME.search(low) is not None


@functools.lru_cache(50_000)
def _from_dictionary(low: str) -> str:
    for parse in _parses(low)[:8]:
        grammemes = parse.tag.grammemes
        if "Fixd" in grammemes:
            return ""
        if "nomn" in grammemes and {"Name", "Surn"} & grammemes:
            return ""
        if {"Name", "Surn"} & grammemes and "sing" in grammemes:
            return parse.normal_form
    return ""


@functools.lru_cache(50_000)
def _her_name(low: str) -> str:
    """A woman's given name in the nominative; "" if it may stand in it already."""
    names = [p for p in _parses(low)[:8] if {"Name", "femn", "sing"} <= p.tag.grammemes]
    if not names or any("nomn" in p.tag.grammemes for p in names):
        return ""
    return names[0].normal_form


def of_woman(word: str) -> str:
    """A woman's name in the nominative, of whatever case: «Анну», «Тимофеевну», «Рощиной»."""
    low = word.lower().replace("ё", "е")
    if is_womans_name(low):
        return _her_name(low).capitalize() or word
    return _HERS_DECLINED.sub("а", low).capitalize() if _HERS_DECLINED.search(low) else word


@functools.lru_cache(50_000)
def noun_of(word: str) -> tuple[str, bool, bool]:
    """Dictionary form of a noun; whether it may be a nominative; whether it is a living being."""
    if not is_known(word):
        # «комфронтом»: an abbreviation that is not declined, as likely as not
        return word, True, False
    lemma, subject, living = "", False, False
    parses = _parses(word)[:8]
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
    nouns = [parse.normal_form for parse in _parses(word)[:8] if parse.tag.POS == "NOUN"]
    return tuple(dict.fromkeys(nouns))


@functools.lru_cache(50_000)
def is_adjective(word: str) -> bool:
    """Whether a word may stand before a noun and agree with it."""
    return any(parse.tag.POS in ("ADJF", "PRTF") for parse in _parses(word)[:3])


@functools.lru_cache(50_000)
def agrees(word: str, noun: str) -> bool:
    """Whether an adjective goes with the noun after it: «Шипкинского полка»."""
    own = [p.tag for p in _parses(word)[:8] if p.tag.POS == "ADJF"]
    nouns = [p.tag for p in _parses(noun)[:6] if p.tag.POS == "NOUN"] if own else []
    return any(
        (a.case, a.number) == (n.case, n.number) and (a.number == "plur" or a.gender == n.gender)
        for a in own
        for n in nouns
        if n.animacy == "inan"
    )


@functools.lru_cache(50_000)
def is_nominative_adjective(word: str) -> bool:
    """Whether a word is an adjective or a participle that a man or a woman may go by: «раненый»."""
    tags = [parse.tag.grammemes for parse in _parses(word)[:4]]
    return any(
        {"nomn", "sing"} <= tag and tag & {"ADJF", "PRTF"} and "neut" not in tag for tag in tags
    )


@functools.lru_cache(50_000)
def verb_of(word: str) -> tuple[str, str, str]:
    """Person ("1per"), number ("plur") and gender ("femn") of a finite verb; "" if unknown."""
    for parse in _parses(word)[:3]:
        if parse.tag.POS == "VERB":
            tag = parse.tag
            # The dictionary's own strings refuse to be compared with anything but grammemes.
            return str(tag.person or ""), str(tag.number or ""), str(tag.gender or "")
    return "", "", ""


@functools.lru_cache(50_000)
def is_plural(word: str) -> bool:
    """Whether a noun can only be a plural."""
    nouns = [parse.tag for parse in _parses(word)[:6] if parse.tag.POS == "NOUN"]
    return bool(nouns) and all(tag.number == "plur" for tag in nouns)


@functools.lru_cache(50_000)
def is_genitive(word: str) -> bool:
    """Whether a noun may be a genitive: «начальник штаба»."""
    return any({"NOUN", "gent"} <= parse.tag.grammemes for parse in _parses(word)[:6])


def is_instrumental(word: str) -> bool:
    """Whether a name has the ending of «с Шамилем», «с Багровым»."""
    return word.endswith(("ом", "ем", "ым", "им", "ой", "ей"))


@functools.lru_cache(50_000)
def is_plural_subject(word: str) -> bool:
    """Whether a noun is a nominative plural, and no genitive: «солдаты», but not «жены»."""
    tags = [parse.tag.grammemes for parse in _parses(word)[:6]]
    return any({"NOUN", "plur", "nomn"} <= tag for tag in tags) and not any(
        {"NOUN", "sing"} <= tag for tag in tags
    )


@functools.lru_cache(50_000)
def is_participle(word: str) -> bool:
    """Whether a word may open a gerund or participle phrase: «выслушав», «вспыхнувший»."""
    return any(parse.tag.POS in ("GRND", "PRTF") for parse in _parses(word)[:2])


@functools.lru_cache(50_000)
def is_adverb(word: str) -> bool:
    """Whether a word tells how: «удивлённо»."""
    return any(parse.tag.POS == "ADVB" for parse in _parses(word)[:3])


@functools.lru_cache(50_000)
def is_given_name(word: str) -> bool:
    """Whether a word is somebody's given name."""
    return any("Name" in parse.tag.grammemes for parse in _parses(word)[:3])


@functools.lru_cache(50_000)
def names_first(word: str) -> bool:
    """Whether a word is rather a given name than anything else: «лавр», but not «вера»."""
    return any("Name" in parse.tag.grammemes for parse in _parses(word)[:1])


@functools.lru_cache(50_000)
def is_one_given_name(word: str) -> bool:
    """Whether the dictionary has a word as one person's given name: «Филя», but not «в Филях»."""
    parses = _parses(word)[:3] if is_known(word) else ()
    return any({"Name", "sing"} <= parse.tag.grammemes for parse in parses)


def is_known_name(word: str) -> bool:
    """Whether the dictionary itself has a word as a given name."""
    return is_known(word) and is_given_name(word)


@functools.lru_cache(50_000)
def is_place_name(word: str) -> bool:
    """Whether the dictionary has the word as the name of a place and of nobody."""
    if not is_known(word):
        return False
    parses = _parses(word)[:4]
    return any("Geox" in parse.tag.grammemes for parse in parses) and not any(
        {"Name", "Surn"} & parse.tag.grammemes for parse in parses
    )


@functools.lru_cache(50_000)
def is_surname(word: str) -> bool:
    """Whether a word looks like a surname in some case."""
    return any("Surn" in parse.tag.grammemes for parse in _parses(word)[:2])


@functools.lru_cache(50_000)
def is_only_surname(word: str) -> bool:
    """Whether the dictionary has a word as a surname and as no patronymic: «Мицкевич»."""
    tags = [parse.tag.grammemes for parse in _parses(word)[:4]] if is_known(word) else []
    return any("Surn" in tag for tag in tags) and not any("Patr" in tag for tag in tags)


@functools.lru_cache(50_000)
def is_female_name(word: str) -> bool:
    """Whether a given name is a woman's in the nominative."""
    if not is_known(word) and (word[-1:] not in "ая" or _WOMANS_SURNAME.search(word)):
        return False  # «Белькасем», «Жюль», «Ардашева допросили»
    parses = _parses(word)[:5]
    return any({"Name", "femn", "nomn"} <= parse.tag.grammemes for parse in parses)


@functools.lru_cache(50_000)
def is_noun(word: str) -> bool:
    """Whether a word is a common noun of the dictionary."""
    return is_known(word) and any(parse.tag.POS == "NOUN" for parse in _parses(word)[:1])


@functools.lru_cache(50_000)
def is_lifeless(word: str) -> bool:
    """Whether a word may be the nominative of a lifeless thing: «мороз», «туман»."""
    return is_known(word) and any(
        {"NOUN", "inan", "nomn", "sing"} <= parse.tag.grammemes
        and not {"Name", "Surn", "Geox"} & parse.tag.grammemes
        for parse in _parses(word)[:4]
    )


@functools.lru_cache(50_000)
def may_be_plural_subject(word: str) -> bool:
    """Whether a noun may be a nominative plural: «женщины», which may be a genitive too."""
    return any({"NOUN", "plur", "nomn"} <= parse.tag.grammemes for parse in _parses(word)[:6])


@functools.lru_cache(50_000)
def may_be_genitive_plural(word: str) -> bool:
    """Whether a noun may be counted in this form: «сотня гусар»."""
    return any({"NOUN", "plur", "gent"} <= parse.tag.grammemes for parse in _parses(word)[:6])


@functools.lru_cache(50_000)
def adjective_base(word: str) -> str:
    """An adjective in the nominative: «старого» → «старый»."""
    for parse in _parses(word)[:3]:
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
    for parse in _parses(word)[:6]:
        if parse.tag.POS == "NOUN":
            form = parse.inflect({"nomn", "plur"})
            return form.word.replace("ё", "е") if form else ""
    return ""


@functools.lru_cache(50_000)
def noun_gender(word: str) -> str:
    """Gender of a noun ("femn"); "" if unknown or a plural."""
    for parse in _parses(word)[:3]:
        if parse.tag.POS == "NOUN":
            return "" if parse.tag.number == "plur" else str(parse.tag.gender or "")
    return ""


@functools.lru_cache(50_000)
def is_thing(word: str) -> bool:
    """Whether a word is a lifeless thing of the dictionary, in a case that no subject has."""
    if not is_known(word):
        return False
    tags = [parse.tag for parse in _parses(word)[:4]]
    return all(
        tag.POS == "NOUN" and tag.animacy == "inan" and tag.case != "nomn"
        and not {"Name", "Surn", "Patr"} & tag.grammemes
        for tag in tags
    )  # fmt: skip


@functools.lru_cache(50_000)
def is_finite_verb(word: str) -> bool:
    """Whether a word may be the verb of a clause."""
    return any(parse.tag.POS == "VERB" for parse in _parses(word)[:2])


@functools.lru_cache(50_000)
def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive: «атаковать»."""
    return any(parse.tag.POS == "INFN" for parse in _parses(word)[:1])


@functools.lru_cache(50_000)
def is_common_word(word: str) -> bool:
    """Whether the dictionary has the word, and not as a name."""
    parses = _parses(word)[:4]
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
    """Whether the dictionary has a word."""
    return _morphology().word_is_known(word)


@functools.lru_cache(50_000)
def _parses(word: str):
    """What the dictionary makes of a word; nothing of one whose letters have no name."""
    try:
        return _morphology().parse(word)
    except ValueError:
        return []
