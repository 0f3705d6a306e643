import { css } from '../css.ts'

export const marketStyles = css`
  .card {
    padding: 20px 22px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.25);
    background: var(--_paper);
    container-type: inline-size;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: baseline;
  }
  .sum {
    margin-inline-end: auto;
  }
  .sum b {
    font: 600 26px/32px var(--_font);
    letter-spacing: -0.02em;
  }
  .sum span {
    margin-inline-start: 6px;
    white-space: nowrap;
  }
  .dot {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .lost .dot {
    background: none;
    box-shadow: inset 0 0 0 2px var(--_edge);
  }
  table {
    inline-size: 100%;
    margin-block-start: 16px;
    border-collapse: collapse;
    font-size: 14px;
    line-height: 20px;
  }
  caption {
    padding-block-end: 4px;
    font-weight: 600;
    text-align: start;
  }
  th {
    padding-block: 4px 6px;
    padding-inline: 12px 0;
    border-block-end: 1px solid var(--_ink);
    color: var(--_ink-2);
    font-weight: 400;
    font-size: 13px;
    text-align: end;
    white-space: nowrap;
  }
  td {
    padding-block: 4px;
    padding-inline: 12px 0;
    text-align: end;
    white-space: nowrap;
  }
  :is(th, td):first-child {
    padding-inline-start: 0;
  }
  .ladder {
    table-layout: fixed;
  }
  .ladder .price {
    inline-size: 76px;
  }
  .ladder .offer {
    inline-size: 100px;
  }
  .ladder .upto {
    inline-size: 108px;
    color: var(--_ink-2);
  }
  .ladder td.price {
    font-weight: 600;
    text-align: start;
  }
  .ladder th.price {
    text-align: start;
  }
  .ladder td.bar {
    padding: 5px 0;
    border-inline-start: 1px solid var(--_ink);
  }
  .ladder thead td.bar {
    border: 0;
    border-block-end: 1px solid var(--_ink);
  }
  svg {
    display: block;
    inline-size: 100%;
    block-size: 18px;
    overflow: visible;
  }
  :host(:dir(rtl)) svg,
  .rtl svg {
    transform: scaleX(-1);
  }
  .rest {
    fill: var(--_bar);
  }
  .taken {
    fill: var(--_accent);
  }
  path {
    stroke: var(--_ink-2);
    stroke-width: 2px;
  }
  .note {
    margin-block-start: 8px;
  }
  .list td {
    padding-block: 9px;
    border-block-end: 1px solid var(--_line);
    vertical-align: top;
  }
  .list :is(th, td):first-child {
    text-align: start;
    white-space: normal;
  }
  .list b {
    font-weight: 550;
  }
  .list .small {
    display: block;
  }
  @container (max-width: 440px) {
    .ladder .upto {
      display: none;
    }
    .ladder .offer {
      inline-size: 84px;
    }
  }
  @media (forced-colors: active) {
    .rest {
      fill: Canvas;
      stroke: CanvasText;
    }
    .taken {
      fill: Highlight;
    }
  }
`
