"""What depends on the mode is said for each list: how the undisclosed is treated."""

from __future__ import annotations

from assessor.city.view import build_city_view


def test_each_list_has_its_own_treatment_of_what_is_undisclosed(manifests):
    manifest = manifests("twelve")
    binding, reference = manifest.modes
    view = build_city_view(manifest)
    shown = {pair.label: pair.text for pair in view.method.facts}
    actions = [pair.label for pair in view.method.actions]

    assert binding.policy != reference.policy
    assert shown["未披露的处理（约束性考核）"] == binding.policy_label
    assert shown["未披露的处理（参照评估）"] == reference.policy_label
    assert len(actions) == len(set(actions)) == len(binding.actions) + len(reference.actions)
