"""A sheet as a Word file: real headings and lists, tables whose first row is repeated, everything in its language.

All looks lie in styles, so that whoever has a template of their own can apply it. The same sheet gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.documents.sheet import Block, Facts, Heading, Listed, Paragraph, Sheet, Table

INK: Final = RGBColor(0x1C, 0x24, 0x30)
SOFT: Final = RGBColor(0x55, 0x60, 0x6E)
ACCENT: Final = RGBColor(0x1F, 0x4E, 0x5F)
WASH: Final = "F3F6F8"
RULE: Final = "D5DAE1"
FONT: Final = "Calibri"
PLACES: Final = {"sv": "sv-SE", "en": "en-GB"}
WIDTH: Final = 16.2
"""Centimetres between the margins."""
COLUMNS: Final = {2: (6.0, 10.2), 3: (2.6, 9.4, 4.2)}
WIDE_FIRST: Final = (7.4, 5.0, 3.8)
SHORT: Final = 14
"""A column of words up to this length may be narrow."""
TWIPS: Final = 567
"""Word's own measure, to a centimetre."""
STYLES: Final = {
    "plain": "Normal",
    "lead": "Subtitle",
    "ruling": "Ruling",
    "small": "Remark",
    "code": "Fingerprint",
}
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_word(sheet: Sheet) -> bytes:
    """The file as .docx."""
    paper = docx.Document()
    _dress(paper, PLACES[sheet.language])
    _describe(paper, sheet)
    body = [_paragraph("Title", sheet.title)]
    for each in sheet.blocks:
        body += _elements(each)
    last = paper.element.body[-1]  # the section's own properties stand behind everything
    for element in body:
        last.addprevious(element)
    made = io.BytesIO()
    paper.save(made)
    return _same_every_time(made)


def _elements(block: Block) -> Iterator[Any]:
    match block:
        case Heading():
            yield _paragraph(f"Heading{block.level}", block.words)
        case Paragraph():
            yield _paragraph(STYLES[block.style], block.words)
        case Facts():
            for name, value in block.rows:
                yield _paragraph("Fact", value, label=f"{name}: ")
        case Listed():
            for each in block.items:
                yield _paragraph("ListBullet", each)
        case Table():
            yield _paragraph("Caption", block.caption)
            yield _table(block)
            yield _paragraph("Remark", "")


# --- Paragraphs and tables, made of the elements themselves: the library looks every style up again for each -----


def _paragraph(style: str, words: str, *, label: str = "") -> Any:  # noqa: ANN401 - the library's own elements
    paragraph = OxmlElement("w:p")
    _under(_under(paragraph, "w:pPr"), "w:pStyle", val=style)
    if label:
        run = _under(paragraph, "w:r")
        _under(_under(run, "w:rPr"), "w:b")
        _say(run, label)
    if words:
        run = _under(paragraph, "w:r")
        for number, line in enumerate(words.split("\n")):
            if number:
                _under(run, "w:br")
            _say(run, line)
    return paragraph


def _say(run: Any, words: str) -> None:  # noqa: ANN401
    said = _under(run, "w:t")
    said.set(SPACE, "preserve")
    said.text = words


def _under(parent: Any, name: str, **values: str) -> Any:  # noqa: ANN401
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def _table(block: Table) -> Any:  # noqa: ANN401
    narrow = all(len(row[0]) <= SHORT for row in block.rows)
    centimetres = COLUMNS[len(block.headers)] if narrow or len(block.headers) == len(COLUMNS) else WIDE_FIRST
    widths = [str(round(each * TWIPS)) for each in centimetres]
    table = OxmlElement("w:tbl")
    properties = _under(table, "w:tblPr")
    _under(properties, "w:tblStyle", val="MinutesTable")
    _under(properties, "w:tblW", w=str(round(sum(centimetres) * TWIPS)), type="dxa")
    _under(properties, "w:tblLayout", type="fixed")
    _under(properties, "w:tblLook", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noVBand="1")
    _under(properties, "w:tblCaption", val=block.caption)
    grid = _under(table, "w:tblGrid")
    for each in widths:
        _under(grid, "w:gridCol", w=each)
    _row(table, block.headers, widths, head=True)
    for cells in block.rows:
        _row(table, cells, widths)
    return table


def _row(table: Any, cells: tuple[str, ...], widths: list[str], *, head: bool = False) -> None:  # noqa: ANN401
    row = _under(table, "w:tr")
    properties = _under(row, "w:trPr")
    _under(properties, "w:cantSplit")
    if head:
        _under(properties, "w:tblHeader")
    for words, width in zip(cells, widths, strict=True):
        cell = _under(row, "w:tc")
        _under(_under(cell, "w:tcPr"), "w:tcW", w=width, type="dxa")
        cell.append(_paragraph("TableHead" if head else "TableWords", words))


def _mark(properties: Any, name: str, **values: str) -> None:  # noqa: ANN401
    """Say something about a style that the library has no name for."""
    for old in properties.findall(qn(name)):
        properties.remove(old)
    _under(properties, name, **values)


# --- The whole paper -------------------------------------------------------------------------------------------


def _dress(paper: Document, place: str) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - WIDTH) / 2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    _style(paper, "Normal", 11, INK, after=6)
    language = paper.styles["Normal"].element.get_or_add_rPr()
    _mark(language, "w:lang", val=place, eastAsia=place)
    for default in paper.styles.element.iter(qn("w:rPrDefault")):
        _mark(default.find(qn("w:rPr")), "w:lang", val=place, eastAsia=place, bidi="ar-SA")
    _style(paper, "Title", 24, ACCENT, bold=True, after=4, border=False)
    _style(paper, "Subtitle", 12, SOFT, after=12)
    _style(paper, "Heading 1", 15, ACCENT, bold=True, before=20, after=6)
    _style(paper, "Heading 2", 12.5, INK, bold=True, before=14, after=4)
    _style(paper, "Caption", 11, INK, bold=True, before=8, after=3)
    _style(paper, "List Bullet", 11, INK, after=3)
    _style(paper, "Fact", 11, INK, after=2)
    _style(paper, "Remark", 10, SOFT, after=4)
    _style(paper, "Ruling", 11.5, INK, bold=True, before=6, after=6, wash=True)
    _style(paper, "Fingerprint", 8.5, INK, after=6, font="Consolas", wash=True)
    _style(paper, "Table Head", 9.5, SOFT, bold=True, before=3, after=3)
    _style(paper, "Table Words", 10.5, INK, before=3, after=3)
    _table_style(paper)


def _style(
    paper: Document, name: str, size: float, ink: RGBColor, *, bold: bool = False, before: float = 0, after: float = 0,
    font: str = FONT, wash: bool = False, border: bool = True,
) -> None:  # fmt: skip
    known = [each.name for each in paper.styles]
    style: Any = (
        paper.styles[name] if name in known else paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
    style.font.color.rgb = ink
    letters = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [each for each in letters.attrib if "Theme" in each]:
        del letters.attrib[key]
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = bold and name != "Table Head"
    properties = style.element.get_or_add_pPr()
    if not border:
        for line in properties.findall(qn("w:pBdr")):
            properties.remove(line)
    if wash:
        _mark(properties, "w:shd", val="clear", color="auto", fill=WASH)
        properties.find(qn("w:spacing")).addprevious(properties.find(qn("w:shd")))  # Word minds the order


def _table_style(paper: Document) -> None:
    style: Any = paper.styles.add_style("Minutes Table", WD_STYLE_TYPE.TABLE)
    style.base_style = paper.styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side in ("w:bottom", "w:insideH"):
        _mark(borders, side, val="single", sz="4", space="0", color=RULE)
    properties.append(borders)
    style.element.append(properties)


def _describe(paper: Document, sheet: Sheet) -> None:
    made = datetime.fromtimestamp(sheet.made, UTC).replace(tzinfo=None)
    told = paper.core_properties
    told.title, told.author, told.last_modified_by = sheet.title, sheet.author, sheet.author
    told.language, told.comments, told.revision = PLACES[sheet.language], "", 1
    told.created = told.modified = made
    foot = paper.sections[0].footer.paragraphs[0]
    foot.style = "Remark"
    foot.add_run(f"{sheet.foot} · {sheet.page} ")
    number = _under(foot._p, "w:fldSimple", instr="PAGE")  # noqa: SLF001 - the library has no fields
    _say(_under(number, "w:r"), "1")


def _same_every_time(made: io.BytesIO) -> bytes:
    """The same package without the hour at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            part = zipfile.ZipInfo(each, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(each))
    return packed.getvalue()
