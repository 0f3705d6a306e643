import { css } from '../css.ts'

/** The amount: tabs, the large number, chips, pairs of lines. */
export const amountStyles = css`
  .tabs {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    background: var(--_sunken);
    border-radius: var(--_radius);
    padding: 3px;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .tabs button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    text-align: center;
    font: 500 14px/18px var(--_font);
    padding: 8px 4px;
    min-block-size: 38px;
    display: grid;
    place-items: center;
    color: var(--_ink-2);
    border-radius: max(0px, calc(var(--_radius) - 3px));
  }
  .tabs [aria-selected='true'] {
    background: var(--_paper);
    color: var(--_ink);
    font-weight: 600;
    box-shadow: 0 0 0 1px var(--_edge);
  }
  .tab-panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
  }
  .amount {
    display: grid;
    grid-template-columns: 48px 1fr 48px;
    align-items: center;
    padding-block: 6px 2px;
  }
  .amount .icon-button {
    inline-size: 48px;
    block-size: 48px;
    box-shadow: inset 0 0 0 1px var(--_edge);
    color: var(--_ink);
    font-size: 18px;
  }
  .amount .big {
    display: flex;
    justify-content: center;
    align-items: baseline;
    gap: 10px;
    min-inline-size: 0;
    padding-inline: 8px;
  }
  .amount input {
    all: unset;
    box-sizing: content-box;
    font: 600 48px/52px var(--_font);
    letter-spacing: -0.035em;
    border-block-end: 2px solid var(--_accent);
    padding-inline: 2px;
    text-align: center;
    inline-size: calc(var(--_n) * 1ch);
    min-inline-size: 0;
    flex: 0 1 auto;
    direction: ltr;
  }
  .amount input.long {
    font-size: 32px;
  }
  .amount input.longer {
    font-size: 22px;
  }
  .amount span {
    font-size: 17px;
    color: var(--_ink-2);
    white-space: nowrap;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chips.centre {
    justify-content: center;
  }
  .chip {
    all: unset;
    box-sizing: border-box;
    position: relative;
    cursor: pointer;
    font: 500 14px/20px var(--_font);
    font-variant-numeric: tabular-nums;
    padding: 7px 13px;
    min-block-size: 36px;
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 1px var(--_line);
    color: var(--_ink);
  }
  .chip[aria-pressed='true'] {
    box-shadow: inset 0 0 0 2px var(--_accent);
    color: var(--_accent);
    font-weight: 600;
    background: var(--_wash);
  }
  .pairs {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 16px;
    align-items: baseline;
  }
  .pairs dt {
    color: var(--_ink-2);
  }
  .pairs dd {
    text-align: end;
  }
  .option {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 12px;
    align-items: center;
    padding: 12px 0;
    border-block: 1px solid var(--_line);
    font-size: 14px;
  }
  .option .small {
    grid-column: 1;
  }
`
