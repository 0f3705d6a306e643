import { css } from '../css.ts'

/** What can be pressed, typed in and read as a note. */
export const controlStyles = css`
  .link,
  .panel a.link {
    all: unset;
    cursor: pointer;
    position: relative;
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    border-radius: 2px;
  }
  .link::after {
    content: '';
    position: absolute;
    inset: -13px -4px;
  }
  .link:hover {
    color: var(--_accent-hover);
  }
  .act {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 8px 16px;
    border-radius: var(--_radius);
    font: 600 16px/20px var(--_font);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.005em;
    text-align: center;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: background-color 0.12s var(--_ease);
  }
  .act:hover {
    background: var(--_accent-hover);
  }
  .act.second {
    background: none;
    color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_edge);
    font-weight: 550;
  }
  .act.second:hover {
    background: var(--_wash);
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 5px;
  }
  .label-text,
  .panel legend {
    font: 550 14px/18px var(--_font);
  }
  .label-text em {
    font-style: normal;
    font-weight: 400;
    color: var(--_ink-3);
  }
  .panel legend {
    padding-block-end: 8px;
  }
  .input {
    all: unset;
    box-sizing: border-box;
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 1px var(--_edge);
    background: var(--_paper);
    color: var(--_ink);
    font: 400 16px/22px var(--_font);
    font-variant-numeric: tabular-nums;
  }
  .input input {
    all: unset;
    flex: 1;
    min-inline-size: 0;
    font: inherit;
    letter-spacing: inherit;
  }
  .panel :is(input.input, select.input):focus-visible,
  .input:focus-within {
    box-shadow: inset 0 0 0 2px var(--_accent);
    outline: 0;
  }
  .panel .input input:focus-visible {
    outline: 0;
  }
  .input[aria-invalid='true'],
  .input.bad {
    box-shadow: inset 0 0 0 2px var(--_red-edge);
  }
  .input.xl {
    min-block-size: 64px;
    font: 600 34px/40px var(--_font);
    letter-spacing: -0.025em;
  }
  .input.xl .currency {
    font: 400 17px/24px var(--_font);
    color: var(--_ink-2);
    letter-spacing: 0;
  }
  .fault {
    color: var(--_red);
    font-size: 14px;
    line-height: 20px;
  }
  .ltr {
    direction: ltr;
    unicode-bidi: isolate;
  }
`
