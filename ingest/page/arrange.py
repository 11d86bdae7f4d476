"""One page's ink -> its groups in reading order, tables and boxes and notes in their places."""

from ingest.page.columns import in_order
from ingest.page.ink import Group, Ink, Line, Rect, Span
from ingest.page.lines import lines_of
from ingest.page.notes import split_notes
from ingest.page.paragraphs import paragraphs
from ingest.page.tables import Grid, grids, table_rows


def arrange(ink: Ink, body: float) -> list[Group]:
    """The page's groups as they are read. `body` is the size of the report's running text, in points."""
    upright = [span for span in ink.spans if span.angle == 0]
    frames = [frame for angle in (90, -90, 180) for frame in _turned(ink, angle)]
    for grid in sorted(grids(ink.rects, ink.box), key=_area):
        inside = [s for s in upright if grid.box.holds((s.x0 + s.x1) / 2, s.y + 0.3 * s.size)]
        within = [f for f in frames if grid.box.holds((f.x0 + f.x1) / 2, (f.top + f.bottom) / 2)]
        if not _is_frame(grid, inside, within, ink.box):
            continue
        groups = _filled(grid, inside, within)
        taken = {id(span) for span in inside}
        upright = [span for span in upright if id(span) not in taken]
        frames = [f for f in frames if not any(f is w for w in within)] + [_frame(_extent(inside, within), groups)]
    lines, notes = split_notes(lines_of(upright) + frames, ink, body)
    groups = in_order(lines) + _footnotes(in_order(notes))
    slanted = [span for span in ink.spans if span.angle not in (0, 90, -90, 180)]
    return groups + _captions(in_order(lines_of(slanted)))


def _turned(ink: Ink, angle: int) -> list[Line]:
    """Text that runs up, down or upside down: lines that follow one another as a frame where they stand."""
    groups: list[Group] = []
    for line in lines_of([span for span in ink.spans if span.angle == angle]):
        above = groups[-1].lines[-1] if groups else None
        if above and 0 < above.y - line.y < 1.6 * line.size and line.x0 < above.x1 and line.x1 > above.x0:
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line]))
    return [_frame(_placed(group, angle), [group]) for group in _captions(groups)]


def _placed(group: Group, angle: int) -> Rect:
    """Where a turned group stands on the page."""
    cos, sin = {90: (0, 1), -90: (0, -1), 180: (-1, 0)}[angle]
    corners = [(x, y) for line in group.lines for x in (line.x0, line.x1) for y in (line.bottom, line.top)]
    xs = [x * cos - y * sin for x, y in corners]
    ys = [x * sin + y * cos for x, y in corners]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _captions(groups: list[Group]) -> list[Group]:
    for group in groups:
        group.role = "caption"
    return groups


def _footnotes(groups: list[Group]) -> list[Group]:
    """One group for each footnote: what opens with no mark goes on with the note before."""
    notes: list[Group] = []
    for group in groups:
        if notes and group.lines and not group.lines[0].mark:
            notes[-1].lines += group.lines
        elif group.lines:
            notes.append(Group(group.lines, "footnote"))
    return notes


def _area(grid: Grid) -> float:
    return (grid.box.x1 - grid.box.x0) * (grid.box.y1 - grid.box.y0)


def _is_frame(grid: Grid, inside: list[Span], within: list[Line], page: Rect) -> bool:
    """Does the grid hold text that belongs together, which it does not cut through?"""
    if len(inside) + len(within) < 2:
        return False
    box = grid.box
    cut = sum(s.x0 < box.x0 - 3 or s.x1 > box.x1 + 3 for s in inside)
    if cut > 0.1 * len(inside):
        return False
    if len(grid.cells) > 1:
        return True
    height = max((s.y for s in inside), default=0.0) - min((s.y for s in inside), default=0.0)
    share = _area(grid) / max((page.x1 - page.x0) * (page.y1 - page.y0), 1.0)
    return (height > 4 or bool(within)) and share < 0.75


def _extent(spans: list[Span], frames: list[Line]) -> Rect:
    """The rectangle that the text fills; the drawn box reaches farther, into the white space around it."""
    sides = [(s.x0, s.y - 0.25 * s.size, s.x1, s.y + 0.75 * s.size) for s in spans]
    sides += [(f.x0, f.bottom, f.x1, f.top) for f in frames]
    lefts, bottoms, rights, tops = zip(*sides, strict=True)
    return Rect(min(lefts), min(bottoms), max(rights), max(tops))


def _frame(box: Rect, groups: list[Group]) -> Line:
    return Line(box.x0, box.x1, box.y1 - 1, 10.0, "", top=box.y1, bottom=box.y0, frame=groups)


def _filled(grid: Grid, spans: list[Span], frames: list[Line]) -> list[Group]:
    """The grid's text: as rows where it is a table, else as what its boxes hold."""
    held = [(r, c, _held(cell, spans, frames)) for r, c, cell in grid.cells]
    held = [(r, c, groups) for r, c, groups in held if groups]
    columns = {c for _, c, _ in held}
    if len(columns) < 2:
        whole = in_order(lines_of(spans) + frames)
        if not grid.ruled or any(group.role == "row" for group in whole):
            return whole
        return [group for _, _, groups in sorted(held, key=lambda h: h[:2]) for group in groups]
    if len(grid.ys) == 2 and len(columns) == 2 and any(len(groups) > 2 and _length(groups) > 600 for _, _, groups in held):
        return [group for _, _, groups in sorted(held, key=lambda h: h[:2]) for group in groups]
    rows: dict[int, list[tuple[int, list[Group]]]] = {}
    for r, c, groups in held:
        rows.setdefault(r, []).append((c, groups))
    return table_rows([_cells(grid, rows[r], sorted(columns)) for r in sorted(rows)])


def _held(cell: Rect, spans: list[Span], frames: list[Line]) -> list[Group]:
    mine = [s for s in spans if cell.holds((s.x0 + s.x1) / 2, s.y + 0.3 * s.size, 0.0)]
    inner = [f for f in frames if cell.holds((f.x0 + f.x1) / 2, (f.top + f.bottom) / 2, 0.0)]
    lines = sorted(lines_of(mine) + inner, key=lambda line: (-line.y, line.x0))
    return paragraphs(lines)


def _cells(grid: Grid, row: list[tuple[int, list[Group]]], columns: list[int]) -> list[str]:
    """The row's cells, one for each column of the table that has text anywhere."""
    filled = {c: "\n".join(_said(group) for group in groups) for c, groups in row}
    if len(filled) == 1 and 0 in filled and _spans_all(grid, row):
        return [filled[0]]
    return [filled.get(c, "") for c in columns]


def _spans_all(grid: Grid, row: list[tuple[int, list[Group]]]) -> bool:
    wide = max((line.x1 for _, groups in row for g in groups for line in g.lines), default=0.0)
    return len(grid.xs) > 2 and wide > grid.xs[1] + 5


def _said(group: Group) -> str:
    return " ".join(filter(None, group.cells)) if group.cells else group.text


def _length(groups: list[Group]) -> int:
    return sum(len(_said(group)) for group in groups)
