"""Orders of names in three columns in which few of the lines between them cross."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

BLOCK = 1.6
"""The room that the heading of a block takes, in names."""
SWEEPS = 24
"""How often the columns are put into each other's order."""

Heights = dict[str, float]
"""The height of each name of a column, from 0 (top) to 1."""
Lines = Sequence[Sequence[tuple[str, str]]]
"""For the left and the right side, the pairs of a side's name and a middle one."""


def arranged(frame: pd.DataFrame) -> tuple[Heights, Heights, Heights]:
    """Where the names of the left, the middle and the right column stand, so that few lines cross.

    The columns take turns: each is put into the order of the mean height of its neighbours, and the best
    order of all turns is bettered by swapping neighbours as long as that helps. The same frame gives the
    same order.
    """
    blocks = dict(zip(frame["middle"], frame["block"], strict=True))
    lines: list[list[tuple[str, str]]] = [[], []]
    for line in frame.to_dict("records"):
        lines[0 if line["is_left"] else 1].append((line["side"], line["middle"]))
    sides = [list(dict.fromkeys(side for side, _ in joined)) for joined in lines]
    middle = _by_block(list(blocks), blocks, dict(zip(blocks, range(len(blocks)), strict=True)))
    best = (_crossings(sides, middle, blocks, lines), sides, middle)
    for _ in range(SWEEPS):
        heights = _middle_heights(middle, blocks)
        sides = [
            sorted(names, key=_means(joined, heights).__getitem__)
            for names, joined in zip(sides, lines, strict=True)
        ]
        at = {f"{n}{name}": y for n, names in enumerate(sides) for name, y in _side_heights(names).items()}
        turned = [(name, f"{n}{side}") for n, joined in enumerate(lines) for side, name in joined]
        middle = _by_block(middle, blocks, _means(turned, at))
        best = min(best, (_crossings(sides, middle, blocks, lines), sides, middle), key=lambda plan: plan[0])
    _, sides, middle = best
    _swap(sides, middle, blocks, lines)
    left, right = map(_side_heights, sides)
    return left, _middle_heights(middle, blocks), right


def _swap(sides: list[list[str]], middle: list[str], blocks: Mapping[str, str], lines: Lines) -> None:
    """Swap neighbours within each column as long as fewer lines cross."""
    crossed, is_better = _crossings(sides, middle, blocks, lines), True
    while is_better and crossed:
        is_better = False
        for names in (*sides, middle):
            for n in range(len(names) - 1):
                if names is middle and blocks[names[n]] != blocks[names[n + 1]]:
                    continue
                names[n], names[n + 1] = names[n + 1], names[n]
                now = _crossings(sides, middle, blocks, lines)
                if now < crossed:
                    crossed, is_better = now, True
                else:
                    names[n], names[n + 1] = names[n + 1], names[n]


def _crossings(
    sides: Sequence[Sequence[str]],
    middle: Sequence[str],
    blocks: Mapping[str, str],
    lines: Lines,
) -> int:
    """How many pairs of lines cross."""
    heights, total = _middle_heights(middle, blocks), 0
    for names, joined in zip(sides, lines, strict=True):
        at = _side_heights(names)
        ends: npt.NDArray[np.float64] = np.array(
            [(at[side], heights[name]) for side, name in joined]
        ).reshape(-1, 2)
        apart = ends[:, None, :] - ends[None, :, :]
        total += int((apart.prod(axis=2) < 0).sum()) // 2
    return total


def _means(joined: Sequence[tuple[str, str]], heights: Mapping[str, float]) -> Heights:
    """The mean height of the names that each name is joined to."""
    found: dict[str, list[float]] = {}
    for name, neighbour in joined:
        found.setdefault(name, []).append(heights[neighbour])
    return {name: sum(values) / len(values) for name, values in found.items()}


def _by_block(names: Sequence[str], blocks: Mapping[str, str], rank: Mapping[str, float]) -> list[str]:
    """Names in the order of a rank, those of a block together and blocks by their mean rank."""
    means = _means([(blocks[name], name) for name in names], rank)
    return sorted(names, key=lambda name: (means[blocks[name]], blocks[name], rank[name]))


def _side_heights(names: Sequence[str]) -> Heights:
    return {name: (n + 0.5) / len(names) for n, name in enumerate(names)}


def n_rows(blocks: Mapping[str, str]) -> float:
    """The height of the middle column in names."""
    return len(blocks) + BLOCK * len(set(blocks.values()))


def _middle_heights(names: Sequence[str], blocks: Mapping[str, str]) -> Heights:
    """Heights of the middle column: a heading takes room where a block begins."""
    rows, at, before, heights = n_rows(blocks), 0.0, "", {}
    for name in names:
        if blocks[name] != before:
            at, before = at + BLOCK, blocks[name]
        heights[name] = (at + 0.5) / rows
        at += 1
    return heights
