"""Is this machine fit to draw scorecards? Every check says how to mend what is missing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assessor import messages
from schemas.errors import RenderError, RuleFileError

OLDEST_PYTHON = (3, 11)
APT_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
_APT = f"sudo apt-get install -y {APT_PACKAGES}"
_RARE = "囧㙓犇"
"""Characters of names that small Chinese fonts lack."""


class Check(NamedTuple):
    """One check: what was found and, if it is not sound, what to do."""

    name: str
    is_sound: bool
    found: str
    remedy: str = ""


def examine(out: Path) -> tuple[Check, ...]:
    """Run all checks; none stops the others."""
    checks: tuple[Callable[[], Check], ...] = (
        _python,
        _rules,
        _templates,
        _pango,
        _glyphs,
        lambda: _writing(out),
    )
    return tuple(check() for check in checks)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        "Python", sys.version_info >= OLDEST_PYTHON, version, "请安装 Python 3.11 或更新版本"
    )


def _rules() -> Check:
    from scoring import read_library  # noqa: PLC0415 - each check stands alone
    from scoring.lint import lint_library  # noqa: PLC0415

    try:
        library = read_library()
        faults = lint_library(library)
    except (OSError, RuleFileError) as error:
        return Check("规则文件", False, str(error), "请重新安装本产品")
    found = f"{len(library.files)} 个文件，{len(faults)} 处错误"
    return Check("规则文件", not faults, found, "运行 assessor lint 查看")


def _templates() -> Check:
    from assessor.resources import template_root  # noqa: PLC0415 - each check stands alone

    try:
        root = template_root()
    except RenderError as error:
        return Check("模板", False, str(error), "请重新安装本产品")
    return Check("模板", True, f"{len(list(root.rglob('*.html')))} 个页面模板")


def _pango() -> Check:
    try:
        import weasyprint  # noqa: PLC0415 - fails where Pango is missing
        from weasyprint.text.ffi import pango  # noqa: PLC0415
    except (OSError, ImportError) as error:
        return Check("Pango 排版库", False, f"不可用（{str(error).splitlines()[0]}）", _APT)
    number = int(pango.pango_version())
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return Check("Pango 排版库", True, f"Pango {version}，WeasyPrint {weasyprint.__version__}")


def _glyphs() -> Check:
    """Lay out every character our own texts use and ask the fonts which they cannot draw."""
    name = "中文字体"
    try:
        from assessor.render import missing_glyphs  # noqa: PLC0415 - fails where Pango is missing

        missing = missing_glyphs(_our_characters())
    except (OSError, ImportError, RenderError):
        return Check(name, False, "没有 Pango，无法检查", _APT)
    rare = set(missing) & set(_RARE)
    lacking = [character for character in missing if character not in rare]
    if lacking:
        shown = "".join(lacking[:20])
        return Check(name, False, f"缺 {len(lacking)} 个字，如“{shown}”", _APT)
    note = f"；生僻字“{''.join(sorted(rare))}”缺字" if rare else ""
    return Check(name, True, f"评分单用到的 {len(_our_characters())} 个字都能显示{note}", _APT)


def _our_characters() -> str:
    from scoring import shipped_rulebook  # noqa: PLC0415 - each check stands alone

    book = shipped_rulebook()
    texts = [item.label + item.definition for item in book.items.values()]
    texts += [s.title for s in book.sources.values()]
    texts += [n.label + n.remedy + n.owner for f in book.frameworks.values() for n in f.nodes]
    texts += [t.label + t.clause for p in book.target_sets.values() for t in p.targets]
    texts += [*messages.OUTCOMES.values(), *messages.SYMBOLS.values(), *messages.REASONS.values()]
    texts += [saying.zh + saying.zh_next for saying in messages.ISSUES.values()]
    return "".join(sorted({c for text in texts for c in text + _RARE if not c.isspace()}))


def _writing(out: Path) -> Check:
    name = "写入权限"
    place = out
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.NamedTemporaryFile(dir=place):
            pass
    except OSError as error:
        reason = messages.os_reason(error)
        return Check(name, False, f"{place} 不能写入（{reason}）", "用 -o 换一个可写的目录")
    return Check(name, True, f"{place.resolve()} 可写")
