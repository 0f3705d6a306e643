import { css } from 'lit'

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
  .act.final {
    background: var(--_ink);
    color: var(--_paper);
  }
  .act.final:hover {
    background: color-mix(in oklab, var(--_ink) 88%, var(--_paper));
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
  .act.quiet {
    background: none;
    color: var(--_ink-2);
    min-block-size: 44px;
    font-weight: 500;
    font-size: 15px;
  }
  .act.quiet:hover {
    color: var(--_ink);
    background: var(--_sunken);
  }
  .act.low {
    font-size: 15px;
    min-block-size: 44px;
  }
  .act[aria-disabled='true'] {
    background: var(--_sunken);
    color: var(--_ink-3);
    box-shadow: inset 0 0 0 1px var(--_line);
    cursor: default;
  }
  .act .two {
    display: grid;
    line-height: 20px;
  }
  .act .two small {
    font: 450 13px/17px var(--_font);
    opacity: 0.86;
  }
  .act.has-two {
    min-block-size: 56px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  @container (max-width: 340px) {
    .pair {
      grid-template-columns: 1fr;
    }
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
  .note {
    display: grid;
    grid-template-columns: 18px 1fr;
    gap: 10px;
    font-size: 14px;
    line-height: 20px;
    padding: 12px 14px;
    border-radius: var(--_radius);
    background: var(--_sunken);
    color: var(--_ink);
  }
  .note .i {
    font-size: 18px;
    margin-block-start: 1px;
    color: var(--_ink-2);
  }
  .note.red {
    background: var(--_red-wash);
  }
  .note.red .i {
    color: var(--_red);
  }
  .note.amber {
    background: var(--_amber-wash);
  }
  .note.amber .i {
    color: var(--_amber);
  }
  .note.low {
    padding: 10px 12px;
    font-size: 13px;
    line-height: 18px;
  }
  .say {
    display: grid;
    gap: 6px;
  }
  .say h3 {
    font: 600 20px/26px var(--_font);
    letter-spacing: -0.015em;
    text-wrap: balance;
  }
  .say p {
    color: var(--_ink-2);
    text-wrap: pretty;
  }
  .ltr {
    direction: ltr;
    unicode-bidi: isolate;
  }
  .mono {
    font-family: var(--_mono);
    font-variant-ligatures: none;
    font-size: 0.86em;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .panel,
    .act,
    .input,
    .tag,
    .panel .note {
      border: 1px solid;
    }
    .foot::before {
      background: none;
      border-block-start: 1px dotted CanvasText;
    }
    .steps i {
      forced-color-adjust: none;
      background: Canvas;
      box-shadow: inset 0 0 0 1px CanvasText;
    }
    .steps .done,
    .steps.final i {
      background: CanvasText;
    }
    .steps .now {
      background: repeating-linear-gradient(115deg, CanvasText 0 2px, Canvas 2px 4px);
    }
  }
`
