import { css } from '../css.ts'

/** The quote: strip, sum, fills, receipt, before and after. */
export const quoteStyles = css`
  .strip {
    display: flex;
    gap: 2px;
    block-size: 20px;
    border-radius: 2px;
    overflow: hidden;
  }
  .strip i {
    flex: var(--_q, 1) 0 0;
    min-inline-size: 2px;
    background: var(--_accent);
  }
  .strip .b,
  .fills .b .swatch {
    background: var(--_accent-2);
  }
  .strip .c,
  .fills .c .swatch {
    background: var(--_accent-3);
  }
  .strip :is(.b, .c),
  .fills :is(.b, .c) .swatch {
    box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_accent) 80%, var(--_paper));
  }
  .strip .cut {
    background: var(--_ink);
    box-shadow: none;
    animation: punch 0.32s var(--_ease);
  }
  .strip .cut.holes {
    mask: radial-gradient(circle at center, #0000 3px, #000 3.5px) 0 50% / calc(100% / var(--_h))
      100% repeat-x;
  }
  @keyframes punch {
    from {
      background: var(--_accent);
    }
  }
  .strip .todo {
    background: none;
    box-shadow: inset 0 0 0 1px var(--_edge);
  }
  .sum {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: 2px 12px;
  }
  .sum .big {
    font: 600 32px/36px var(--_font);
    letter-spacing: -0.028em;
    min-inline-size: 0;
  }
  .sum .big small {
    font: 400 16px/20px var(--_font);
    letter-spacing: 0;
    color: var(--_ink-2);
    white-space: nowrap;
  }
  .sum.long .big {
    font-size: 24px;
    line-height: 28px;
  }
  .sum .end {
    text-align: end;
  }
  .fills {
    display: grid;
  }
  .fills li {
    display: grid;
    grid-template-columns: 12px minmax(0, 1fr) auto;
    gap: 1px 10px;
    padding-block: 11px;
    border-block-start: 1px solid var(--_line);
  }
  .fills li:first-child {
    border: 0;
    padding-block-start: 2px;
  }
  .swatch {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 2px;
    background: var(--_accent);
    margin-block-start: 5px;
    grid-row: 1 / 3;
  }
  .fills .name {
    font: 550 14.5px/19px var(--_font);
    letter-spacing: -0.004em;
    text-wrap: pretty;
    display: -webkit-box;
    -webkit-line-clamp: 3;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .fills .line {
    font: 550 15px/19px var(--_font);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .fills .name:dir(ltr):where(:dir(rtl) > *) {
    text-align: end;
  }
  .fills .facts {
    grid-column: 2 / -1;
    display: flex;
    justify-content: space-between;
    gap: 10px;
    font-size: 13px;
    line-height: 18px;
    color: var(--_ink-2);
  }
  .fills .calculation {
    white-space: nowrap;
  }
  .why {
    border-block: 1px solid var(--_line);
  }
  .why summary {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    inline-size: 100%;
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 8px;
    min-block-size: 44px;
    font: 550 14px/20px var(--_font);
  }
  .why summary .i {
    color: var(--_ink-2);
  }
  .why[open] summary .i {
    rotate: 180deg;
  }
  .why .inner {
    padding-block-end: 14px;
    display: grid;
    gap: 10px;
    font-size: 14px;
    line-height: 20px;
    color: var(--_ink-2);
  }
  .why b {
    color: var(--_ink);
    font-weight: 600;
  }
  .passed li {
    padding-block: 2px;
  }
  .tab-panel.near {
    gap: 12px;
  }
  .total {
    display: grid;
    gap: 6px;
    font-size: 14px;
    line-height: 20px;
  }
  .total .all {
    border-block-start: 1px solid var(--_ink);
    border-block-end: 3px double var(--_ink);
    padding-block: 8px;
    margin-block-start: 4px;
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
    font-weight: 600;
    font-size: 16px;
  }
  .total .currency {
    font-weight: 400;
    font-size: 13px;
    color: var(--_ink-2);
  }
  .demo {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .was {
    display: grid;
    grid-template-columns: 1fr auto auto;
    gap: 8px 16px;
    font-size: 14px;
    line-height: 20px;
    padding: 12px 0;
    border-block: 1px solid var(--_line);
  }
  .was > * {
    text-align: end;
  }
  .was > :nth-child(3n + 1) {
    text-align: start;
    color: var(--_ink-2);
  }
  .was s {
    color: var(--_ink-3);
    text-decoration-thickness: 1px;
  }
  .was .heading {
    font-size: 13px;
    color: var(--_ink-3);
  }
  .was > .strong:nth-child(3n + 1) {
    color: var(--_ink);
  }
`
