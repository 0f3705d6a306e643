import { css } from '../css.ts'

/** Controls and notes from the quote on, and forced colours: what was drawn with tints gets borders and hatches. */
export const controlLaterStyles = css`
  :host {
    --_mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
    --_serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', Georgia, serif;
    --_accent-2: color-mix(in oklab, var(--_accent) 64%, var(--_paper));
    --_accent-3: color-mix(in oklab, var(--_accent) 36%, var(--_paper));
    --_red-wash: light-dark(#fdf0ee, #2b1a1a);
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
  .act.final {
    background: var(--_ink);
    color: var(--_paper);
  }
  .act.final:hover {
    background: color-mix(in oklab, var(--_ink) 88%, var(--_paper));
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
    .sum .small.end {
      max-inline-size: 19ch;
      justify-self: end;
    }
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
  .mono {
    font-family: var(--_mono);
    font-variant-ligatures: none;
    font-size: 0.86em;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .more summary {
    list-style: none;
    display: flex;
    align-items: center;
    min-block-size: 44px;
    font-size: 14px;
    cursor: pointer;
  }
  .more summary::-webkit-details-marker {
    display: none;
  }
  .chip small {
    font: 400 12px/18px var(--_font);
    color: var(--_ink-2);
    margin-inline-start: 4px;
  }
  .chip[aria-pressed='true'] small {
    color: inherit;
  }
  .between {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
  .option.low {
    padding: 10px 0;
    font-size: 15px;
  }
  .years {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    gap: 10px;
    align-items: center;
  }
  .select {
    position: relative;
    display: grid;
    align-items: center;
  }
  .select .input {
    padding-inline-end: 32px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .years .input {
    padding-inline: 10px 26px;
    font-size: 15px;
  }
  .select .i {
    position: absolute;
    inset-inline-end: 12px;
    color: var(--_ink-2);
    pointer-events: none;
  }
  .years .i {
    inset-inline-end: 8px;
  }
  @container (max-width: 380px) {
    .years {
      grid-template-columns: minmax(0, 1fr);
      gap: 6px;
    }
  }
  @media (forced-colors: active) {
    .hold,
    .hold .bar,
    .card {
      border: 1px solid;
    }
    .consent input {
      appearance: auto;
    }
    .perfin {
      color: CanvasText;
    }
    .strip i,
    .strip .cut,
    .fills .swatch,
    .progress :is(.ok, .fin) > .square,
    .hold .bar {
      forced-color-adjust: none;
      background: CanvasText;
      box-shadow: none;
    }
    .strip i.b,
    .fills .b .swatch,
    .progress .now > .square {
      forced-color-adjust: none;
      background: repeating-linear-gradient(115deg, CanvasText 0 2px, Canvas 2px 4px);
      box-shadow: inset 0 0 0 1px CanvasText;
    }
    .strip i:is(.c, .todo),
    .fills .c .swatch,
    .progress .wait > .square {
      background: Canvas;
      box-shadow: inset 0 0 0 1px CanvasText;
    }
    .hold .bar {
      background:
        linear-gradient(to right, #0000 var(--_p), Canvas 0),
        repeating-linear-gradient(115deg, CanvasText 0 2px, Canvas 2px 5px);
      border-color: CanvasText;
    }
    .permanent::after {
      forced-color-adjust: none;
      background: radial-gradient(circle at center, CanvasText 1.05px, transparent 1.5px) 0 0 / 7px
        3px repeat-x;
    }
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
  @media (forced-colors: active) {
    .chip,
    .tabs,
    .tabs [aria-selected='true'],
    .amount .icon-button {
      border: 1px solid;
    }
    .chip[aria-pressed='true'],
    .tabs [aria-selected='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid;
    }
    :host(:state(closed)) .button {
      border-style: dashed;
    }
  }
  .solid:active {
    background: color-mix(in oklab, var(--_ink) 52%, var(--_accent));
  }
  .outline:active,
  :host(:state(done)) .solid:active {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
`
