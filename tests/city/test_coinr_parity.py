"""Where the method is the same, the numbers are those of the published reference.

Scores to a relative 1e-12; ranks are whole numbers and must all be equal. The reference stands
outside the repository; without it these tests are skipped.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from scoring.panel import Group, aggregate, competition_ranks, fixed_point
from scoring.uncertainty import rank_quantiles

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "parity" / "coinr"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no ../shared/parity/coinr")
RTOL = 1e-12
MEANS = [
    ("normalised", "amean", 0.0),
    ("normalised_1_100", "amean_1_100", 0.0),
    ("norm_raw_goalposts", "amean_goalposts", 0.0),
    ("norm_raw_minmax_0_100", "amean_missing_renormalised", 0.0),
    ("norm_raw_minmax_0_100", "amean_missing_thresh08", 0.8),
    ("norm_raw_minmax_0_100", "amean_missing_thresh1", 1.0),
]


class Table(NamedTuple):
    """A reference file: column and row names and the numbers."""

    columns: list[str]
    rows: list[str]
    numbers: np.ndarray

    def column(self, name, order=None):
        """Return a column, its rows in another order if wanted."""
        found = self.numbers[:, self.columns.index(name)]
        return found if order is None else found[[self.rows.index(row) for row in order]]


def read(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    numbers = [[float(cell) if cell not in ("", "NaN") else np.nan for cell in r[1:]] for r in rows]
    return Table(head[1:], [row[0] for row in rows], np.array(numbers))


@pytest.fixture(scope="module")
def tree():
    """The example's groups, children before parents."""
    with (FOLDER / "asem_iMeta.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Type"] in ("Indicator", "Aggregate")]
    level = {row["iCode"]: int(row["Level"]) for row in rows}
    children = {}
    for row in rows:
        if row["Parent"]:
            children.setdefault(row["Parent"], []).append(row["iCode"])
    return [Group(code, tuple(children[code])) for code in sorted(children, key=level.__getitem__)]


def elements(tree):
    return [child for group in tree for child in group.children]


def means(tree, values, weights=None, threshold=0.0):
    leaves = {code: values.numbers[:, i] for i, code in enumerate(values.columns)}
    given = dict.fromkeys(elements(tree), 1.0) | (weights or {})
    return aggregate(tree, leaves, given, threshold=threshold)


def compare(found, values, name, *, breaks_ties=False):
    """Hold all groups against a results file and its ranks file; return how many ranks differ.

    With `breaks_ties` the reference may separate units whose scores agree to 1e-12.
    """
    scores, ranks = read(f"results_{name}"), read(f"ranks_{name}")
    assert set(scores.columns) - {"Rank"} == set(found)
    assert len(scores.rows) == len(ranks.rows) == 51
    differ = 0
    for code, score in found.items():
        theirs = scores.column(code, values.rows)
        np.testing.assert_allclose(score, theirs, RTOL, atol=0)
        mine = competition_ranks(fixed_point(score), ~np.isnan(score))
        wanted = np.nan_to_num(ranks.column(code, values.rows))
        if breaks_ties:
            wanted = competition_ranks(fixed_point(np.round(theirs, 12)))
            differ += int((wanted != ranks.column(code, values.rows)).sum())
        assert mine.tolist() == wanted.tolist()
    return differ


@pytest.mark.parametrize(("data", "name", "threshold"), MEANS, ids=[row[1] for row in MEANS])
def test_weighted_means_and_ranks(tree, data, name, threshold):
    values = read(data)

    compare(means(tree, values, threshold=threshold), values, name)


def test_unequal_weights(tree):
    weights, values = read("weights_alt"), read("normalised")
    given = dict(zip(weights.rows, weights.column("Weight").tolist(), strict=True))

    compare(means(tree, values, given), values, "amean_weights_alt")


def test_percentile_ranks_tie_where_the_reference_follows_floating_noise(tree):
    # Percentile ranks tie often; the reference separates 0.596 from 0.5960000000000001 and so
    # gives twelve units at group level another rank than equal scores deserve.
    # It ranks the treated, signed columns upwards: (rank - 1) / (present - 1).
    treated = read("stage_treated")
    with (FOLDER / "asem_iMeta.csv").open(encoding="utf-8", newline="") as file:
        sign = {
            row["iCode"]: float(row["Direction"])
            for row in csv.DictReader(file)
            if row["Type"] == "Indicator"
        }
    leaves = []
    for code in treated.columns:
        column = treated.column(code) * sign[code]
        below = (column[None, :] < column[:, None]).sum(axis=1)
        leaves.append(below / (np.isfinite(column).sum() - 1))
    values = treated._replace(numbers=np.array(leaves).T)

    differ = compare(means(tree, values), values, "amean_prank", breaks_ties=True)

    assert differ == 12


@pytest.mark.parametrize(("level", "count"), [(1, 49), (2, 8), (3, 2)])
def test_each_element_left_out(tree, level, count):
    scores, ranks = read(f"remove_L{level}_scores"), read(f"remove_L{level}_ranks")
    moved = read(f"remove_L{level}_meanabsdiff")
    values = read("normalised")
    gone = scores.columns[1:]
    weights = {
        code: np.array([1.0] + [0.0 if code == one else 1.0 for one in gone])
        for code in elements(tree)
    }
    found = means(tree, values, weights)["Index"]
    mine = competition_ranks(fixed_point(found))
    moves = np.abs(mine - mine[0]).mean(axis=1)

    assert len(gone) == count
    for row, name in enumerate(scores.columns):
        np.testing.assert_allclose(found[row], scores.column(name, values.rows), RTOL, atol=0)
        assert mine[row].tolist() == ranks.column(name, values.rows).tolist()
    np.testing.assert_allclose(moves, moved.column("MeanAbsDiff", scores.columns), RTOL, atol=0)


@pytest.fixture(scope="module")
def replications(tree):
    """Scores and ranks under the reference's own thousand draws of weights."""
    sets, drawn = read("ua_weight_sets"), read("ua_replication_to_set")
    order = [sets.rows.index(str(int(number))) for number in drawn.column("set")]
    values = read("normalised")
    weights = {code: sets.column(code)[order] for code in elements(tree)}
    scores = means(tree, values, weights)["Index"]
    return values.rows, scores, competition_ranks(fixed_point(scores))


def test_thousand_weight_replications_score_alike(replications):
    units, scores, _ = replications
    reference = read("ua_scores")

    assert scores.shape == (1000, 51)
    for number in range(1000):
        expected = reference.column(f"r_{number + 1}", units)
        np.testing.assert_allclose(scores[number], expected, RTOL, atol=0)


def test_all_fifty_one_thousand_ranks_are_equal(replications):
    units, _, ranks = replications
    reference = read("ua_ranks")
    expected = np.array([reference.column(f"r_{n + 1}", units) for n in range(1000)])

    assert ranks.shape == expected.shape == (1000, 51)
    assert (ranks == expected).all()


def test_quantiles_and_mean_of_ranks_are_equal(replications):
    units, _, ranks = replications
    reference = read("ua_rankstats")

    for row, name in enumerate(("Q5", "Median", "Q95")):
        mine = [quantiles[row] for quantiles in rank_quantiles(ranks)]
        assert mine == [Decimal(repr(one)) for one in reference.column(name, units).tolist()]
    np.testing.assert_allclose(ranks.mean(axis=0), reference.column("Mean", units), RTOL, atol=0)


def test_declared_weights_give_the_nominal_scores_and_ranks(tree, replications):
    units, *_ = replications
    reference, values = read("ua_nominal"), read("normalised")
    found = means(tree, values)["Index"]

    np.testing.assert_allclose(found, reference.column("Score", units), RTOL, atol=0)
    assert competition_ranks(fixed_point(found)).tolist() == (
        reference.column("Rank", units).tolist()
    )
