import { css } from '../css.ts'

/** What the small elements share: paper, ink, tags, and numbers that stand in columns. */
export const liveStyles = css`
  :host {
    --_ink-2: color-mix(in oklab, var(--_ink) 76%, var(--_paper));
    --_line: color-mix(in oklab, var(--_ink) 14%, var(--_paper));
    --_bar: color-mix(in oklab, var(--_ink) 18%, var(--_paper));
    --_edge: color-mix(in oklab, var(--_ink) 48%, var(--_paper));
    --_amber: light-dark(#6f4400, #f3c66d);
    --_amber-wash: light-dark(#fff2d8, #2c230f);
    --_amber-edge: light-dark(#b47a12, #a67c2e);
    display: block;
    color: var(--_ink);
    font: 400 15px/22px var(--_font);
    font-variant-numeric: tabular-nums lining-nums;
    text-align: start;
    letter-spacing: normal;
    text-transform: none;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p {
    margin: 0;
  }
  .small {
    color: var(--_ink-2);
    font-size: 13px;
    line-height: 18px;
  }
  .tag {
    padding: 3px 5px;
    border-radius: 3px;
    background: var(--_amber-wash);
    color: var(--_amber);
    box-shadow: inset 0 0 0 1px var(--_amber-edge);
    font: 700 11px/1 var(--_font);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .tag {
      border: 1px solid;
    }
  }
`
