import { css } from '../css.ts'

/** The tokens that only the panel uses, and what the button shows once somebody has shown interest. */
export const panelTokens = css`
  :host {
    --_amber: light-dark(#6f4400, #f3c66d);
    --_amber-wash: light-dark(#fff2d8, #2c230f);
    --_amber-edge: light-dark(#b47a12, #a67c2e);
    --_ink-2: color-mix(in oklab, var(--_ink) 76%, var(--_paper));
    --_edge: color-mix(in oklab, var(--_ink) 48%, var(--_paper));
    --_line: color-mix(in oklab, var(--_ink) 14%, var(--_paper));
    --_sunken: color-mix(in oklab, var(--_ink) 4%, var(--_paper));
    --_wash: color-mix(in oklab, var(--_accent) 7%, var(--_paper));
    --_radius-panel: calc(var(--_radius) * 1.5);
    --_shadow:
      0 0 0 1px light-dark(rgb(16 21 29 / 0.09), rgb(255 255 255 / 0.11)),
      0 1px 2px light-dark(rgb(16 21 29 / 0.06), rgb(0 0 0 / 0.5)),
      0 18px 44px -14px light-dark(rgb(16 21 29 / 0.28), rgb(0 0 0 / 0.7));
    --_width: var(--offset-width, 400px);
  }
  .badge,
  .tag {
    font: 650 11px/1 var(--_font);
    letter-spacing: 0.045em;
    padding: 4px 6px;
    border-radius: 3px;
    color: var(--_amber);
    background: var(--_amber-wash);
    box-shadow: inset 0 0 0 1px var(--_amber-edge);
    white-space: nowrap;
  }
  .badge {
    position: absolute;
    inset-block-start: -10px;
    inset-inline-end: 8px;
  }
  .plain .badge {
    display: none;
  }
`
