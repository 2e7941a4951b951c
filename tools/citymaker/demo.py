"""The demo city: twelve counties and a guest, every awkward case among them."""

from __future__ import annotations

from decimal import Decimal

from citymaker.city import City
from citymaker.figures import Figure, Strength, rate
from citymaker.filing import Unit

CITY = "望澜市"
SEED = "望澜"
LONG = "望澜市云浦国际旅游度假和数字经济创新发展综合改革试验示范新区"
GUEST_CITY = "遥皋市"

_VETO = {
    "kind": "veto",
    "code": "V4",
    "document": "《关于漪塘县“8·16”强制拆除事件的调查通报》（虚构）",
    "author": "评审组",
    "decided_on": "2025-04-08",
    "reason": "年度内发生重大违法执法事件，按评分方案限定等次",
}
_BONUS = {
    "kind": "bonus",
    "code": "P4",
    "document": "《关于推广霁渚区行政争议预防经验的通报》（虚构）",
    "author": "评审组",
    "decided_on": "2025-04-08",
    "reason": "做法年度内由省级发文推广",
}


def _own(name: str, level: float, gain: float = 0.04) -> Unit:
    """Return a county of the city that files form and report in a folder of its own."""
    return Unit(name, (name, CITY), Strength(level, gain))


def _before() -> tuple[Unit, ...]:
    """Return the units of 2023: everybody files, nothing is awkward."""
    return (
        _own("霁渚区", 0.86)._replace(report="docx"),
        _own("漪塘县", 0.92)._replace(report="html"),
        _own("筠埠县", 0.66),
        _own("蓼汀县", 0.66)._replace(form="yaml", report="docx", figures_of="筠埠县"),
        _own("荻浦县", 0.58)._replace(report="docx"),
        _own("榛岙县", 0.7)._replace(report="html"),
        _own("檀坞县", 0.5)._replace(form="yaml"),
        _own("槿陂县", 0.46)._replace(report="html"),
        _own("漱堰县", 0.54),
        _own("葭埭县", 0.62)._replace(
            report="docx",
            figures=(
                ("head-appearance-rate", rate(24, 40)),
                ("principal-appearance-rate", rate(4, 40)),
            ),
        ),
        _own(LONG, 0.78)._replace(form="yaml", report=""),
        _own("蘅垄县", 0.72)._replace(form="", in_folder=False),
    )


def _now() -> tuple[Unit, ...]:
    """Return the units of 2024 and a guest of another city; see samples/city/README.md."""
    by_name = {unit.name: unit for unit in _before()}
    awkward = {
        "霁渚区": {"reviews": (_BONUS,)},
        "漪塘县": {"reviews": (_VETO,)},
        "荻浦县": {
            "figures": (("certificate-holding-rate", rate(588, 600)),),
            "told": (("certificate-holding-rate", rate(549, 600)),),
        },
        "榛岙县": {"spoilt": ("form",)},
        "檀坞县": {"form": "", "report": "docx", "spoilt": ("report",)},
        "槿陂县": {"is_missing": True},
        "漱堰县": {"days_late": 12, "words_of": "筠埠县"},
        "葭埭县": {
            "figures": (
                ("head-appearance-rate", rate(39, 40)),
                ("principal-appearance-rate", rate(9, 40)),
                ("training-hours", Figure(Decimal(560))),
            )
        },
        "蘅垄县": {"hidden": 45},
    }
    units = [unit._replace(**awkward.get(name, {})) for name, unit in by_name.items()]
    guest = Unit("浔陂县", ("浔陂县", GUEST_CITY), Strength(0.74), report="docx", in_folder=False)
    return (*units, guest)


def demo_city() -> City:
    """Return the demo city of 2023 and 2024."""
    return City(CITY, "wanglan-2021-2025", SEED, {2023: _before(), 2024: _now()})
