"""Tables: the cells between ruled lines, and rows of text that only stand in line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.page.ink import Group, Line, Rect

SNAP = 3.0  # points within which two edges touch
NARROW = 7.0  # a column or row narrower than this, in points, holds no text
THIN = 3.0  # a rectangle thinner than this is a line


@dataclass(slots=True)
class Grid:
    """A ruled table: the x and y of its edges, and which neighbouring cells no line parts."""

    box: Rect
    xs: list[float]
    ys: list[float]  # from top to bottom
    cells: list[tuple[int, int, Rect]]  # row and column of its first corner, and the cell
    broken: bool = False  # some cells are no rectangles: panels of a design, not a table
    ruled: bool = True  # its lines are drawn, not only the edges of coloured areas


@dataclass(slots=True)
class _Edge:
    at: float
    low: float
    high: float
    ruled: bool = True


def grids(rects: list[Rect], page: Rect) -> list[Grid]:
    """The ruled tables and boxes of a page."""
    across, down = _edges(rects, page)
    found: list[Grid] = []
    for some_across, some_down in _components(across, down):
        grid = _grid(some_across, some_down)
        if grid is not None and not grid.broken:
            found.append(grid)
        elif grid is not None:
            found += [_box(r) for r in rects if _is_panel(r, grid.box)]
    return found


def _is_panel(rect: Rect, box: Rect) -> bool:
    """A rectangle that may hold some lines of text, and is part of the design in `box`."""
    inside = box.holds((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)
    return inside and rect.x1 - rect.x0 > 60 and rect.y1 - rect.y0 > 24


def _box(rect: Rect) -> Grid:
    return Grid(rect, [rect.x0, rect.x1], [rect.y1, rect.y0], [(0, 0, rect)])


def _edges(rects: list[Rect], page: Rect) -> tuple[list[_Edge], list[_Edge]]:
    """Edges across and down the page."""
    across: list[_Edge] = []
    down: list[_Edge] = []
    for r in rects:
        wide, high = r.x1 - r.x0, r.y1 - r.y0
        if wide > 0.97 * (page.x1 - page.x0) and high > 0.3 * (page.y1 - page.y0):
            continue  # a background
        if high <= THIN and wide > 6:
            across.append(_Edge((r.y0 + r.y1) / 2, r.x0, r.x1))
        elif wide <= THIN and high > 6:
            down.append(_Edge((r.x0 + r.x1) / 2, r.y0, r.y1))
        elif wide > 12 and high > 7:
            across += [_Edge(y, r.x0, r.x1, r.ruled) for y in (r.y0, r.y1)]
            down += [_Edge(x, r.y0, r.y1, r.ruled) for x in (r.x0, r.x1)]
    return _merged(across), _merged(down)


def _merged(edges: list[_Edge]) -> list[_Edge]:
    """Edges that lie on one another or follow one another become one."""
    found: list[_Edge] = []
    for edge in sorted(edges, key=lambda e: (e.ruled, round(e.at), e.low)):
        for other in reversed(found[-12:]):
            if other.ruled == edge.ruled and abs(other.at - edge.at) <= SNAP and _follows(edge, other):
                other.low, other.high = min(other.low, edge.low), max(other.high, edge.high)
                break
        else:
            found.append(replace(edge))
    return found


def _follows(edge: _Edge, other: _Edge) -> bool:
    return edge.low <= other.high + SNAP and edge.high >= other.low - SNAP


def _components(across: list[_Edge], down: list[_Edge]) -> list[tuple[list[_Edge], list[_Edge]]]:
    """Edges that touch, taken together."""
    loose = list(down)
    found: list[tuple[list[_Edge], list[_Edge]]] = []
    for edge in across:
        touching = [g for g in found if any(_touch(edge, d) for d in g[1])]
        new = [d for d in loose if _touch(edge, d)]
        loose = [d for d in loose if not any(d is n for n in new)]
        for group in touching:
            found = [g for g in found if g is not group]
        found.append(
            (
                [edge] + [e for g in touching for e in g[0]],
                new + [d for g in touching for d in g[1]],
            )
        )
    return [(a, d) for a, d in found if len(a) >= 2 and len(d) >= 2]


def _touch(across: _Edge, down: _Edge) -> bool:
    return across.low - SNAP <= down.at <= across.high + SNAP and down.low - SNAP <= across.at <= down.high + SNAP


def _grid(across: list[_Edge], down: list[_Edge]) -> Grid | None:
    ruled = min(sum(e.ruled for e in across), sum(e.ruled for e in down)) >= 2
    if ruled:
        across, down = [e for e in across if e.ruled], [e for e in down if e.ruled]
    xs = _distinct(e.at for e in down)
    ys = _distinct((e.at for e in across), reverse=True)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 6000:
        return None
    cells = _cells(xs, ys, across, down)
    area = sum((cell.x1 - cell.x0) * (cell.y1 - cell.y0) for _, _, cell in cells)
    squares = (len(xs) - 1) * (len(ys) - 1)
    broken = area > 1.001 * (xs[-1] - xs[0]) * (ys[0] - ys[-1])
    broken = broken or (not ruled and len(cells) < 0.4 * squares)
    return Grid(Rect(xs[0], ys[-1], xs[-1], ys[0]), xs, ys, cells, broken, ruled)


def _distinct(values: Iterable[float], reverse: bool = False) -> list[float]:
    found: list[float] = []
    for value in sorted(values, reverse=reverse):
        if not found or abs(found[-1] - value) > NARROW:
            found.append(value)
    return found


def _cells(xs: list[float], ys: list[float], across: list[_Edge], down: list[_Edge]) -> list[tuple[int, int, Rect]]:
    """The grid's squares, joined where no line parts them."""
    wide, high = len(xs) - 1, len(ys) - 1
    root = list(range(wide * high))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for r in range(high):
        for c in range(wide):
            here = r * wide + c
            if c + 1 < wide and not _drawn(down, xs[c + 1], ys[r + 1], ys[r]):
                root[find(here + 1)] = find(here)
            if r + 1 < high and not _drawn(across, ys[r + 1], xs[c], xs[c + 1]):
                root[find(here + wide)] = find(here)
    boxes: dict[int, list[int]] = {}
    for i in range(wide * high):
        r, c = divmod(i, wide)
        box = boxes.setdefault(find(i), [r, c, r, c])
        box[:] = [min(box[0], r), min(box[1], c), max(box[2], r), max(box[3], c)]
    return [(r0, c0, Rect(xs[c0], ys[r1 + 1], xs[c1 + 1], ys[r0])) for r0, c0, r1, c1 in boxes.values()]


def _drawn(edges: list[_Edge], at: float, low: float, high: float) -> bool:
    middle = (low + high) / 2
    return any(abs(e.at - at) <= NARROW and e.low - SNAP <= middle <= e.high + SNAP for e in edges)


def table_rows(rows: list[list[str]]) -> list[Group]:
    """Groups of a table's rows from the text of their cells; rows without text are left out."""
    return [_row(cells) for cells in rows if any(cells)]


def _row(cells: list[str]) -> Group:
    return Group([], "row", cells)


def aligned_rows(lines: list[Line]) -> list[Group]:
    """Rows of a table without rules: its columns stand in line, its first column opens each row."""
    columns = _columns(lines)
    rows: list[list[list[Line]]] = []
    for line in sorted(lines, key=lambda item: (-item.y, item.x0)):
        at = next(i for i, column in enumerate(columns) if any(line is x for x in column))
        if not rows or _opens(rows[-1], line, at):
            rows.append([[] for _ in columns])
        rows[-1][at].append(line)
    return [Group([x for cell in row for x in cell], "row", [_text(cell) for cell in row]) for row in rows]


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Lines whose horizontal ranges overlap, from left to right."""
    columns: list[list[Line]] = []
    ends: list[float] = []
    for line in sorted(lines, key=lambda item: item.x0):
        if columns and line.x0 < ends[-1] - 0.2 * line.size:
            columns[-1].append(line)
            ends[-1] = max(ends[-1], line.x1)
        else:
            columns.append([line])
            ends.append(line.x1)
    return columns


def _opens(row: list[list[Line]], line: Line, at: int) -> bool:
    """Does the line open a new row, and not continue a cell of this one?"""
    last = min((x.y for cell in row for x in cell), default=line.y)
    if abs(last - line.y) < 0.5 * line.size:
        return False
    if last - line.y > 1.7 * line.size:
        return True
    if at > 0:
        return bool(row[at]) and len(row[at][0].text) < 12 and not row[0]
    return not (line.text[:1].islower() or line.text[:1] == "(")


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)
