import { css } from '../css.ts'

/** What the first price does without: what is pointed at, typed in fields, or is not in the first step. */
export const restStyles = css`
  :host {
    --_ink-3: color-mix(in oklab, var(--_ink) 62%, var(--_paper));
    --_red: light-dark(#a3231c, #ffa197);
    --_red-edge: light-dark(#cc6a62, #a5564e);
  }
  .panel :is(h3, ul, fieldset, legend, table) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  .panel ul {
    list-style: none;
  }
  .steps.final i {
    background: var(--_ink);
  }
  .head.has-back {
    padding-inline-start: 8px;
  }
  .icon-button:hover {
    background: var(--_sunken);
    color: var(--_ink);
  }
  .i[data-dir]:dir(rtl) {
    transform: scaleX(-1);
  }
  .body.near {
    gap: 14px;
  }
  .body.list {
    gap: 6px;
  }
  .muted {
    color: var(--_ink-3);
  }
  .amount input[aria-invalid='true'] {
    border-color: var(--_red-edge);
  }
  .chip:hover {
    box-shadow: inset 0 0 0 1px var(--_edge);
  }
  .pairs.ruled {
    border-block: 1px solid var(--_line);
    padding-block: 12px;
  }
  .option + .ruled {
    border-block-start: 0;
    padding-block-start: 0;
  }
  .pairs .large {
    font-size: 18px;
  }
  .link:hover {
    color: var(--_accent-hover);
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
  :host(:state(closed)) .button,
  :host(:state(closed)) .button:hover {
    background: transparent;
    color: inherit;
    border: 1px dashed color-mix(in oklab, currentColor 60%, transparent);
    font-weight: 500;
    cursor: help;
  }
  .foot .small {
    text-wrap: balance;
  }
  .icon-button::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .chip::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .panel .amount input:focus-visible {
    outline-offset: 4px;
    border-radius: 2px;
  }
  .link::after {
    content: '';
    position: absolute;
    inset: -13px -4px;
  }
  @media (max-height: 560px) {
    dialog.panel {
      overflow-y: auto;
    }
    dialog.panel .body {
      overflow-y: visible;
      flex: none;
    }
  }
  .spinner {
    animation: hatch 1.2s linear infinite;
  }
  @keyframes hatch {
    to {
      background-position: -40px 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel *,
    .panel *::before {
      transition: none !important;
      animation: none !important;
    }
  }
`
