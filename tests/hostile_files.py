"""Files made to harm their reader: bombs, loops, giants, lies. Each maker writes one file and returns its path."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from typeset import column, picture, typeset

WORDS = ["The evaluation found that the shelters were relevant to the people", "who stayed in them, and that the staff had been trained."]
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = f"<w:p><w:r><w:t>{' '.join(WORDS)}</w:t></w:r></w:p>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
SECRET = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "{}">]>'


def docx(path: Path, body: str = PARAGRAPH, doctype: str = "", **parts: bytes) -> Path:
    """A Word file of `body`, with `parts` more."""
    xml = f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", xml)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def docx_bomb(path: Path, megabytes: int) -> Path:
    """A small Word file that unpacks to so much."""
    return docx(path, filler=b" " * (megabytes << 20))


def docx_that_lies(path: Path) -> Path:
    """A bomb whose directory says that it is small."""
    data = docx_bomb(path, 40).read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 40 << 20), struct.pack("<L", 1000)))
    return path


def pdf(path: Path, *objects: bytes, root: int = 1, xref: bool = True) -> Path:
    """A PDF of these objects, numbered from 1."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    if xref:
        made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start if xref else 7)
    path.write_bytes(made)
    return path


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SAYING = f"BT /F1 10 Tf 70 720 Td ({WORDS[0]}) Tj 0 -13 Td ({WORDS[1]}) Tj ET ".encode()


def page(resources: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>" % (box, resources)


def flate_bomb(path: Path, megabytes: int) -> Path:
    """A page whose content unpacks to so much."""
    return pdf(path, CATALOG, PAGES, page(), stream(b" " * (megabytes << 20) + SAYING), FONT)


def many_pages(path: Path, pages: int) -> Path:
    """A PDF of so many pages in few bytes each."""
    kids = b"3 0 R " * pages
    return pdf(path, CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages), page(), stream(SAYING), FONT)


def giant_picture(path: Path, side: int) -> Path:
    """A page that shows a picture of so many dots each way."""
    picture = stream(
        bytes(side // 8 * side), b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray" % (side, side)
    )
    return pdf(path, CATALOG, PAGES, page(b"/XObject << /I 6 0 R >>"), stream(b"595 0 0 842 0 0 cm /I Do"), FONT, picture)


def lying_picture(path: Path) -> Path:
    """A page whose picture says that it is far larger than its data."""
    picture = stream(b"\0" * 99, b"/Type /XObject /Subtype /Image /Width 2000000 /Height 2000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB")
    return pdf(path, CATALOG, PAGES, page(b"/XObject << /I 6 0 R >>"), stream(SAYING + b"595 0 0 842 0 0 cm /I Do"), FONT, picture)


def of_size(box: bytes) -> Callable[[Path], Path]:
    """A page with this MediaBox."""
    return lambda path: pdf(path, CATALOG, PAGES, page(box=box), stream(SAYING), FONT)


def loop_of_pages(path: Path) -> Path:
    return pdf(path, CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", page(), stream(SAYING), FONT)


def deep_pages(path: Path) -> Path:
    """A page under a thousand knots of the tree."""
    knots = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(6, 1006)]
    return pdf(path, CATALOG, b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", page(), stream(SAYING), FONT, *knots, page())


def loop_of_forms(path: Path) -> Path:
    """Two forms that show each other, twice each."""
    resources = b"/XObject << /A 6 0 R /B 7 0 R >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % resources
    return pdf(
        path, CATALOG, PAGES, page(resources), stream(SAYING + b"/A Do /B Do"), FONT, stream(b"/B Do /B Do", form), stream(b"/A Do /A Do", form)
    )


def tree_of_forms(path: Path) -> Path:
    """Forms that show the next one ten times, twelve deep: a million million in all."""
    forms = [
        stream(b"/N Do " * 10, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /N %d 0 R >> >>" % (number + 1))
        for number in range(6, 18)
    ]
    last = stream(b"n", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    return pdf(path, CATALOG, PAGES, page(b"/XObject << /N 6 0 R >>"), stream(SAYING + b"/N Do"), FONT, *forms, last)


def loop_of_bookmarks(path: Path) -> Path:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    entry = b"<< /Title (x) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Last 7 0 R /Dest [3 0 R /Fit] >>"
    return pdf(path, catalog, PAGES, page(), stream(SAYING), FONT, b"<< /First 7 0 R /Last 7 0 R /Count 1 >>", entry)


def deep_brackets(path: Path) -> Path:
    return pdf(path, CATALOG, PAGES, page(b"/X " + b"[" * 100_000 + b"]" * 100_000), stream(SAYING), FONT)


def broken_table(path: Path) -> Path:
    return pdf(path, CATALOG, PAGES, page(), stream(SAYING), FONT, xref=False)


def cut_in_half(path: Path) -> Path:
    whole = typeset(path, *[column(70, 720, WORDS)] * 4).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def locked(path: Path) -> Path:
    return typeset(path, column(70, 720, WORDS), password=("reader", "owner"))


def scanned(path: Path, pages: int) -> Path:
    return typeset(path, *[[picture(0, 0, 595, 842)]] * pages)


def deep_docx(path: Path) -> Path:
    return docx(path, "<w:sdt><w:sdtContent>" * 5000 + PARAGRAPH + "</w:sdtContent></w:sdt>" * 5000)


def deep_html(path: Path) -> Path:
    path.write_text("<html><body>" + "<div>" * 50_000 + " ".join(WORDS), encoding="utf-8")
    return path
