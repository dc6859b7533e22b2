"""What each code is called by machines and by people."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.audit.result import Finding
from perfdsl.diagnostics import Cell, Severity

ERROR, WARNING, REMARK = Severity.ERROR, Severity.WARNING, Severity.REMARK

KINDS = {
    "A001": ("weights_total", "分值合计不等于总分"),
    "A002": ("group_weight", "上级指标的分值不等于下级之和"),
    "A003": ("weight_not_positive", "分值不大于 0"),
    "A004": ("scores_total", "得分合计不等于总分"),
    "A005": ("grade_differs", "等级与得分不符"),
    "A006": ("all_full", "各项全部满分"),
    "A007": ("one_indicator", "一个指标占去大部分分值"),
    "A008": ("duplicate_indicator", "指标重复"),
    "A009": ("blank_form", "没有填报完成情况"),
    "A010": ("execution_behind", "绩效得分率高出执行率较多"),
    "A011": ("group_absent", "缺少一类指标"),
    "A021": ("execution_rate", "执行率写错"),
    "A022": ("execution_score", "执行率得分算错"),
    "A023": ("budget_total_empty", "合计行空着而分项有数"),
    "A024": ("budget_parts", "资金分项之和不等于总额"),
    "A025": ("part_row_scored", "资金分项也计了分"),
    "A026": ("budget_changed", "年中预算变动大，没有说明"),
    "A027": ("execution_low", "执行率低，没有说明原因"),
    "A028": ("execution_over", "执行数大于预算数"),
    "A101": ("score_outside", "得分超出 0 到分值"),
    "A102": ("met_points_lost", "达到目标却失分"),
    "A103": ("missed_full", "未达目标却满分"),
    "A104": ("wrong_ratio", "得分与比例不符"),
    "A105": ("rounded_whole", "得分取了整数"),
    "A106": ("full_without_basis", "没有目标值或实际值却满分"),
    "A107": ("no_reason", "失分没有说明原因"),
    "A108": ("over_achieved", "超额完成较多，没有说明"),
    "A109": ("score_unreadable", "得分读不出或单元格出错"),
    "A110": ("not_scored", "有完成值而没有得分"),
    "A111": ("weight_twice", "权重用了两次"),
    "A112": ("not_applicable_scored", "没有发生的也计了分"),
    "A113": ("outside_tier", "定性得分不在档内"),
    "A114": ("reading_open", "得分只合一种算法"),
    "A115": ("discretionary", "评分标准写「酌情」"),
    "A116": ("own_rule", "另有评分标准"),
    "A117": ("not_computed", "没有核算的项"),
    "A118": ("recheck_without_reason", "复核改分没有说明理由"),
    "A119": ("recheck_incomplete", "有的项没有复核分"),
    "A201": ("target_copied", "实际值照抄目标"),
    "A202": ("verdict_for_value", "以结论代替实际值"),
    "A203": ("unit_missing", "没有单位"),
    "A204": ("unit_differs", "实际值与目标值单位不同"),
    "A205": ("over_hundred", "百分比大于 100"),
    "A206": ("direction_contradicts", "比较号与指标方向相反"),
    "A207": ("target_in_name", "目标写在名称里"),
    "A208": ("composite", "一格里有几个目标"),
    "A209": ("words_for_quantity", "定量内容用定性的话作目标"),
    "A210": ("date_serial", "日期成了序号"),
    "A211": ("sign_not_stated", "目标没有写明方向"),
    "A212": ("target_damaged", "目标值疑似残缺"),
    "A213": ("input_as_output", "以投入作产出"),
    "A214": ("not_assessable", "目标无法考核"),
    "A215": ("unit_contradicts", "计量单位与目标值不合"),
    "A216": ("zero_target", "金额的目标值是 0"),
    "A301": ("goal_without_indicator", "总体目标没有对应的指标"),
    "A302": ("template_left", "模板文字没有删去"),
    "A303": ("reason_empty", "偏差原因没有内容"),
    "A304": ("unmatched", "规则集里没有这一项"),
    "A305": ("ruleset_differs", "与规则集算出的不同"),
    "A306": ("ruleset_open", "规则集算不出这一项"),
    "A307": ("repeated_form", "可能是同一张表"),
    "A308": ("year_differs", "文件名与表上的年度不同"),
}
"""Code → its word for machines, and its title."""


def finding(code: str, severity: Severity, indicator: str, cell: Cell | None, message: str, basis: str = "",
            claimed: Fraction | None = None, computed: Fraction | None = None) -> Finding:
    """A finding of that code."""
    return Finding(code, KINDS[code][0], severity, indicator, cell, message, claimed, computed, basis)
