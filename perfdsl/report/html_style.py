"""The style of the HTML report: readable on a screen, two pages of A4 on paper."""

CSS = """
:root { color-scheme: light; --ink: #1f2328; --soft: #667; --line: #b8bec8; --bar: #2f6f9f; --lost: #c0392b; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px; max-width: 1040px; color: var(--ink); background: #fff;
  font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { margin: 0; text-align: center; font-size: 22px; }
h2 { margin: 28px 0 8px; font-size: 17px; border-left: 4px solid var(--bar); padding-left: 8px; }
p { margin: 6px 0; } .unit { text-align: center; color: var(--soft); margin-bottom: 16px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.45; }
th, td { border: 1px solid var(--line); padding: 4px 6px; text-align: left; vertical-align: middle;
  overflow-wrap: anywhere; }
th { background: #eef2f6; font-weight: 600; text-align: center; white-space: nowrap; }
.name { min-width: 11em; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.part td { color: var(--soft); } .part .name { padding-left: 20px; }
.open .score { color: var(--lost); } .total td { font-weight: 700; background: #f6f8fa; }
.short .score { color: var(--lost); font-weight: 600; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: 6px 12px; align-items: center; }
.bars svg { display: block; width: 100%; height: 14px; }
.big { font-size: 28px; font-weight: 700; } .grade { margin-left: 16px; font-size: 18px; }
.error { color: var(--lost); } .id { margin-top: 24px; color: var(--soft); font-size: 12px; }
.sign { display: flex; justify-content: space-between; margin-top: 32px; }
@media print {
  @page { size: A4 landscape; margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 11pt; } table { font-size: 9.5pt; }
  thead { display: table-header-group; } tr, li { break-inside: avoid; } h2 { break-after: avoid; }
  .card + .card { break-before: page; }
  th, .total td, svg * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
