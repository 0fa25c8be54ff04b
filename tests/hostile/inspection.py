"""What is wrong in a written file: whatever could run, load or lead somewhere when a person opens it."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit
from zipfile import ZipFile

from lxml import etree
from lxml import html as lxml_html

MARK = re.compile(r"hostile_\d+|hostile\.invalid")
"""What only a payload says."""
FORMULA = tuple("=+-@＝＋－＠\t\r\n")
ACTIVE = {"script", "style", "iframe", "frame", "object", "embed", "base", "link", "meta", "form", "template"}
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "cite",
    "manifest",
}
SHOWN = {"alt", "title", "aria-label", "content", "srcset", "value", "data-order", "data-search", "id"}
"""Attributes that show words and do nothing."""
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
OWN_FORMULA = re.compile(r"MAX\(B\d+,C\d+,E\d+\)|[A-Z]\d+-[A-Z]\d+")
XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def faults_of_html(markup: str, is_page: bool = False) -> Iterator[str]:
    """Elements and attributes of a payload, addresses that are none of http(s), and what could run.

    Args:
        markup: a page, or a fragment as notebooks hold it.
        is_page: whether it has scripts and styles of its own, which then must not hold a payload.
    """
    for element in lxml_html.fromstring(f"<div>{markup}</div>" if not is_page else markup).iter():
        tag = element.tag if isinstance(element.tag, str) else "!--"
        if tag in ACTIVE and not is_page:
            yield f"<{tag}>"
        inside = "".join(element.itertext()) if tag in ACTIVE else element.text or ""
        if tag in (*ACTIVE, "!--") and MARK.search(inside):
            yield f"a payload in <{tag}>"
        if not re.fullmatch(r"[a-z0-9-]+|!--", tag):
            yield f"a strange element <{tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("srcdoc", "http-equiv"):
                yield f"<{tag} {name}={value[:60]}>"
            elif name in ADDRESSES:
                if fault := fault_of_address(value, tag):
                    yield f"<{tag} {name}={value[:60]}>: {fault}"
            elif name not in SHOWN and MARK.search(value):
                yield f"a payload in <{tag} {name}={value[:60]}>"


def fault_of_address(address: str, tag: str) -> str:
    """What is wrong with an address: a page may lead to the web, and load nothing but its own files."""
    scheme = urlsplit("".join(address.split())).scheme
    if scheme in ("http", "https"):
        return "" if tag == "a" else "is loaded from elsewhere"
    is_picture = tag == "img" and address.startswith("data:image/")
    if scheme and not is_picture:
        return "no link to the web"
    return "leads to another host" if address.startswith(("//", "\\", "/")) else ""


def faults_of_svg(content: bytes) -> Iterator[str]:
    """Scripts, foreign content, handlers, and anything that is not inside the file."""
    root = etree.fromstring(content, XML)
    if entities := root.getroottree().docinfo.internalDTD:
        yield from (f"an entity {entity.name}" for entity in entities.iterentities())
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag.casefold() in ("script", "foreignobject", "iframe", "a", "image", "use") and tag != "use":
            yield f"<{tag}>"
        for name, value in element.attrib.items():
            local = etree.QName(name).localname.casefold()
            if local.startswith("on"):
                yield f"<{tag} {local}>"
            if local in ("href", "src") and not value.startswith("#"):
                yield f"<{tag} {local}={value[:60]}>"
            if MARK.search(value):
                yield f"a payload in <{tag} {local}={value[:60]}>"
        if tag == "style" or "style" in element.attrib:
            styled = f"{element.text or ''} {element.get('style', '')}"
            yield from (
                f"url({address[:40]}"
                for address in re.findall(r"url\(([^)]*)", styled)
                if not address.startswith(("#", "data:font/woff;base64,"))
            )


def faults_of_pdf(content: bytes) -> Iterator[str]:
    """Actions, and links to anything but the web."""
    for name in (
        b"JavaScript",
        b"JS",
        b"Launch",
        b"OpenAction",
        b"AA",
        b"SubmitForm",
        b"EmbeddedFile",
        b"GoToR",
    ):
        if re.search(rb"/" + name + rb"\b", content):
            yield f"/{name.decode()}"
    for address in re.findall(rb"/URI\s*\(([^)]*)", content):
        if not address.startswith((b"http://", b"https://")):
            yield f"/URI {address!r}"


def faults_of_office(content: bytes) -> Iterator[str]:
    """Of a presentation or a workbook: parts that are no XML, macros, links, and formulas of others."""
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith(("/", "..")) or "\\" in name or "vba" in name.casefold():
                yield f"a part {name}"
            if name.endswith((".xlsx", ".pptx")):
                yield from (f"{name}: {fault}" for fault in faults_of_office(parts.read(name)))
            if name.endswith((".xml", ".rels")):
                yield from (f"{name}: {fault}" for fault in _faults_of_part(parts.read(name)))


def _faults_of_part(content: bytes) -> Iterator[str]:
    for element in etree.fromstring(content, XML).iter(etree.Element):
        tag = etree.QName(element).localname
        if element.get("TargetMode") == "External":
            target = element.get("Target", "")
            if not target.startswith(("http://", "https://")) or MARK.search(target):
                yield f"leads to {target[:60]}"
        if tag in ("hlinkClick", "hlinkHover", "hlinkMouseOver", "hyperlink", "oleObj", "externalReference"):
            yield f"<{tag}>"
        is_of_sheet = "spreadsheetml" in element.tag
        if tag == "f" and is_of_sheet and not OWN_FORMULA.fullmatch(element.text or ""):
            yield f"a formula {element.text}"


def faults_of_csv(content: bytes) -> Iterator[str]:
    """Cells that a spreadsheet would run, be it set to commas, semicolons or tabs."""
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            for part in re.split(r"[;\t\r\n]", cell):
                if part.startswith(FORMULA) and not NUMBER.fullmatch(part):
                    yield f"a formula {part[:60]!r}"
    for delimiter in ";\t":
        for line in text.splitlines():
            for part in next(csv.reader([line], delimiter=delimiter), []):
                if part.startswith(FORMULA) and MARK.search(part):
                    yield f"a formula between {delimiter!r}: {part[:60]!r}"


def faults_of_terminal(text: str) -> Iterator[str]:
    """Signs that steer a terminal, or the direction of what is read."""
    for sign in sorted(set(text) - {"\n"}):
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            yield f"U+{ord(sign):04X}"


def faults_of_notebook(text: str) -> Iterator[str]:
    """What the outputs of a notebook would do when it is opened."""
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                yield f"an error: {output['ename']}: {output['evalue'][:80]}"
            data = {kind: "".join(said) for kind, said in output.get("data", {}).items()}
            if strange := set(data) - {"text/plain", "text/html", "image/png"}:
                yield f"an output of {sorted(strange)}"
            yield from faults_of_html(data.get("text/html", "<p></p>"))
            plain = data.get("text/plain", "") + "".join(output.get("text", ""))
            yield from (f"{fault} in text" for fault in map(_steering, plain) if fault)
            yield from _formulas(data.get("text/html", "<p></p>"))


def _steering(sign: str) -> str:
    return f"U+{ord(sign):04X}" if unicodedata.category(sign) == "Cc" and sign not in "\n\t" else ""


def _formulas(markup: str) -> Iterator[str]:
    """Texts that notebooks would set as a formula."""
    for words in lxml_html.fromstring(f"<div>{markup}</div>").itertext():
        if words.count("$") > 1 or re.search(r"\\[(\[]|\\begin|\\ref", words):
            yield f"a formula {words[:60]!r}"
