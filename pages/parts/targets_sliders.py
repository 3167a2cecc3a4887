"""The sliders of a what-if: one per lever of the targets looked at, each value in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from office.targets.lever_defaults import Default
from office.targets.what_if import Points, levers_of_target
from pages.parts import address
from pages.parts.language import _, lang, say
from rules.levers import LEVERS, Lever

SET = "set_"  # what a lever's name begins with in the address


def levers_in_address(points: Points) -> dict[str, int]:
    """The levers that the address moves: whole steps by name; what stands at its default is not moved."""
    found = {}
    for name, lever in LEVERS.items():
        default = points.defaults[name].step
        step = address.number(SET + name, default, lever.low, lever.high)
        if step != default:
            found[name] = step
    return found


def sliders(points: Points, targets: Sequence[str]) -> None:
    """The levers of these targets, each once, and a way back to what was observed."""
    shown = dict.fromkeys(lever for name in targets for lever in levers_of_target(points, name))
    for name in shown:
        _slider(LEVERS[name], points.defaults[name], _moves(points, name))
    moved = levers_in_address(points)
    if moved:
        st.button(_("全部恢复现有速度"), key="targets_reset", on_click=_reset, args=(tuple(moved),))
    hidden = [say(LEVERS[name].title) for name in moved if name not in shown]
    if hidden:
        st.caption(_("地址里还移动了：{names}").format(names=_("、").join(hidden)))


def levers_words(levers: Mapping[str, int]) -> str:
    """Lever values in one line."""
    told = [
        f"{say(lever.title)} {value_words(lever, levers[name])}"
        for name, lever in LEVERS.items()
        if name in levers
    ]
    return _("；").join(told)


def value_words(lever: Lever, step: int) -> str:
    """A step with its unit."""
    unit = say(lever.unit)
    return f"{lever.shown(step)}{'' if unit == '%' or lang() == 'zh' else ' '}{unit}"


def _slider(lever: Lever, default: Default, moves: Sequence[str]) -> None:
    name = SET + lever.name
    key = f"targets_{name}"
    step = address.number(name, default.step, lever.low, lever.high)
    title = (
        f"{say(lever.title)}（{say(lever.unit)}）"
        if lang() == "zh"
        else f"{say(lever.title)} ({say(lever.unit)})"
    )
    now = (
        _("现有 {now}").format(now=value_words(lever, default.step))
        if default.observed
        else _("没有可比数据，从这里起试")
    )
    helped = _("{now}；可试 {low} 至 {high}。影响：{moves}").format(
        now=now, low=lever.shown(lever.low), high=lever.shown(lever.high), moves=_("、").join(moves)
    )
    if not lever.decimals:
        address.follow(key, step)
        st.slider(
            title,
            lever.low,
            lever.high,
            key=key,
            on_change=address.keep,
            args=(name, key, default.step),
            help=helped,
        )
    else:
        scale = lever.scale
        address.follow(key, step / scale)
        st.slider(
            title,
            lever.low / scale,
            lever.high / scale,
            step=1 / scale,
            format=f"%.{lever.decimals}f",
            key=key,
            on_change=_keep_scaled,
            args=(name, key, default.step, scale),
            help=helped,
        )
    moved = step != default.step
    st.caption(f"{now}{_('，已移动') if moved else ''}")


def _keep_scaled(name: str, key: str, default: int, scale: int) -> None:
    """The address holds whole steps, the slider shows the unit."""
    step = round(st.session_state[key] * scale)
    address.put(**{name: None if step == default else step})


def _moves(points: Points, lever: str) -> list[str]:
    return [
        say(standing.target.title)
        for standing in points.standings.values()
        if lever in standing.target.levers
    ]


def _reset(names: Sequence[str]) -> None:
    address.put(**{SET + name: None for name in names})
