"""Reference lines, pages of quotes, and text as people see it."""

from dataclasses import replace

import pytest
from conftest import make_reading

from kb.cite import author, author_date, footnote, hit_reference, list_entry, locator, place, reference, shown
from kb.records import Citation, Fact, Hit, PageRun, Passage, Report

FACTS = (Fact("organization", "UNODC"), Fact("place", "Vienna"))


def report(**fields: object) -> Report:
    made = make_reading("a.pdf", ("finding", "First page. Second page."), title="Prevention (MEXW55) and shelters (MEXW64): an evaluation").report
    return replace(made, pages=(PageRun(0, 5, "ix"), PageRun(12, 6, "x")), **fields)


def citation(source: Report, start: int = 0, end: int = 11, paragraph: str | None = None) -> Citation:
    passage = Passage(source.text[:24], 0, 24, "finding", "en", first_page=5, last_page=6, page_label="ix", paragraph=paragraph)
    return Citation(1, source.text[start:end], passage, source, start, end)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "United Nations Office on Drugs and Crime, Prevention and shelters: an evaluation (MEXW55, MEXW64) (Vienna, 2022), p. ix [PDF p. 5].",
        ),
        (
            "es",
            "Oficina de las Naciones Unidas contra la Droga y el Delito, Prevention and shelters: an evaluation (MEXW55, MEXW64) (Viena, 2022), "
            "pág. ix [PDF pág. 5].",
        ),
        (
            "fr",
            "Office des Nations Unies contre la drogue et le crime, "
            "Prevention and shelters: an evaluation (MEXW55, MEXW64) (Vienne, 2022), p. ix [PDF p. 5].",
        ),
        (
            "ar",
            "United Nations Office on Drugs and Crime, Prevention and shelters: an evaluation (MEXW55, MEXW64) (Vienna, 2022), p. ix [PDF p. 5].",
        ),
    ],
)
def test_a_reference_with_all_that_is_known(language: str, line: str) -> None:
    assert reference(citation(report(year=2022, codes=("MEXW55", "MEXW64"), facts=FACTS)), language) == line


def test_what_is_not_known_is_left_out() -> None:
    unknown = replace(report(), title="An evaluation", pages=(PageRun(0, None, None),))
    assert reference(citation(unknown), "en") == "An evaluation."
    assert reference(citation(replace(unknown, year=2022)), "es") == "An evaluation (2022)."
    assert reference(citation(replace(unknown, facts=FACTS[1:])), "fr") == "An evaluation (Vienne)."
    assert reference(citation(replace(unknown, codes=("CS1137",))), "en") == "An evaluation (CS1137)."
    assert reference(citation(replace(unknown, title="Is it over? Yes.")), "en") == "Is it over? Yes."


def test_a_page_without_a_printed_number_is_counted_in_the_file() -> None:
    unlabelled = replace(report(), title="An evaluation", pages=(PageRun(0, 11, None),))
    assert reference(citation(unlabelled), "en") == "An evaluation, [PDF p. 11]."
    assert reference(citation(unlabelled), "es") == "An evaluation, [PDF pág. 11]."


def test_a_printed_number_that_is_the_page_of_the_file_is_said_once() -> None:
    numbered = replace(report(), title="An evaluation", pages=(PageRun(0, 11, "11"),))
    assert reference(citation(numbered), "fr") == "An evaluation, p. 11."


@pytest.mark.parametrize(("language", "locator"), [("en", "para. 42"), ("es", "párr. 42"), ("fr", "par. 42")])
def test_a_numbered_paragraph_is_cited_rather_than_the_page(language: str, locator: str) -> None:
    line = reference(citation(report(), paragraph="42"), language)
    assert line.endswith(f", {locator} [PDF {'pág.' if language == 'es' else 'p.'} 5].")


def test_an_organization_nobody_listed_keeps_its_name() -> None:
    assert author(report(facts=(Fact("organization", "Some Institute"),)), "es") == "Some Institute"
    assert author(report(facts=(Fact("organization", "IOM"),)), "fr") == "Organisation internationale pour les migrations"
    assert author(report(), "en") == ""


def test_marks_in_a_title_are_hidden() -> None:
    assert reference(citation(replace(report(), title="**Final** evaluation", pages=(PageRun(0, None),))), "en") == "Final evaluation."


def test_a_title_keeps_its_own_spaces() -> None:
    french = replace(report(), title="Évaluation (CS1137) : le bilan\u00a0; la suite", codes=("CS1137",), pages=(PageRun(0, None),))
    assert reference(citation(french), "fr") == "Évaluation : le bilan\u00a0; la suite (CS1137)."


def test_a_quote_is_cited_at_the_page_where_it_begins() -> None:
    source = report(year=2022)
    assert reference(citation(source, 0, 11), "en").endswith("p. ix [PDF p. 5].")
    assert reference(citation(source, 12, 24), "en").endswith("p. x [PDF p. 6].")
    assert reference(citation(source, 0, 24), "en").endswith("p. ix [PDF p. 5].")


def test_a_paragraph_stitched_together_has_the_page_of_each_of_its_parts() -> None:
    # A sentence of page 1 goes on after a box: its end stands on page 2, what follows it on page 1 again.
    source = replace(report(), pages=(PageRun(0, 1, "1"), PageRun(6, 2, "2"), PageRun(12, 1, "1"), PageRun(20, 2, "2")))
    assert [source.page_at(offset).page for offset in (0, 5, 6, 11, 12, 19, 20, 23)] == [1, 1, 2, 2, 1, 1, 2, 2]
    assert citation(source, 0, 11).page == PageRun(0, 1, "1")
    assert citation(source, 6, 11).page == PageRun(6, 2, "2")
    assert citation(source, 12, 24).page == PageRun(12, 1, "1")


def test_the_reference_of_a_hit_is_that_of_its_passage() -> None:
    source = report(year=2022, facts=FACTS)
    whole = citation(source)
    assert hit_reference(Hit(whole.passage, source, 1.0), "es") == reference(whole, "es")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"un presupuesto de \$752,110.31 USD", "un presupuesto de $752,110.31 USD"),
        ("Impacto:** Fortalecer", "Impacto: Fortalecer"),
        ("**Impacto:** Fortalecer", "Impacto: Fortalecer"),
        ("__Note__ on snake__case", "Note on snake__case"),
        (r"10\% of A\_B \& C\*", "10% of A_B & C*"),
        ("5 * 4 = 20, C:\\path", "5 * 4 = 20, C:\\path"),
        ("Nothing to hide.", "Nothing to hide."),
        ("Donor\tAmount", "Donor | Amount"),
    ],
)
def test_layout_marks_are_hidden_and_words_are_not(text: str, seen: str) -> None:
    assert shown(text) == seen


# in a memo: every page of the quote, author and date, the list of references


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [
        ("en", "pp. ix and x [PDF pp. 5 and 6]", "pp. ix–1 [PDF pp. 5–7]"),
        ("es", "págs. ix y x [PDF págs. 5 y 6]", "págs. ix a 1 [PDF págs. 5 a 7]"),
        ("fr", "p. ix et x [PDF p. 5 et 6]", "p. ix à 1 [PDF p. 5 à 7]"),
    ],
)
def test_a_note_names_every_page_of_the_quote(language: str, two: str, three: str) -> None:
    source = replace(report(year=2022), pages=(PageRun(0, 5, "ix"), PageRun(12, 6, "x"), PageRun(20, 7, "1")))
    assert locator(citation(source, 0, 19), language) == two
    assert locator(citation(source, 0, 24), language) == three
    assert footnote(citation(source, 0, 24), language).endswith(f"(2022), {three}.")
    assert footnote(citation(source, 0, 12), language) == reference(citation(source), language)


def test_a_page_that_a_box_interrupts_is_named_once() -> None:
    source = replace(report(), pages=(PageRun(0, 1, "1"), PageRun(6, 2, "2"), PageRun(12, 1, "1"), PageRun(20, 2, "2")))
    assert locator(citation(source, 0, 24), "en") == "pp. 1 and 2"


@pytest.mark.parametrize(("paragraph", "place"), [("42-44", "paras. 42-44"), ("4.2", "para. 4.2"), ("42", "para. 42")])
def test_several_paragraphs(paragraph: str, place: str) -> None:
    assert locator(citation(report(), paragraph=paragraph), "en") == f"{place} [PDF p. 5]"


def test_author_and_date() -> None:
    source = report(year=2022, facts=FACTS)
    assert author_date(citation(source), "en") == "(UNODC, 2022, p. ix [PDF p. 5])"
    assert author_date(citation(source), "es", "b") == "(UNODC, 2022b, pág. ix [PDF pág. 5])"
    assert author_date(citation(replace(source, year=None, pages=(PageRun(0, None),))), "fr") == "(UNODC)"
    nobody = replace(source, facts=(), pages=(PageRun(0, 3, "3"),))
    assert author_date(citation(replace(nobody, codes=("MEXW55", "MEXW64"))), "en") == "(MEXW55, MEXW64, 2022, p. 3)"
    long = replace(nobody, title="An evaluation of a project with a very long title that nobody would say twice")
    assert author_date(citation(long), "en") == "(An evaluation of a project with a very long title that…, 2022, p. 3)"


def test_entries_of_the_list_of_references() -> None:
    source = report(year=2022, facts=FACTS, codes=("MEXW55", "MEXW64"))
    assert list_entry(source, "es") == (
        "Oficina de las Naciones Unidas contra la Droga y el Delito [UNODC] (2022). Prevention and shelters: an evaluation (MEXW55, MEXW64). Viena."
    )
    assert list_entry(replace(source, facts=FACTS[:1], year=None), "en", "a").startswith("United Nations Office on Drugs and Crime [UNODC] (a). ")
    assert list_entry(replace(source, facts=()), "fr") == "Prevention and shelters: an evaluation (MEXW55, MEXW64) (2022)."
    assert list_entry(replace(source, facts=(Fact("organization", "Some Institute"),)), "en").startswith("Some Institute (2022). ")


@pytest.mark.parametrize(("stated", "spanish"), [("Vienna", "Viena"), ("Vienne", "Viena"), ("Geneva", "Ginebra"), ("Lima", "Lima")])
def test_a_city_has_its_name_in_each_language(stated: str, spanish: str) -> None:
    assert place(report(facts=(Fact("place", stated),)), "es") == spanish
    assert place(report(facts=(Fact("place", stated),)), "ar") == stated
