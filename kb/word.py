"""A memo as Word and as HTML, through pandoc: real footnotes, A4, the annex across. Nothing but the text goes in or out."""

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kb.errors import KBError
from kb.markdown import annex, body
from kb.records import Check, Memo

# What the memo is written in: nothing else that pandoc knows is read as markup.
READER = "markdown_strict+footnotes+pipe_tables+all_symbols_escapable+escaped_line_breaks+bracketed_spans"
SECONDS = 60
SPELLING = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR"}

FOOTER = "rIdPageNumber"
MARGINS = '<w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304" w:header="624" w:footer="624" w:gutter="0" />'
PORTRAIT = f'<w:footerReference w:type="default" r:id="{FOOTER}" /><w:pgSz w:w="11906" w:h="16838" />{MARGINS}'
LANDSCAPE = f'<w:footerReference w:type="default" r:id="{FOOTER}" /><w:pgSz w:w="16838" w:h="11906" w:orient="landscape" />{MARGINS}'
END_OF_PORTRAIT = f"```{{=openxml}}\n<w:p><w:pPr><w:sectPr>{PORTRAIT}</w:sectPr></w:pPr></w:p>\n```"

SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" />'
SERIF = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" />'
RULE = 'w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"'
# style -> (paragraph, letters); sizes in half points, distances in twentieths of a point
STYLES = {
    "Title": (
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="8" w:color="404040" /></w:pBdr><w:spacing w:before="0" w:after="240" />',
        f'{SANS}<w:b /><w:sz w:val="34" /><w:szCs w:val="34" />',
    ),
    "Heading1": (
        '<w:keepNext /><w:keepLines /><w:spacing w:before="320" w:after="140" /><w:outlineLvl w:val="0" />',
        f'{SANS}<w:b /><w:sz w:val="24" /><w:szCs w:val="24" />',
    ),
    "BodyText": ('<w:keepNext /><w:spacing w:before="0" w:after="120" w:line="276" w:lineRule="auto" />', ""),  # stays with its quotation
    "BlockText": (
        '<w:keepNext w:val="0" /><w:spacing w:before="0" w:after="200" w:line="276" w:lineRule="auto" /><w:ind w:left="567" w:right="567" />',
        "",
    ),
    "Compact": (
        '<w:keepNext w:val="0" /><w:spacing w:before="50" w:after="50" w:line="240" w:lineRule="auto" />',
        '<w:sz w:val="17" /><w:szCs w:val="17" />',
    ),
    "FootnoteText": ('<w:spacing w:before="0" w:after="50" w:line="240" w:lineRule="auto" />', '<w:sz w:val="18" /><w:szCs w:val="18" />'),
}
PAGE_STYLE = """
body { max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem; font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; color: #1d1f22; }
h1 { font-size: 1.6rem; line-height: 1.25; border-bottom: 1px solid #8c8c8c; padding-bottom: .6rem; } h1 + p { margin-top: 0; }
header + * { margin-top: 0; } h1:not(.title) { font-size: 1.2rem; border: 0; margin: 2.4rem 0 .6rem; padding: 0; }
blockquote { margin: .6rem 0 1.2rem; padding-left: 1.2rem; border-left: 2px solid #8c8c8c; } blockquote p { margin: 0 0 .4rem; }
table { width: 100%; border-collapse: collapse; font-size: .78rem; line-height: 1.4; overflow-wrap: break-word; hyphens: auto; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem .35rem 0; border-bottom: 1px solid #c8c8c8; }
sup { line-height: 0; } .footnotes { font-size: .88rem; } a { color: inherit; }
@media (prefers-color-scheme: dark) { body { background: #16181b; color: #e8e6e0; } }
"""


def to_word(memo: Memo, checks: list[Check], searched: int) -> bytes:
    """The memo as a .docx file. Raises KBError where pandoc fails."""
    text = "\n\n".join((body(memo, checks, languages=True), END_OF_PORTRAIT, annex(memo, checks, searched, languages=True)))
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder, "reference.docx")
        reference.write_bytes(_reference())
        options = ("--shift-heading-level-by=-1", f"--reference-doc={reference}")  # the title becomes the document's title
        return _with_whole_rows(_pandoc(text, f"{READER}+raw_attribute+backtick_code_blocks", "docx", memo.language, *options))


def to_html(memo: Memo, checks: list[Check], searched: int) -> str:
    """The memo as one HTML page that asks for nothing from outside. Raises KBError where pandoc fails."""
    look = ("--metadata=document-css:false", f"--variable=header-includes:<style>{PAGE_STYLE}</style>")
    return _html(memo, checks, searched, "--standalone", "--shift-heading-level-by=-1", *look)


def preview(memo: Memo, checks: list[Check], searched: int) -> str:
    """The memo as a piece of HTML to stand within a page, its title a second heading, its ids beginning with "memo-"."""
    return _html(memo, checks, searched, "--shift-heading-level-by=1", "--id-prefix=memo-")


def _html(memo: Memo, checks: list[Check], searched: int, *options: str) -> str:
    text = "\n\n".join((body(memo, checks, languages=True), annex(memo, checks, searched, languages=True)))
    return _pandoc(text, READER, "html", memo.language, *options).decode()


def _pandoc(text: str, reader: str, writer: str, language: str, *options: str) -> bytes:
    """What pandoc makes of `text`, which it reads from its standard input; it may open no file and no address of its own."""
    command = [_path(), "--sandbox", f"--from={reader}", f"--to={writer}", f"--metadata=lang:{SPELLING[language]}", "--output=-", *options]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip().partition("\n")[0]
        raise KBError(f"pandoc could not write the memo ({said or error}).", "Export it as Markdown.") from error
    return done.stdout


def _with_whole_rows(docx: bytes) -> bytes:
    """The file with table rows that no end of a page cuts in two: pandoc has no word for it."""
    return _rewritten(docx, lambda name, xml: xml.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>"))


def _rewritten(docx: bytes, change: Callable[[str, str], str], **more: str) -> bytes:
    """A Word file with each of its parts changed, and `more` parts added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name).decode()))
        for name, xml in more.items():
            target.writestr(name, xml)
    return made.getvalue()


def _path() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise KBError("pandoc is not installed.", "Install it: python -m pip install pypandoc_binary. Markdown needs no pandoc.") from error


@cache
def _reference() -> bytes:
    """Pandoc's own pattern of a Word file, with our styles, an A4 page across, and a page number at its foot."""
    plain = subprocess.run([_path(), "--print-default-data-file=reference.docx"], capture_output=True, timeout=SECONDS, check=True).stdout
    return _rewritten(plain, _changed, **{"word/footer1.xml": _FOOTER})


def _changed(name: str, xml: str) -> str:
    if name == "word/styles.xml":
        return _styled(xml)
    if name == "word/document.xml":
        return re.sub(r"<w:sectPr>.*</w:sectPr>", f"<w:sectPr>{LANDSCAPE}</w:sectPr>", xml, flags=re.DOTALL)
    if name == "word/_rels/document.xml.rels":
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
        return xml.replace("</Relationships>", f'<Relationship Id="{FOOTER}" Type="{kind}" Target="footer1.xml" /></Relationships>')
    if name == "[Content_Types].xml":
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
        return xml.replace("</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{kind}" /></Types>')
    return xml


def _styled(xml: str) -> str:
    """The style sheet with the styles of `STYLES`, Times New Roman of 11 points, and a table with rules between its rows."""
    plain = r'<w:rFonts w:asciiTheme="minorHAnsi"[^>]*/>\s*<w:sz [^>]*/>\s*<w:szCs [^>]*/>'
    xml = re.sub(plain, f'{SERIF}<w:sz w:val="22" /><w:szCs w:val="22" />', xml, count=1)
    for name, (paragraph, letters) in STYLES.items():
        style = re.search(rf'<w:style [^>]*w:styleId="{name}">.*?</w:style>', xml, re.DOTALL)[0]
        xml = xml.replace(style, _restyled(style, paragraph, letters))
    table = re.search(r'<w:style [^>]*w:styleId="Table">.*?</w:style>', xml, re.DOTALL)[0]
    return xml.replace(table, _ruled(table))


def _restyled(style: str, paragraph: str, letters: str) -> str:
    bare = re.sub(r"<w:pPr>.*?</w:pPr>|<w:rPr>.*?</w:rPr>", "", style, flags=re.DOTALL)
    return bare.replace("</w:style>", f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>")


def _ruled(style: str) -> str:
    edges = "".join(f"<w:{edge} {RULE} />" for edge in ("top", "bottom", "insideH"))
    cells = '<w:tblCellMar><w:left w:w="70" w:type="dxa" /><w:right w:w="70" w:type="dxa" /></w:tblCellMar>'
    shade = '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EDEDED" /></w:tcPr>'
    first = f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b /></w:rPr>{shade}</w:tblStylePr>'
    bare = re.sub(r"<w:tblPr>.*?</w:tblPr>|<w:tblStylePr.*?</w:tblStylePr>", "", style, flags=re.DOTALL)
    return bare.replace("</w:style>", f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders>{cells}</w:tblPr>{first}</w:style>")


_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {_NAMES}><w:p><w:pPr><w:jc w:val="center" /></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="18" /></w:rPr><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
