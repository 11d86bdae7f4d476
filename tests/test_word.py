"""The memo as Word and HTML: real footnotes with the right text, languages marked, nothing read as markup."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from conftest import make_reading
from memos import TRAIN, fill, memo_in, picks_of

from kb import word
from kb.errors import KBError
from kb.library import Library
from kb.memo import check
from kb.records import Memo

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = [
    "<script>alert(1)</script> <img src=x onerror=y>",
    "**b** _i_ `c` ~~s~~ ^u^ [l](javascript:x) ![p](file:///etc/passwd) <http://x.org>",
    "[^1] [^9]: note ^[inline] [@cite] @cite",
    r"$x^2$ \alpha \textbf{x} \input{/etc/passwd} \\ \$",
    "# heading | cell | {=openxml} ```{=html} ::: div",
    "1. one 2) two - three &amp; &lt; &#60; M&E",
    "{{value}} ${value} {lang=fr} ]{.x} [x]{.y}",
    "“quoted” «citado» \"straight\" 'single' … — end\\",
    "'''\"\"\" %%% === +++ --- ... (c) (tm) :smile: ==mark==",
    "x" * 300 + " | " + "y" * 300,
    "control \x01\x0b\x7f\ufffe here",
]


@pytest.fixture
def filled(library: Library) -> Library:
    fill(library)
    return library


def parts(docx: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        return {name: ElementTree.fromstring(opened.read(name)) for name in opened.namelist() if name.endswith((".xml", ".rels"))}


def texts(root: ElementTree.Element, tag: str) -> list[str]:
    """The text of each element, a footnote's mark as [n]."""
    found = []
    for element in root.iter(W + tag):
        words = []
        for each in element.iter():
            if each.tag == W + "t":
                words.append(each.text or "")
            elif each.tag == W + "footnoteReference":
                words.append("[n]")
        found.append("".join(words).strip())
    return found


def footnotes(docx: bytes) -> list[str]:
    return [words for words in texts(parts(docx)["word/footnotes.xml"], "footnote") if words]


def paragraphs(docx: bytes) -> list[str]:
    return texts(parts(docx)["word/document.xml"], "p")


@pytest.mark.parametrize(
    ("language", "quotation", "note"),
    [
        (
            "en",
            "“Impacto: Fortalecer los albergues.”[n]",
            "United Nations Office on Drugs and Crime, Evaluación de albergues (MEXW64) (Vienna, 2022), p. x [PDF p. 6]. Original in Spanish.",
        ),
        (
            "es",
            "“Impacto: Fortalecer los albergues”[n].",
            "Oficina de las Naciones Unidas contra la Droga y el Delito, Evaluación de albergues (MEXW64) (Viena, 2022), pág. x [PDF pág. 6].",
        ),
        (
            "fr",
            "«\u202fImpacto: Fortalecer los albergues[n]\u202f».",
            "Office des Nations Unies contre la drogue et le crime, Evaluación de albergues (MEXW64) (Vienne, 2022), p. x [PDF p. 6]. "
            "Original en espagnol.",
        ),
    ],
)
def test_a_word_file_has_real_footnotes(filled: Library, language: str, quotation: str, note: str) -> None:
    docx = word.to_word(*memo_in(filled, language=language))
    assert len(footnotes(docx)) == 3
    assert footnotes(docx)[1] == note
    assert quotation in paragraphs(docx)
    document = parts(docx)["word/document.xml"]
    marks = [mark.get(W + "id") for mark in document.iter(W + "footnoteReference")]
    assert marks == [note.get(W + "id") for note in parts(docx)["word/footnotes.xml"] if texts(note, "p") != [""]]


def test_the_author_date_style_has_a_list_and_no_footnotes(filled: Library) -> None:
    docx = word.to_word(*memo_in(filled, style="author-date"))
    assert footnotes(docx) == []
    assert "“Impacto: Fortalecer los albergues” (UNODC, 2022, pág. x [PDF pág. 6])." in paragraphs(docx)
    listed = "Oficina de las Naciones Unidas contra la Droga y el Delito [UNODC] (2022). Evaluación de albergues (MEXW64). Viena."
    assert paragraphs(docx)[paragraphs(docx).index("Referencias") + 1] == listed


def test_the_title_is_the_documents_title_and_the_annex_lies_across(filled: Library) -> None:
    found = parts(word.to_word(*memo_in(filled, title="Título & más")))
    assert [each.text for each in found["docProps/core.xml"].iter("{http://purl.org/dc/elements/1.1/}title")] == ["Título & más"]
    pages = [(size.get(W + "w"), size.get(W + "h")) for size in found["word/document.xml"].iter(W + "pgSz")]
    assert pages == [("11906", "16838"), ("16838", "11906")]
    (table,) = found["word/document.xml"].iter(W + "tbl")
    cells = [texts(row, "tc") for row in table.iter(W + "tr")]
    assert cells[0] == ["N.º", "Informe", "Tipo", "Criterio", "Apartado", "Página o párrafo", "Cita textual", "Idioma"]
    assert cells[2] == [
        "2", "Evaluación de albergues (MEXW64) (2022)", "Recomendación", "Impacto", "Recommendation", "pág. x [PDF pág. 6]",
        "Impacto: Fortalecer los albergues.", "español",
    ]  # fmt: skip
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in list(table.iter(W + "tr"))[1:])


def test_every_footer_reference_leads_to_the_page_number(filled: Library) -> None:
    found = parts(word.to_word(*memo_in(filled)))
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    wanted = {each.get(name) for each in found["word/document.xml"].iter(W + "footerReference")}
    targets = {each.get("Id"): each.get("Target") for each in found["word/_rels/document.xml.rels"]}
    assert {targets[each] for each in wanted} == {"footer1.xml"}
    assert [each.get(W + "instr") for each in found["word/footer1.xml"].iter(W + "fldSimple")] == [" PAGE "]


def test_words_carry_their_language(filled: Library) -> None:
    document = parts(word.to_word(*memo_in(filled, language="fr")))["word/document.xml"]
    spoken = {"".join(texts(run, "t") or [t.text for t in run.iter(W + "t")]): run.find(f"{W}rPr/{W}lang") for run in document.iter(W + "r")}
    assert spoken["Impacto: Fortalecer los albergues"].get(W + "val") == "es"
    assert spoken["Prevention works best with civil society. It lasts"].get(W + "val") == "en"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_markup(library: Library, text: str) -> None:
    library.add(make_reading("a.txt", ("finding", text), title=text, codes=("X",)))
    memo = Memo(tuple(replace(pick, before=text) for pick in picks_of(library)), text, text, "2026-11-23", "en")
    checks = check(library, memo)
    assert [found.missing for found in checks] == [""]
    seen = " ".join(re.sub("[\x00-\x1f\x7f\ufffe]", "", _shown(text)).split())
    plain = " ".join(re.sub("[\x00-\x08\x0e-\x1f\x7f\ufffe]", "", text.replace("\x0b", " ")).split())
    docx = word.to_word(memo, checks, 1)
    lines = paragraphs(docx)
    assert lines[0] == plain
    assert f"To: {plain}Date: 23 November 2026" in lines
    assert plain in lines[1:]
    assert any(line.startswith(f"“{seen}") and line.endswith("[n]") for line in lines)
    (note,) = footnotes(docx)
    assert note.startswith(seen.removesuffix("."))
    page = word.preview(memo, checks, 1)
    assert set(re.findall(r"<(\w+)", page)) <= {
        "h2", "h3", "p", "strong", "br", "blockquote", "span", "a", "sup", "section", "hr", "ol", "li", "em", "table", "colgroup", "col",
        "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert set(re.findall(r'href="(.)', page)) == {"#"}
    assert "javascript" not in re.sub(">[^<]*<", "><", page)


def _shown(text: str) -> str:
    from kb.cite import shown

    return shown(text.replace("\x0b", " "))


def test_html_is_whole_and_asks_for_nothing_from_outside(filled: Library) -> None:
    page = word.to_html(*memo_in(filled))
    assert page.startswith("<!DOCTYPE html>")
    assert 'lang="es-ES"' in page
    assert "<title>Seguimiento</title>" in page
    assert "Impacto: Fortalecer los albergues" in page
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", page) == []
    assert "@import" not in page and "url(" not in page
    assert page.count('role="doc-noteref"') == 3


def test_ids_of_the_preview_stay_apart_from_the_page(filled: Library) -> None:
    page = word.preview(*memo_in(filled))
    assert page.startswith("<h2")
    assert {name.partition("-")[0] for name in re.findall(r'id="([^"]*)"', page)} == {"memo"}


def test_pandoc_opens_no_file(filled: Library, tmp_path: object) -> None:
    with pytest.raises(KBError, match=r"pandoc could not write the memo \(.*\)\. Export it as Markdown\."):
        word._pandoc("text", word.READER, "html", "en", "--include-in-header=/etc/hostname-that-is-not")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, filled: Library) -> None:
    import pypandoc

    def gone() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", gone)
    with pytest.raises(KBError) as failed:
        word.to_html(*memo_in(filled))
    assert str(failed.value) == "pandoc is not installed. Install it: python -m pip install pypandoc_binary. Markdown needs no pandoc."


def test_a_memo_of_nothing_is_a_file_all_the_same(library: Library) -> None:
    docx = word.to_word(Memo(title="", language="fr"), [], 0)
    assert paragraphs(docx)[0] == "Note"
    assert footnotes(docx) == []
    assert TRAIN not in " ".join(paragraphs(docx))
