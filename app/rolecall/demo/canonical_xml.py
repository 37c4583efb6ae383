"""Exclusive XML canonicalization, and the small tree of elements it works on: names stay as they were written.

Source: W3C "Exclusive XML Canonicalization 1.0", without comments. A document may declare no type and no
entities. Namespaces of attribute values (xsi:type) count only where a PrefixList names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 100
"""Elements inside each other; SAML has some ten."""

_XML = "http://www.w3.org/XML/1998/namespace"


class UnsafeXmlError(ValueError):
    """Not well-formed, or with declarations that no SAML document has."""


@dataclass(slots=True)
class Element:
    """An element. name and attributes are as written; scope: namespaces in force, by prefix."""

    name: str
    attributes: dict[str, str]
    scope: Mapping[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def tag(self) -> tuple[str, str]:
        """Namespace and local name."""
        prefix, _, local = self.name.rpartition(":")
        return self.scope.get(prefix, ""), local

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children).strip()

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the document."""
        waiting: list[Element] = [self]
        while waiting:
            found = waiting.pop()
            yield found
            waiting += [one for one in reversed(found.children) if isinstance(one, Element)]

    def all(self, namespace: str, local: str) -> list[Element]:
        """The children of that name."""
        return [
            one
            for one in self.children
            if isinstance(one, Element) and one.tag == (namespace, local)
        ]


def parse(text: str) -> Element:
    """The root element. Raises UnsafeXmlError."""
    if "\0" in text:
        raise UnsafeXmlError("NUL")
    parser = expat.ParserCreate(encoding="utf-8")
    parser.ordered_attributes = False
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    top = Element("", {}, {"xml": _XML})
    open_ones = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_ones) > DEEPEST:
            raise UnsafeXmlError("nested too deeply")
        parent = open_ones[-1]
        declared = {n[6:]: v for n, v in attributes.items() if n == "xmlns" or n[:6] == "xmlns:"}
        own = {n: v for n, v in attributes.items() if n != "xmlns" and n[:6] != "xmlns:"}
        scope = {**parent.scope, **declared} if declared else parent.scope
        element = Element(name, own, scope)
        parent.children.append(element)
        open_ones.append(element)

    def end(_name: str) -> None:
        open_ones.pop()

    def characters(data: str) -> None:
        open_ones[-1].children.append(data)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise UnsafeXmlError(str(error)) from None
    return next(one for one in top.children if isinstance(one, Element))


def canonical(
    apex: Element, without: Element | None = None, prefixes: frozenset[str] = frozenset()
) -> bytes:
    """The octets that are signed: `apex` in exclusive canonical form, one element left out.

    prefixes: of the PrefixList, treated as inclusive canonicalization does.
    """
    out: list[str] = []
    _write(apex, {}, without, prefixes, out)
    return "".join(out).encode()


def _write(
    element: Element,
    rendered: Mapping[str, str],
    without: Element | None,
    prefixes: frozenset[str],
    out: list[str],
) -> None:
    used = {element.name.rpartition(":")[0]}
    used |= {name.partition(":")[0] for name in element.attributes if ":" in name}
    used = (used | (prefixes & set(element.scope))) - {"xml"}
    declared = {
        prefix: element.scope.get(prefix, "")
        for prefix in used
        if rendered.get(prefix, "") != element.scope.get(prefix, "")
    }
    out.append(f"<{element.name}")
    for prefix in sorted(declared):
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        out.append(f' {name}="{_attribute(declared[prefix])}"')
    names = sorted(element.attributes, key=lambda one: _order(one, element))
    out += [f' {name}="{_attribute(element.attributes[name])}"' for name in names]
    out.append(">")
    for child in element.children:
        if isinstance(child, str):
            out.append(_text(child))
        elif child is not without:
            _write(child, {**rendered, **declared}, without, prefixes, out)
    out.append(f"</{element.name}>")


def _order(name: str, element: Element) -> tuple[str, str]:
    prefix, _, local = name.rpartition(":")
    return (element.scope.get(prefix, "") if prefix else "", local)


def _text(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("\r", "&#xD;")


def _attribute(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return value.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def _refuse(*_declaration: object) -> None:
    raise UnsafeXmlError("declarations are not taken")
