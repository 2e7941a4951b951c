"""From a run's manifest to the 通报's view. Reads the manifest and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from assessor import formats, messages
from assessor.city import view_ranking, view_tables
from assessor.city.view_charts import LISTS
from assessor.city.view_model import CityCover, CityMethod, CityView, RemovalRow
from assessor.city.view_summary import status_counts, summary
from assessor.view.charts import ring
from assessor.view.model import Pair
from schemas.manifest import Manifest
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import UsedRules
from scoring.wording import plain

Actions: TypeAlias = tuple[tuple[str, PolicyAction], ...]
NAME_LIMIT = 30
MOST_REMOVALS = 10
_KIND = "法治政府建设年度报告评估通报"


def build_city_view(manifest: Manifest) -> CityView:
    """Return the finished text of every part of the 通报."""
    year = "" if manifest.period is None else f"{manifest.period.end.year}年度"
    title = f"{manifest.title}{year}{_KIND}" + ("（匿名版）" if manifest.is_anonymous else "")
    rules = manifest.rules
    return CityView(
        title=title,
        running=" · ".join(p for p in (formats.cut(manifest.title, NAME_LIMIT), year) if p),
        description=title
        if rules is None
        else f"{title}；{rules.framework_label}（{rules.edition}版）",
        created="" if manifest.period is None else f"{manifest.period.end}T00:00:00+08:00",
        engine=manifest.engine,
        cover=_cover(manifest, year),
        summary=summary(manifest),
        rankings=view_ranking.rankings(manifest),
        without_total=view_ranking.without_total(manifest),
        heat=view_ranking.heat(manifest),
        weaknesses=view_tables.weaknesses(manifest),
        movers=view_tables.movers(manifest),
        filings=view_tables.filings(manifest),
        troubles=view_tables.troubles(manifest),
        run_issues=view_tables.run_issues(manifest),
        quality=view_tables.quality(manifest),
        questions=view_tables.questions(manifest),
        method=_method(manifest),
    )


def _cover(manifest: Manifest, year: str) -> CityCover:
    scored = sum(one.status == "scored" for one in manifest.entities)
    count = len(manifest.entities)
    name = manifest.title
    return CityCover(
        city=name,
        name_css="" if len(name) <= 13 else "long" if len(name) <= 36 else "longest",
        kind="评估通报（匿名版）" if manifest.is_anonymous else "评估通报",
        year=year or "年度未定",
        ring=ring(Decimal(100 * scored) / count if count else None),
        scored=f"{scored} / {count}",
        headline=f"{count} 个单位",
        statuses="　".join(f"{label} {n}" for label, n in status_counts(manifest)),
        facts=_cover_facts(manifest),
        notices=_notices(manifest),
    )


def _cover_facts(manifest: Manifest) -> tuple[Pair, ...]:
    modes = "，".join(
        f"{label} {count} 个"
        for mode, label in LISTS
        if (count := sum(one.mode == mode for one in manifest.entities))
    )
    facts = [Pair("考核方式", modes or formats.DASH)]
    if manifest.period is not None:
        start, end = formats.day(manifest.period.start), formats.day(manifest.period.end)
        facts.append(Pair("报告期间", f"{start} 至 {end}"))
    if manifest.rules is not None:
        facts += _rule_facts(manifest, manifest.rules)
        facts.append(Pair("标尺（规则指纹）", manifest.rules.ruler[:16]))
    return tuple(facts)


def _rule_facts(manifest: Manifest, rules: UsedRules) -> list[Pair]:
    known = messages.PROVENANCES
    weights = manifest.weight_provenance or rules.weight_provenance
    facts = [
        Pair(
            "指标体系",
            f"{rules.framework_label}，{rules.edition}版（{known[rules.framework_provenance]}）",
        ),
        Pair("权重", f"{rules.weight_label}（{known[weights]}）"),
        Pair("评分方案", f"{rules.scheme_label}（{known[rules.scheme_provenance]}）"),
    ]
    facts += (Pair(f"未披露的处理{whose}", label) for whose, label, _ in _policies(manifest, rules))
    return facts


def _policies(manifest: Manifest, rules: UsedRules) -> list[tuple[str, str, Actions]]:
    """Return whose it is, label and actions of every policy in use: one for each list."""
    found = [(one.mode, one.policy_label, one.actions) for one in manifest.modes]
    if len({pair[1:] for pair in found}) < 2:
        return [("", rules.policy_label, rules.actions)]
    return [(f"（{messages.MODES[mode]}）", label, actions) for mode, label, actions in found]


def _notices(manifest: Manifest) -> tuple[str, ...]:
    found: list[str] = []
    if not any(one.status == "scored" for one in manifest.entities):
        found.append("没有单位完成评分，本通报只列报送情况。")
    if any(one.mode == "reference" for one in manifest.entities):
        found.append("参照评估的单位单独列表，不与约束性考核混排。")
    if manifest.is_anonymous:
        found.append("本版以代号代替单位名称，供传阅；请勿标注或公布代号与单位的对应关系。")
    return tuple(found)


def _method(manifest: Manifest) -> CityMethod:
    rules, ranking = manifest.rules, manifest.ranking
    facts: list[Pair] = []
    if rules is not None:
        facts += _rule_facts(manifest, rules)
        facts.append(Pair("综合方式", rules.blend_label))
        facts.append(
            Pair(
                "取整",
                f"每项得分{messages.ROUNDINGS[rules.rounding_mode]}到小数点后"
                f"{rules.rounding_places}位，总分为各项之和，等次与名次按印出的总分判定",
            )
        )
        facts.append(Pair("标尺（规则内容哈希）", rules.ruler))
    if ranking is not None:
        facts.append(Pair("并列容差", f"{formats.points(ranking.tie_tolerance)} 分，含本数"))
    facts += _doubt_facts(manifest)
    return CityMethod(
        facts=tuple(facts),
        bands=()
        if rules is None
        else tuple(Pair(grade, f"{formats.percent(least)}及以上") for grade, least in rules.bands),
        actions=()
        if rules is None
        else tuple(
            pair
            for whose, _, actions in _policies(manifest, rules)
            for pair in _actions(whose, actions)
        ),
        notes=() if ranking is None else _NOTES,
        removals=_removals(manifest),
        points=tuple(
            f"{code} {label} {formats.points(points)}"
            for code, label, points in manifest.indicators
        ),
    )


def _actions(whose: str, actions: Actions) -> Iterator[Pair]:
    for code, action in actions:
        is_outcome = code in set(Outcome)
        label = messages.OUTCOMES[Outcome(code)] if is_outcome else messages.REASONS[Reason(code)]
        yield Pair(f"{label}{whose}", messages.ACTIONS[action])


def _doubt_facts(manifest: Manifest) -> list[Pair]:
    """Say how the rank intervals were made and how exact they are."""
    facts: list[Pair] = []
    for part in manifest.uncertainty:
        label = dict(LISTS)[part.mode]
        facts.append(
            Pair(
                f"权重试算（{label}）",
                f"{part.replications} 组权重：{part.n_simplex} 组在全部可能的权重中均匀抽取，"
                f"{part.n_noise} 组在所定权重上下 {formats.percent(part.noise_percent)} 内抽取",
            )
        )
        errors = [
            error
            for line in part.lines
            for error in (
                *(one.standard_error for one in line.grades),
                *(one.standard_error for one in line.neighbours),
            )
        ]
        if errors:
            facts.append(Pair(f"概率的抽样误差（{label}）", f"标准误不超过 {plain(max(errors))}"))
    seeds = dict.fromkeys(part.seed for part in manifest.uncertainty)
    return facts + [Pair("随机种子（取自标尺）", seed) for seed in seeds]


def _removals(manifest: Manifest) -> tuple[RemovalRow, ...]:
    labels = {code: label for code, label, _ in manifest.indicators}
    found = sorted(
        (one for one in manifest.removals if one.n_moved),
        key=lambda one: (-one.largest_move, -one.mean_move, one.code),
    )
    return tuple(
        RemovalRow(
            one.code,
            labels.get(one.code, ""),
            str(one.n_moved),
            str(one.largest_move),
            plain(one.mean_move),
        )
        for one in found[:MOST_REMOVALS]
    )


_NOTES = (
    "得分区间：未披露内容全按零分计与全按满分计的两个总分。两个单位的区间有重叠（含端点相等），名次先后即不能断定。",
    "可能名次：各单位未披露内容无论结果如何，该单位名次的最好与最差。",
    "权重区间：换用各组权重重排后名次的 5% 与 95% 分位；只反映权重的影响，不反映数据的误差。",
    "等次概率、胜过下一名的概率：各组权重中出现的比例，以小数表示。",
    "变化按数据、目标、权重、处理办法、指标体系的次序逐项替换，各部分之和恰为总分变化；两项共同造成的变化计入后一项。",
    "未披露不等于未达标。列出的问题只是请单位说明，不是结论。",
    "权重与等次线如注明“本产品自拟”或“凭记忆、待核”，均不是官方规定。",
)
