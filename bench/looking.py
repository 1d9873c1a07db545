"""An independent look at files that the bot wrote: what is wrong with a PDF's tags, or with a web page.

The PDF is opened by pikepdf and its tags are walked; the page is opened in Chromium and asked about by axe-core. Both
know nothing of how the files were made. What is looked for in the PDF is what PDF/UA-1 asks of every file and a program
can tell (Matterhorn protocol 1.1: 06, 07, 09, 11, 14, 15, 28 and 31).
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final

import pikepdf
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM: Final = "/usr/bin/chromium"
QUIET: Final = ["--no-sandbox", "--disable-gpu"]
_HEADING: Final = re.compile("/H([1-6])")


def faults_of_pdf(content: bytes, *, title: str, language: str, headings: int, tables: int) -> list[str]:
    """What a reader with a screen reader would trip over; nothing when all is well."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [*_document(pdf, title, language), *_tags(pdf, headings, tables), *_pages(pdf)]


def _document(pdf: pikepdf.Pdf, title: str, language: str) -> Iterator[str]:
    root: Any = pdf.Root
    marks, wishes = dict(root.get("/MarkInfo", None) or {}), dict(root.get("/ViewerPreferences", None) or {})
    with pdf.open_metadata() as told:
        if told.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"
        if str(told.get("dc:title")) != title:
            yield f"title {told.get('dc:title')!r}"
    if str(root.get("/Lang", "")) != language:
        yield f"language {root.get('/Lang', '')}"
    if not marks.get("/Marked") or marks.get("/Suspects"):
        yield "not marked as tagged"
    if not wishes.get("/DisplayDocTitle"):
        yield "shows its file name instead of its title"


def _tags(pdf: pikepdf.Pdf, headings: int, tables: int) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "no tags"
        return
    kinds = list(_kinds(pdf.Root.StructTreeRoot))
    count = Counter(kinds)
    levels = [int(found[1]) for each in kinds if (found := _HEADING.fullmatch(each))]
    if len(levels) != headings or (levels and levels[0] != 1):
        yield f"{len(levels)} headings, the first of level {levels[:1]}"
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield "a level of headings is left out"
    if count["/Table"] != tables or count["/THead"] != tables or count["/TH"] < tables:
        yield f"{count['/Table']} tables, {count['/THead']} with a head"
    if not count["/P"] or count["/Figure"]:
        yield "no paragraphs, or pictures without words"


def _kinds(node: Any) -> Iterator[str]:  # noqa: ANN401 - whatever lies in a PDF
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        yield str(node.S)
    below: Any = node.get("/K", None)
    for each in below if isinstance(below, pikepdf.Array) else [below]:
        yield from _kinds(each)


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if "/StructParents" not in page.obj or str(page.obj.get("/Tabs", "/S")) != "/S":
            yield f"page {number} is not tied to the tags"
        for name, font in page.resources.get("/Font", {}).items():
            if "/ToUnicode" not in font:
                yield f"page {number}: the letters of {name} cannot be read back"


def violations(html: bytes) -> list[str]:
    """What axe-core holds against the page, by all its rules."""
    with ThreadPoolExecutor(1) as apart:  # the browser's library wants a thread without a loop
        return apart.submit(_violations, html.decode()).result()


def _violations(html: str) -> list[str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            page = browser.new_context(bypass_csp=True).new_page()
            page.set_content(html)
            found = Axe().run(page)
        finally:
            browser.close()
    if not found["passes"]:
        return ["axe looked at nothing"]
    return [f"{each['id']}: {len(each['nodes'])} places" for each in found["violations"]]
