"""Groups: the files of one evaluation belong together."""

from ingest.groups import group_of, same_evaluation
from kb.records import Report


def report(title: str, *codes: str, path: str = "a.pdf", group: str | None = None) -> Report:
    return Report(path, "", title, "", (), codes=codes, group=group)


def test_files_of_one_evaluation() -> None:
    brief = report("EVALUATION OF IOM ACCOUNTABILITY TO AFFECTED POPULATIONS")
    assert same_evaluation(brief, report("Evaluation of IOM Accountability to Affected Populations: management response"))
    assert same_evaluation(report("Roads", "XCAX75"), report("Caminos", "XCAX75", "XCAX76"))
    assert not same_evaluation(report("Evaluation of the Roads Fund in Malawi", "XCAX75"), report("Evaluation of the Roads Fund in Malawi", "XCAX76"))
    assert not same_evaluation(report("Evaluation of the Roads Fund"), report("Evaluation of the Health Fund"))


def test_a_group_is_named_by_its_first_file() -> None:
    assert group_of(report("Roads", "XCAX75"), []) == "xcax75"
    assert group_of(report("Evaluation of the Roads Fund"), []) == "evaluation-of-the-roads-fund"
    assert group_of(report("Caminos", "XCAX75", path="b.pdf"), [report("Roads", "XCAX75", group="roads")]) == "roads"
