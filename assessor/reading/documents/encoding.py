"""Bytes to text: which encoding a Chinese page or text file really has.

Ladder: byte order mark, strict UTF-8, what the page declares, GB18030 or Big5 by the share of
everyday characters, and last a decoding with the bad bytes replaced.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from assessor.reading.documents.characters import damaged_number, is_damaged
from schemas.errors import SubmissionUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "gb18030": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最"
    "立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论"
    "运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规七海口东导器压志世金增争济阶油思术极交受联什认六"
    "共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话整空元况"
    "今集传土许步群广石记需段研界林律究观织装影低持音众书布复容须际商非验连断深难近千周委素技备半办青省列习响约支般史感劳便"
    "团往历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼格养易置派层片始却专状育厂京识适属圆包火住调满县"
    "局照参红细引听该铁价严执诉败审案件负责应监督普依决策违法复议乡镇村街"
    "這國個們為來時會對發動過說產種後學經進著電裡實體機當點從業還麼質氣變條沒結題黨軍無關書與現員設總長頭資邊級圖統較將組見"
    "計別論農區強決處隊給門報導壓爭濟階術極聯認權證轉單風東華廣訴審執監違鄉鎮縣責議務議規劃數額辦處標準構積廳應據備團歷衛"
)
_ENOUGH = 0.2
_ALMOST_ALL = 0.95
_SAMPLE = 50_000


class Decoded(NamedTuple):
    """Text and what its bytes were."""

    text: str
    encoding: str
    is_damaged: bool = False
    """Some bytes were replaced by U+FFFD."""


def decode(content: bytes, name: str, declared: str = "") -> Decoded:
    """Decode text.

    Args:
        content: the bytes.
        name: file name for messages.
        declared: encoding the page or its envelope names; believed only when it fits.

    Raises:
        SubmissionUnreadable: binary content, or damage that touches a digit.
    """
    decoded = _decode(content, _NAMES.get(declared.lower(), ""))
    if decoded is None:
        raise SubmissionUnreadable(
            name, "encoding", "认不出文字编码，或不是文本；请用记事本或 WPS 另存为 UTF-8 编码"
        )
    around = damaged_number(decoded.text)
    if around:
        raise SubmissionUnreadable(
            name,
            "damaged",
            f"有无法解码的字节紧挨数字（“{around}”），数字不可信；请重新下载或索取原文件",
        )
    return decoded


def declared_encoding(content: bytes) -> str:
    """Return the encoding a page declares in its first 4 KB; empty when it declares none."""
    found = _DECLARED.search(content[:4096])
    return found.group(1).decode("ascii") if found else ""


def _decode(content: bytes, declared: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _salvaged(content[len(mark) :], encoding)
    if b"\x00" in content:
        wide = _wide(content)
        return _salvaged(content, wide) if wide else None
    if _fits(content, "utf-8"):
        return _salvaged(content, "utf-8")
    order = [one for one in (declared, "gb18030", "big5hkscs") if one]
    fitting = [one for one in dict.fromkeys(order) if _fits(content, one)]
    for encoding in fitting:
        text = content.decode(encoding)
        if _reads_as_chinese(text, encoding):
            return Decoded(text, encoding, is_damaged(text))
    return _best(content, tuple(dict.fromkeys((*order, "utf-8"))))


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _salvaged(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, errors="replace")
    return Decoded(text, encoding, is_damaged(text))


def _best(content: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    """Return the salvage with the most everyday characters; None when none reads as Chinese."""
    found = [_salvaged(content, one) for one in encodings]
    best = max(found, key=lambda decoded: _share(decoded.text))
    return best if _share(best.text) >= _ENOUGH else None


def _reads_as_chinese(text: str, encoding: str) -> bool:
    """Say whether the characters are everyday ones, or for GB all in the old GB 2312 set.

    Big5 bytes are valid GB 18030 too, but come out as characters outside GB 2312.
    """
    if _share(text) >= _ENOUGH:
        return True
    foreign = "".join(one for one in text[:_SAMPLE] if not one.isascii())
    kept = foreign.encode("gb2312", errors="ignore")
    return encoding == "gb18030" and len(kept) >= 2 * _ALMOST_ALL * len(foreign)


def _share(text: str) -> float:
    """Return the share of everyday characters among all that are not ASCII, 0 to 1."""
    foreign = [one for one in text[:_SAMPLE] if not one.isascii()]
    return sum(one in _EVERYDAY for one in foreign) / len(foreign) if foreign else 0.0


def _wide(content: bytes) -> str:
    """Return UTF-16 of either order when the bytes are that without a mark; else empty."""
    sample = content[: 2 * (min(len(content), _SAMPLE) // 2)]
    shares = {
        order: _share(sample.decode(order, errors="replace"))
        for order in ("utf-16-le", "utf-16-be")
    }
    best = max(shares, key=lambda order: shares[order])
    return best if shares[best] >= _ENOUGH else ""
