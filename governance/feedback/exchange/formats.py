"""The two forms of an answer: XML and JSON, with the standard's names; errors in them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from rest_framework.renderers import BaseRenderer, JSONRenderer

from governance.feedback.feeds import well_formed

# What stands inside a list of these names in XML.
WITHIN = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


@dataclass(frozen=True)
class Answer:
    """What is answered, and how XML calls it: ``root`` around everything, ``item`` around each if there are several."""

    root: str
    item: str
    content: Any


ERRORS = ("errors", "error")


def errors(status: int, descriptions: Sequence[str]) -> Answer:
    """What went wrong, one by one."""
    return Answer(*ERRORS, [{"code": status, "description": description} for description in descriptions])


class XmlRenderer(BaseRenderer):
    """``.xml``"""

    media_type = "text/xml"
    format = "xml"
    charset = "utf-8"

    def render(self, data: Answer, media_type: str | None = None, context: Any = None) -> bytes:
        root = ElementTree.Element(data.root)
        if isinstance(data.content, Mapping):
            _fill(root, data.content)
        else:
            for one in data.content:
                _fill(ElementTree.SubElement(root, data.item), one)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


class JsonRenderer(JSONRenderer):
    """``.json``"""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, data: Answer, media_type: str | None = None, context: Any = None) -> bytes:
        return super().render(data.content, media_type, context)


def _fill(element: ElementTree.Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ElementTree.SubElement(element, name), value)
    elif isinstance(content, list):
        for one in content:
            _fill(ElementTree.SubElement(element, WITHIN[element.tag]), one)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = well_formed(str(content))
