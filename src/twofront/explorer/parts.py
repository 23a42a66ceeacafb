"""Plain elements of the page: the browser's own headings, buttons, lists and sliders.

They look like the report and speak to a screen reader without a widget library between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from nicegui import events, ui
from nicegui.element import Element

Choices = Mapping[str, Mapping[str, str]]
"""Groups of choices (a group called "" stands alone): value and what the reader sees."""


def say(tag: str, text: str, classes: str = "", *, markup: bool = False) -> ui.html:
    """Text in an element; `markup` when it is our own HTML and not plain text."""
    return ui.html(text if markup else escape(text), tag=tag, sanitize=False).classes(classes)


def box(tag: str = "div", classes: str = "", **props: str) -> Element:
    """An element to put others in."""
    element = ui.element(tag).classes(classes)
    element.props.update({key.rstrip("_").replace("_", "-"): v for key, v in props.items()})
    return element


def button(text: str, clicked: Callable[[], Any], classes: str = "") -> ui.html:
    """A button."""
    element = say("button", text, classes)
    element.props["type"] = "button"
    return element.on("click", lambda _: clicked())


class Select:
    """A list to choose from, with groups."""

    def __init__(
        self, label: str, choices: Choices, value: str, chosen: Callable[[str], Any]
    ) -> None:
        self.choices, self.value, self._shown = choices, value, 0
        self.element = ui.html(self._options(), tag="select", sanitize=False)
        self.element.props["aria-label"] = label

        def take(event: events.GenericEventArguments) -> None:
            known = {key for group in self.choices.values() for key in group}
            if event.args in known:
                self.value = event.args
                chosen(event.args)

        self.element.on("change", take, js_handler="(e) => emit(e.target.value)")

    def show(self, value: str, choices: Choices | None = None) -> None:
        """Shows another value, and other choices if given, without telling anybody."""
        self.choices = choices or self.choices
        if value != self.value or choices:
            self.value = value
            # A mark makes the text new, so that it replaces what the reader had chosen meanwhile.
            self._shown += 1
            self.element.set_content(f"{self._options()}<!-- {self._shown} -->")

    def _options(self) -> str:
        parts = []
        for group, members in self.choices.items():
            options = "".join(
                f'<option value="{escape(key)}"{" selected" if key == self.value else ""}>'
                f"{escape(text)}</option>"
                for key, text in members.items()
            )
            label = f'<optgroup label="{escape(group)}">{options}</optgroup>'
            parts.append(label if group else options)
        return "".join(parts)


class NumberInput:
    """A slider (`range`) or a box for a number (`number`); what is not a number is ignored.

    The browser keeps the value: a framework that set it anew would pull a slider from under the
    reader's finger. So it is given once as an attribute, and later only when `show` is called.
    """

    def __init__(
        self, kind: str, label: str, value: float, changed: Callable[[float], Any],
        event: str = "input", **props: Any,
    ) -> None:  # fmt: skip
        self.element = ui.element("input")
        self.element.props.update(
            {"type": kind, "aria-label": label, "autocomplete": "off", **props}
        )
        self.element.props["^value"] = f"{value:g}"

        def take(arguments: events.GenericEventArguments) -> None:
            try:
                changed(float(arguments.args))
            except (TypeError, ValueError):
                return

        self.element.on(event, take, throttle=0.15, js_handler="(e) => emit(e.target.value)")

    def show(self, value: float | None = None, *, text: str = "") -> None:
        """Shows a value, and what a screen reader says of it."""
        lines = []
        if value is not None:
            lines.append(f"e.value = {json.dumps(f'{value:g}')};")
        if text:
            lines.append(f"e.setAttribute('aria-valuetext', {json.dumps(text)});")
        ui.run_javascript(
            f"const e = getHtmlElement({self.element.id}); if (e) {{ {' '.join(lines)} }}"
        )


class Progress:
    """A line of words and a bar."""

    def __init__(self, label: str) -> None:
        self.words = say("p", "", "small soft")
        self.bar = ui.element("progress")
        self.bar.props.update({"max": "1", "aria-label": label})

    def show(self, words: str, part: float | None) -> None:
        """Shows how far the work is; None when nobody can tell."""
        if self.words.content != escape(words):
            self.words.set_content(escape(words))
        value = None if part is None else f"{part:.3f}"
        if self.bar.props.get("value") != value:
            if value is None:
                self.bar.props.pop("value", None)
            else:
                self.bar.props["value"] = value
            self.bar.update()
