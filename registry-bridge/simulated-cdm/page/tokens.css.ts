/** Registrar's ink: ink for what is final, amber for what is not real; nothing else is coloured. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --ink: light-dark(#10151D, #F1F3F7); --ink-2: light-dark(#40454C, #B5B8BD); --line: light-dark(#D9DADB, #2D3139);
  --paper: light-dark(#FFFFFF, #14181F); --page: light-dark(#F4F5F8, #0D1014);
  --amber: light-dark(#6F4400, #F3C66D); --amber-wash: light-dark(#FFF2D8, #2C230F); --amber-edge: light-dark(#B47A12, #A67C2E);
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px 36px; background: var(--page); color: var(--ink);
  font: 15px/22px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
main { max-inline-size: 1080px; margin-inline: auto; display: grid; gap: 20px; }
h1 { margin: 0; font-size: 20px; line-height: 26px; } h2 { margin: 0 0 8px; font-size: 16px; line-height: 22px; }
.notice { padding: 12px 16px; background: var(--amber-wash); color: var(--amber); border: 1px solid var(--amber-edge); border-radius: 8px; }
section { padding: 16px 20px 20px; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; overflow-x: auto; }
table { inline-size: 100%; border-collapse: collapse; }
th { color: var(--ink-2); font-size: 13px; line-height: 18px; font-weight: 500; text-align: start; }
th, td { padding: 6px 16px 6px 0; border-block-end: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-block-end: 0; }
.n { text-align: end; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
.m { font-family: var(--mono); font-size: .86em; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 20px; margin: 0; } dt { color: var(--ink-2); } dd { margin: 0; overflow-wrap: anywhere; } dd.m, dd .m { white-space: normal; }
a { color: inherit; } p { margin: 0; }
`
