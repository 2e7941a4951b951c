"""Single characters are changed one for one, whatever else stands in the text."""

import pytest

from assessor.reading.mapping import CharacterMap


def test_characters_of_the_table_are_changed_and_no_others():
    shapes = CharacterMap({ord("\uff11"): "1", ord("，"): ",", ord("⼈"): "人"}, common="，")

    assert shapes.apply("共\uff11人，⼈民：①…") == "共1人,人民：①…"
    assert shapes.apply("") == ""
    assert shapes.apply("行政复议 12 件") == "行政复议 12 件"


def test_signs_a_table_leaves_alone_stay():
    assert (
        CharacterMap({ord("\uff11"): "1"}).apply("\uff11，\uff12：（\uff13）—…·")
        == "1，\uff12：（\uff13）—…·"
    )


@pytest.mark.parametrize("usual", ["人", "1", "“", "、"])
def test_characters_that_make_up_nearly_all_text_cannot_be_changed(usual):
    with pytest.raises(ValueError, match="usual"):
        CharacterMap({ord(usual): "?"})
