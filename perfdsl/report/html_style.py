"""The style of the HTML report: readable on a screen, A4 upright on paper, a form of usual length on one page."""

CSS = """
:root { color-scheme: light; --ink: #1f2328; --soft: #667; --line: #b8bec8; --bar: #2f6f9f; --lost: #c0392b; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px; max-width: 1040px; color: var(--ink); background: #fff;
  font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { margin: 0; text-align: center; font-size: 22px; }
h2 { margin: 24px 0 8px; font-size: 17px; border-left: 4px solid var(--bar); padding-left: 8px; }
p { margin: 6px 0; } .unit { text-align: center; color: var(--soft); margin-bottom: 16px; }
ol, ul { margin: 6px 0; padding-left: 26px; }
.card + .card { margin-top: 40px; border-top: 2px solid var(--line); padding-top: 32px; }
.funds { display: flex; flex-wrap: wrap; gap: 4px 28px; padding: 8px 12px; background: #f6f8fa; border: 1px solid var(--line); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 0 36px; align-items: start; }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.45; }
th, td { border: 1px solid var(--line); padding: 4px 6px; text-align: left; vertical-align: middle;
  overflow-wrap: anywhere; }
th { background: #eef2f6; font-weight: 600; text-align: center; white-space: nowrap; }
.name { min-width: 9em; } td[rowspan] { min-width: 6.2em; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.part td { color: var(--soft); } .part .name { padding-left: 20px; }
.open .score { color: var(--lost); } .total td { font-weight: 700; background: #f6f8fa; }
.short .score { color: var(--lost); font-weight: 600; }
.bars { display: grid; grid-template-columns: minmax(5em, max-content) minmax(60px, 1fr) max-content; gap: 6px 12px; align-items: center;
  font-size: 14px; }
.bars span { overflow-wrap: anywhere; } .bars svg { display: block; width: 100%; height: 12px; }
.big { font-size: 28px; font-weight: 700; } .grade { margin-left: 16px; font-size: 18px; }
.error, .alert { color: var(--lost); } .id { margin-top: 20px; color: var(--soft); font-size: 12px; }
.sign { display: flex; justify-content: space-between; margin-top: 28px; }
@media print {
  @page { size: A4; margin: 11mm 12mm; }
  body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.4; }
  h1 { font-size: 14pt; } h2 { font-size: 10pt; margin: 9pt 0 4pt; break-after: avoid; } p { margin: 2pt 0; } .unit { margin-bottom: 4pt; }
  table { font-size: 7.5pt; line-height: 1.3; } th, td { padding: 1.5pt 3pt; } .name { min-width: 7em; }
  thead { display: table-header-group; } tr, li, .bars { break-inside: avoid; }
  .sides { grid-template-columns: 1fr 1fr; gap: 0 16pt; } .bars { gap: 2pt 6pt; font-size: 8pt; } .bars svg { height: 6pt; }
  .big { font-size: 15pt; } .grade { font-size: 11pt; } .funds { padding: 3pt 6pt; }
  .sign { margin-top: 14pt; break-inside: avoid; } .id { margin-top: 6pt; font-size: 7pt; }
  .problems { break-inside: avoid; }
  .card + .card { margin: 0; border: 0; padding: 0; break-before: page; }
  th, .total td, .funds, svg * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
