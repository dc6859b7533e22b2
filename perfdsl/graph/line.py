"""The score on the picture: lines, the ranges that an officer chooses from, dots at jumps."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.graph.axes import MANY, RIGHT, TOP
from perfdsl.graph.probe import Sample
from perfdsl.graph.shape import Piece, Point
from perfdsl.graph.sheet import Place, Sheet, dot, path, stroke, text


def ranges(sheet: Sheet) -> Iterator[str]:
    """Where an officer chooses: the whole range, with its name where there is room for it."""
    for piece in sheet.curve.pieces:
        if not _chosen(piece):
            continue
        if sheet.curve.dotted:
            yield from (stroke("edge", sheet.at(x, y), sheet.at(x, z)) for x, y, z in piece.points)
            continue
        low = [sheet.at(x, y) for x, y, _ in piece.points]
        high = [sheet.at(x, y) for x, _, y in piece.points]
        yield f'<polygon class="range" points="{path([*low, *reversed(high)])}"/>'
        yield from (f'<polyline class="edge" points="{path(edge)}"/>' for edge in (low, high))
        yield from _named(sheet, piece)


def _named(sheet: Sheet, piece: Piece) -> Iterator[str]:
    first, last = piece.points[0], piece.points[-1]
    if sheet.x.pixel(last[0]) - sheet.x.pixel(first[0]) > 70:
        middle = sheet.y.pixel((first[1] + first[2] + last[1] + last[2]) / 4)
        yield text(sheet.x.pixel((first[0] + last[0]) / 2), middle + 4, "由评审人打分", "middle")


def lines(sheet: Sheet) -> Iterator[str]:
    """The scored pieces; those that meet are one line."""
    if sheet.curve.dotted:
        return
    run: list[Point] = []
    for piece in (p for p in sheet.curve.pieces if not _chosen(p)):
        if run and not _meets(sheet, run[-1], piece.points[0]):
            yield _line(sheet, run)
            run = []
        run += piece.points
    if run:
        yield _line(sheet, run)


def _line(sheet: Sheet, points: list[Point]) -> str:
    pixels = dict.fromkeys(sheet.at(x, y) for x, y, _ in points)
    return f'<polyline class="line" points="{path(list(pixels))}"/>'


def _meets(sheet: Sheet, end: Point, start: Point) -> bool:
    """Whether the line goes on without a jump, at the place itself too; among whole numbers from one to the next."""
    if sheet.curve.runs:
        return False
    here = next((p for p in sheet.curve.points if p.at == end[0]), None)
    own = sheet.at(here.at, here.low) if here and here.low is not None else sheet.at(*end[:2])
    return sheet.at(*end[:2]) == sheet.at(*start[:2]) == own


def _chosen(piece: Piece) -> bool:
    return any(low != high for _, low, high in piece.points)


def dots(sheet: Sheet) -> Iterator[str]:
    """At a jump: full where the score is, hollow where the line ends without it; none where jumps stand too close.

    Of whole numbers each has a dot, where they do not stand too close.
    """
    if sheet.curve.runs:
        yield from _whole(sheet) if sheet.curve.dotted else ()
        return
    if len(sheet.curve.points) > MANY:
        return
    hollow: dict[Place, None] = {}
    full: dict[Place, None] = {}
    for point in sheet.curve.points:
        own, missed = _jump(sheet, point)
        hollow.update(dict.fromkeys(missed))
        full.update(dict.fromkeys(own))
    yield from (dot("out", place) for place in hollow)
    yield from (dot("in", place) for place in full)
    if hollow:
        yield text(RIGHT, TOP - 8, "● 含这一点　○ 不含", "end")


def _whole(sheet: Sheet) -> Iterator[str]:
    for piece in (p for p in sheet.curve.pieces if not _chosen(p)):
        yield from (dot("in", sheet.at(x, y)) for x, y, _ in piece.points)


def _jump(sheet: Sheet, point: Sample) -> tuple[list[Place], list[Place]]:
    """The place of the score at *point*, and the ends of the line there that miss it; nothing where it goes on."""
    around = [(piece, end) for piece in sheet.curve.pieces for end in _ends(piece) if end[0] == point.at]
    ends = [sheet.at(x, y) for piece, (x, y, _) in around if not _chosen(piece)]
    if point.low is None or point.low != point.high:
        return [], ends
    own = sheet.at(point.at, point.low)
    missed = [end for end in ends if end != own]
    alone = missed or not ends or len(ends) < len(around)
    return ([own] if alone else []), missed


def _ends(piece: Piece) -> tuple[Point, Point]:
    return piece.points[0], piece.points[-1]
