"""A short report of a made-up county, part by part, and the outcome of its checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.reading.reader import read_report
from schemas.reading import ComplianceFinding, Reading

SOURCES = Path(__file__).resolve().parents[4] / "shared" / "sources"

PARTS = {
    "title": "青禾县人民政府关于2023年度法治政府建设情况的报告",
    "published": "发布日期：2024-02-06 09:12 信息来源：青禾县司法局",
    "lead": "2023年，青禾县稳步推进法治政府建设。县委常委会会议、县政府常务会议听取法治建设汇报2次"
    "，并向县人大常委会报告了法治政府建设情况。现将2023年度有关情况报告如下：",
    "results": "一、主要举措和成效\n"
    "（一）依法决策。发布年度重大行政决策事项目录，列入事项4项。\n"
    "（二）规范文件。全县审核行政规范性文件16件。\n"
    "（三）规范执法。全县应持证执法人员400人，持证392人，持证率98%，比上年提高1个百分点。\n"
    "（四）化解争议。全年审结行政复议案件50件，纠错2件，纠错率4%。全县一审行政诉讼结案100件，"
    "败诉6件，败诉率6%。应由负责人出庭案件80件，实际出庭76件，出庭应诉率95%。\n"
    "（五）学法用法。县政府常务会议学法8次。",
    "first": "二、主要负责人履行第一责任人职责情况\n"
    "县长主持召开法治政府建设推进会3次，听取执法改革汇报2次，对行政争议案件批示5件，"
    "年终向上级书面述法，带头旁听庭审1次，推动解决难题3个。",
    "short": "三、存在的不足\n柳湾镇执法案卷合格率只有81%，县城管局在办案件超期6件。",
    "causes": "四、原因分析\n主要原因是基层执法人员变动频繁，业务培训没有跟上。",
    "next": "五、2024年工作安排\n一是6月底前为12个乡镇配备法制审核人员24名。"
    "二是年底前完成执法人员轮训，每人不少于60学时。",
    "signed": "青禾县人民政府\n2024年1月18日",
}


@pytest.fixture(scope="session")
def parts() -> dict[str, str]:
    """The parts of the made-up report."""
    return PARTS


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Reading]:
    """Read the made-up report with some parts replaced, left out, or a sentence added."""

    def _report(extra: str = "", **parts: str) -> Reading:
        chosen = {**PARTS, **parts}
        chosen["results"] += f"\n{extra}" if extra else ""
        path = tmp_path / "报告.txt"
        path.write_text("\n\n".join(one for one in chosen.values() if one), encoding="utf-8")
        return read_report(path, in_process=True)

    return _report


@pytest.fixture
def check(report: Callable[..., Reading]) -> Callable[..., ComplianceFinding]:
    """Return one check of the made-up report."""

    def _check(code: str, extra: str = "", **parts: str) -> ComplianceFinding:
        reading = report(extra, **parts)
        return next(one for one in reading.compliance if one.code == code)

    return _check


@pytest.fixture(scope="session")
def real() -> Callable[[str], Reading]:
    """Read one of the two real reports; skip where they are not there."""

    def _real(prefix: str) -> Reading:
        found = sorted(SOURCES.glob(f"{prefix}*.txt"))
        if not found:
            pytest.skip(f"../shared/sources has no report {prefix}")
        return read_report(found[0], in_process=True)

    return _real
