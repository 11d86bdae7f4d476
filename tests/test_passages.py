"""Passages: whole items and sentences, never longer than the model reads, on the right page."""

from dataclasses import replace

import pytest
from conftest import CORPUS, ToyEmbedder
from papers import paper

from ingest.flow import flow
from ingest.items import items
from ingest.passages import context, passages
from ingest.read import read
from ingest.sections import sections
from kb.language import detect
from kb.records import Document, Passage

TOY = ToyEmbedder()


def cut(document: Document, max_pieces: int = 64, title: str = "") -> tuple[Passage, ...]:
    found = sections(document)
    return passages(document, found, items(document, found), TOY.count, max_pieces, title)


def words(number: int, first: str = "Road") -> str:
    """A sentence of so many words."""
    return " ".join([first, *(f"w{place}" for place in range(1, number))]) + "."


def check(document: Document, made: tuple[Passage, ...], max_pieces: int) -> None:
    """What holds of all passages, whatever the document."""
    end = 0
    for passage in made:
        assert passage.text == document.text[passage.start : passage.end] == passage.text.strip()
        assert TOY.count(f"{passage.context}\n{passage.text}") <= max_pieces
        assert passage.start >= end, "passages overlap"
        end = passage.end
        assert passage.sentences[0][0] == passage.start and passage.sentences[-1][1] == passage.end


def left_out(document: Document, made: tuple[Passage, ...]) -> str:
    """The words of the document that stand in no passage."""
    edges = [0, *(edge for passage in made for edge in (passage.start, passage.end)), len(document.text)]
    return " ".join(" ".join(document.text[edges[place] : edges[place + 1]] for place in range(0, len(edges), 2)).split())


def test_sentences_are_packed_whole_within_their_section() -> None:
    document = paper(f"# Findings\n{words(20)} {words(20, 'Bridge')}\n{words(20, 'School')}\n# Conclusions\n{words(5, 'End')}")
    made = cut(document)
    check(document, made, 64)
    assert [passage.text for passage in made] == [f"{words(20)} {words(20, 'Bridge')}\n\n{words(20, 'School')}", words(5, "End")]
    assert [passage.kind for passage in made] == ["finding", "conclusion"]
    assert [document.text[start:end] for start, end in made[0].sentences] == [words(20), words(20, "Bridge"), words(20, "School")]
    assert left_out(document, made) == "Findings Conclusions"


def test_a_paragraph_too_long_is_cut_evenly_between_sentences() -> None:
    document = paper("# Findings\n" + " ".join(words(10, f"S{number}") for number in range(8)))
    made = cut(document, 64)
    check(document, made, 64)
    assert [len(passage.sentences) for passage in made] == [4, 4]


def test_a_sentence_longer_than_the_model_reads_is_cut_at_a_clause() -> None:
    clauses = ", ".join(" ".join(f"w{part}{place}" for place in range(12)) for part in "abcdefgh") + "."
    document = paper(f"# Findings\n{clauses}")
    made = cut(document, 40)
    check(document, made, 40)
    assert all(passage.text.endswith((",", ".")) for passage in made)
    assert left_out(document, made) == "Findings"


def test_one_word_longer_than_the_model_reads_is_cut_all_the_same() -> None:
    document = paper("# Findings\n" + "x" * 5000)
    found = sections(document)
    made = passages(document, found, (), lambda text: len(text) // 4 + 2, 64, "")
    assert max(len(passage.text) for passage in made) // 4 + 2 <= 64
    assert "".join(passage.text for passage in made) == "x" * 5000


def test_each_item_is_a_passage_of_its_own() -> None:
    document = paper("# Recommendations\nThese are addressed to UNICEF.\n1. Mend the roads.\n2. Paint the schools.\nThe schools are old.")
    made = cut(document)
    assert [(passage.text, passage.item) for passage in made] == [
        ("These are addressed to UNICEF.", None), ("Mend the roads.", 0), ("Paint the schools.", 1), ("The schools are old.", None),
    ]  # fmt: skip
    assert {passage.kind for passage in made} == {"recommendation"}


def test_an_item_too_long_gives_passages_that_name_it() -> None:
    document = paper("# Recommendations\n1. " + " ".join(words(25, f"S{number}") for number in range(4)) + "\n2. Paint.")
    made = cut(document)
    check(document, made, 64)
    assert [passage.item for passage in made] == [0, 0, 1]


def test_facts_captions_and_footnotes_stand_alone() -> None:
    document = paper(
        "# Evaluation of the Roads Fund\nDonor: Norway\nRegion: Malawi\nThe fund mends roads.\n~ Figure 1. Roads mended\nIt began in 2016.\n"
        "^ Roads of the north."
    )
    assert [passage.text for passage in cut(document)] == [
        "Donor: Norway", "Region: Malawi", "The fund mends roads.", "Figure 1. Roads mended", "It began in 2016.", "Roads of the north.",
    ]  # fmt: skip


def test_rows_of_a_table_are_kept_together_and_from_the_text() -> None:
    document = paper("# Findings\nBefore the table.\n| Year | Roads |\n| 2019 | 4 |\nAfter the table.")
    assert [passage.text for passage in cut(document)] == ["Before the table.", "Year\tRoads\n\n2019\t4", "After the table."]


def test_contents_are_no_passages() -> None:
    document = paper("# Contents\nFindings ........ 3\n# Findings\nRoads improved.")
    assert [passage.text for passage in cut(document)] == ["Roads improved."]


def test_pages_and_their_labels() -> None:
    document = paper("# Executive summary\nIn short.\n---ix\nMore of it.\n---1\n# Findings\nRoads improved.")
    made = cut(document)
    assert [(passage.first_page, passage.last_page, passage.page_label) for passage in made] == [(1, 2, "1"), (3, 3, "1")]
    assert made[0].text == "In short.\n\nMore of it."


def test_a_passage_that_begins_in_the_front_matter() -> None:
    assert cut(paper("# Findings\n---ix\nRoads improved."))[0].page_label == "ix"


@pytest.mark.parametrize(
    ("marked", "criteria"),
    [
        ("# Findings\n## Efficiency\nRoads improved.", ("efficiency",)),
        ("# Recommendations\n1. Impact and gender: Mend the roads.\n2. Paint.", ("impact", "gender")),
        (
            "# Constatations\nEn termes de pertinence (75 %), le projet a répondu. Sur l’efficacité (78 %), les objectifs ont été atteints.",
            ("relevance", "effectiveness"),
        ),
        ("# Hallazgos\nEn cuanto a la sostenibilidad, los caminos duran.", ("sustainability",)),
        ("# Findings\nCoherence: The fund works with others.", ("coherence",)),
        ("# Findings\nThe relevant offices had an impact on roads.", ()),
        ("# Methodology\nIn terms of relevance, four questions were asked.", ()),
        ("# Annex 1\n## Efficiency\nHow much?", ()),
    ],
)
def test_criteria_by_strong_evidence_only(marked: str, criteria: tuple[str, ...]) -> None:
    assert cut(paper(marked))[0].criteria == criteria


def test_the_kind_of_a_summary_is_kept_for_its_items() -> None:
    document = paper("# Executive summary\n## Recommendations\n1. Mend the roads.\n2. Paint.\n# Recommendations\n1. Mend the roads.\n2. Paint.")
    assert [(passage.kind, passage.item) for passage in cut(document)] == [
        ("summary", 0),
        ("summary", 1),
        ("recommendation", 2),
        ("recommendation", 3),
    ]


def test_the_language_of_each_passage() -> None:
    english = "The evaluation found that the roads of the north are better than before."
    spanish = "La evaluación encontró que los caminos del norte están mejor que antes, y que las escuelas siguen igual."
    made = cut(paper(f"# Resumen\n{spanish} {spanish}\n# Executive summary\n{english}\n# Hallazgos\nVer https://www.unodc.org/x"))
    assert [passage.language for passage in made] == ["es", "en", "es"]


def test_boilerplate_and_text_read_from_pictures_are_marked() -> None:
    document = paper("# Findings\nRoads improved.\n---\n# Disclaimer\nThe views expressed are those of the evaluators.")
    first, second = cut(replace(document, ocr_pages=frozenset({1})))
    assert (first.boilerplate, first.ocr) == (False, True)
    assert (second.boilerplate, second.ocr) == (True, False)


def test_the_numbers_of_counted_paragraphs() -> None:
    lines = "\n".join(f"{number}. {words(40, f'P{number}')}" for number in range(1, 15))
    made = cut(paper(f"# Introduction\n{lines}"))
    assert [passage.paragraph for passage in made] == [str(number) for number in range(1, 15)]
    assert cut(paper("# Introduction\n1. One.\n2. Two."))[0].paragraph is None


def test_a_passage_holds_one_numbered_paragraph_and_what_follows_it() -> None:
    lines = "\n".join(f"{number}. Road {number} was mended.\nSo it stays." for number in range(1, 15))
    made = cut(paper(f"# Introduction\nFirst of all.\n{lines}\n# Context\nThe roads are old."))
    assert [passage.paragraph for passage in made] == [None, *map(str, range(1, 15)), None]
    assert made[3].text == "Road 3 was mended.\n\nSo it stays."


def test_rows_without_items_share_a_passage_and_two_tables_do_not() -> None:
    document = paper("# Findings\n| Year | Roads |\n| 2019 | 4 |\n| 2020 | 5 |\n~ Table 2. Schools\n| Year | Schools |\n| 2019 | 7 |")
    made = cut(document)
    check(document, made, 64)
    assert [passage.text for passage in made] == ["Year\tRoads\n\n2019\t4\n\n2020\t5", "Table 2. Schools", "Year\tSchools\n\n2019\t7"]


@pytest.mark.parametrize(
    ("heading", "kinds"), [("Findings", ["finding", "other"]), ("Executive summary", ["summary", "other"]), ("Annex 1", ["annex", "annex"])]
)
def test_a_caption_has_not_the_kind_of_its_section(heading: str, kinds: list[str]) -> None:
    assert [passage.kind for passage in cut(paper(f"# {heading}\nRoads improved.\n~ Figure 1. Roads mended"))] == kinds


def test_few_words_are_not_taken_for_a_language_that_the_report_is_not_written_in() -> None:
    spanish = "La evaluación encontró que los caminos del norte están mejor que antes, y que las escuelas siguen igual que entonces."
    doubtful = "Programa de apoio: coordenação com a comunidade rural"
    made = cut(paper(f"# Hallazgos\n{spanish * 10}\n~ {doubtful}"), 256)
    assert detect(doubtful) == "pt"
    assert [passage.language for passage in made] == ["es", "es"]
    portuguese = "A avaliação constatou que as estradas do norte estão melhores do que antes, mas as escolas continuam iguais. " * 6
    (passage,) = cut(paper(f"# Anexo\n{portuguese}"), 256)
    assert passage.language == "pt"


# the context


def test_the_context_is_title_and_headings() -> None:
    assert context("Roads", "Findings › Impact") == "Roads › Findings › Impact"
    assert context("Roads", "") == "Roads"
    made = cut(paper("# Findings\n## Impact\nRoads improved."), title="Evaluation of roads")
    assert (made[0].heading, made[0].context) == ("Findings › Impact", "Evaluation of roads › Findings › Impact")


def test_a_long_context_is_shortened_title_first() -> None:
    document = paper("# Findings on the roads of the north\n" + words(60))
    made = cut(document, 64, title=words(60, "Title"))
    check(document, made, 64)
    assert made[0].context.startswith("Title w1 w2") and made[0].context.endswith("… › Findings on the roads of the north")
    assert TOY.count(made[0].context) - 2 <= 16


# the report in the corpus


def test_the_report_in_the_corpus() -> None:
    document = flow(read(CORPUS / "unodc-mexw55-mexw64-resumen-de-evaluacion.txt"))
    made = cut(document, 256, title="Trata de personas en México")
    check(document, made, 256)
    assert left_out(document, made) == (
        "RESUMEN DE EVALUACIÓN EVALUACIÓN FINAL INDEPENDIENTE Y AGRUPADA ANTECEDENTES Y CONTEXTO PRINCIPALES HALLAZGOS LECCIONES APRENDIDAS "
        "BUENAS PRÁCTICAS METODOLOGÍA RECOMENDACIONES - - - - - - INDEPENDENT EVALUATION SECTION"
    )
    method = next(passage for passage in made if passage.kind == "methodology")
    assert method.text.endswith("alineada a las Normas y Estándares de Evaluación de la UNEG y la UNODC.")
    assert "equidad de género y no dejar a nadie atrás)" in " ".join(method.text.split())
    assert not method.boilerplate
    assert [passage.text for passage in made if passage.text.startswith("Donante")] == ["Donante(s): ACCBP Canadá (MEXW55) y INL US (MEXW64)."]
    assert sum(passage.item is not None for passage in made) == 6
