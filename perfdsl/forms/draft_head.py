"""The head of the ruleset of a form: its name, its policies, its total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from perfdsl.forms.draft_groups import whole_weight
from perfdsl.forms.draft_items import ItemDraft, points
from perfdsl.forms.draft_money import MoneyDraft
from perfdsl.forms.draft_names import compact, written
from perfdsl.forms.form import Form
from perfdsl.quantity import decimal_text

_LEGEND = """\
# 表上没有写的政策，按财预〔2020〕10号（未见原文）和各地通行的写法。写着「待定」的各处，照当地办法核对后改定：
#   没有写比较号的目标  越多越好写 ≥，计分 正向比率；越少越好写 ≤，计分 反向比率 或 反向线性
#   反向比率            超过目标的，目标值 ÷ 实际值 × 分值；反向线性：每超一成扣一成，到目标的两倍为 0
#   定性相符            与目标一字不差的得满分，其余由评审人打分，分数填在数据表的「评定得分」一栏
#   定性三档            实际完成值填 达成、部分达成 或 未达成，评审人在该档内打分；要写：引用 「定性计分方法」
# 数据表里的「自评得分」只作对照。"""
_ANNEX = re.compile(r"^(附件|附表|附)\s*\d*\s*[:：]?\s*")
_YEAR = re.compile(r"[（(]20\d\d年?度?[）)]$")
_POLICIES = """\
  取舍 每项得分 保留2位 四舍五入  # 待定：表上没有写怎样取舍
  取舍 总分 保留2位 四舍五入
  等级依据 取舍前总分
  等级 优 ≥ {0}分，等级 良 ≥ {1}分，等级 中 ≥ {2}分，等级 差 < {2}分
  不适用 其余按比例折算  # 待定：表上没有写不适用的指标怎样处理
  偏差 未得满分 须说明原因"""
_STANDARD = "标准计分方法"
_OF_METHOD = {"定性三档": "定性计分方法", "按期完成": "定性计分方法"}


def question(text: str) -> str:
    return f"# 待定：{' '.join(text.split())}"


def behind(opened: Sequence[str]) -> str:
    return f"  {question('；'.join(opened))}" if opened else ""


def opening(form: Form) -> Iterator[str]:
    yield f"# 由「{compact(Path(form.file).name)}」导入。"
    yield _LEGEND
    yield ""


def name_of(form: Form) -> str:
    """The project's name, or the title of the form, with what makes it a 自评."""
    project = written(compact(form.project.text)) if form.project else ""
    if project:
        return project if project.endswith("绩效自评") else f"{project}绩效自评"
    title = _ANNEX.sub("", compact(form.title.text.split(" / ")[0])) if form.title else ""
    return _YEAR.sub("", written(title)).removesuffix("表") or "绩效自评"


def head(form: Form, items: Sequence[ItemDraft], money: MoneyDraft, declared: Mapping[tuple[str, ...], Fraction]) -> Iterator[str]:
    yield f"规则集 「{name_of(form)}」"
    if form.year is not None:
        yield f"  年度 {form.year}"
    yield "  版本 1"
    yield "  依据 「财预〔2020〕10号《项目支出绩效评价管理办法》（未见原文）」"
    methods = {item.target.method for item in items} | ({"执行率"} if money.weight or money.in_table else set())
    used = dict.fromkeys(_OF_METHOD.get(method, _STANDARD) for method in sorted(methods) if method)
    yield from (f"  引用 「{name}」" for name in sorted(used, reverse=True))
    yield from _total(form, whole_weight(items, declared) + (money.weight or 0))
    yield _POLICIES.format(*(decimal_text(declared_total(form) * share / 10) for share in (9, 8, 6)))
    yield from money.alerts


def declared_total(form: Form) -> Fraction:
    """The total that the form declares; 100 where it has none that can be read."""
    said = points(form.total_weight)
    return said if said is not None and said > 0 else Fraction(100)


def _total(form: Form, found: Fraction) -> Iterator[str]:
    whole, said = declared_total(form), points(form.total_weight)
    odd = [] if whole == 100 else ["总分不是 100 分，下面的等级按比例"]
    yield f"  总分 {decimal_text(whole)}分{behind(odd if said == whole else ['表上没有写总分，按 100 分'])}"
    if found != whole:
        yield f"  # 接受 分值合计 {decimal_text(found)}分"
        yield "  " + question(f"各项分值合计 {decimal_text(found)} 分，与总分 {decimal_text(whole)} 分不符；改正分值，确实无误的去掉上一行的 #")
