import { css } from 'lit'

/** What stands in the steps: the amount, the strip, the receipt, the hold, the progress, the band. */
export const stepStyles = css`
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
  .panel .amount input:focus-visible {
    outline-offset: 4px;
    border-radius: 2px;
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
    gap: 7px;
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
  .amount input[aria-invalid='true'] {
    border-color: var(--_red-edge);
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
  .chip::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .chip small {
    font: 400 12px/18px var(--_font);
    color: var(--_ink-2);
    margin-inline-start: 4px;
  }
  .chip:hover {
    box-shadow: inset 0 0 0 1px var(--_edge);
  }
  .chip[aria-pressed='true'] {
    box-shadow: inset 0 0 0 2px var(--_accent);
    color: var(--_accent);
    font-weight: 600;
    background: var(--_wash);
  }
  .chip[aria-pressed='true'] small {
    color: inherit;
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
  .pairs.ruled {
    border-block: 1px solid var(--_line);
    padding-block: 12px;
  }
  .pairs .large {
    font-size: 18px;
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
  .option.low {
    padding: 10px 0;
    font-size: 15px;
  }
  .option .small {
    grid-column: 1;
  }
  .years {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    gap: 10px;
    align-items: center;
  }
  .years .input {
    padding-inline-end: 8px;
  }
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
  .fills :is(.meta, .calculation) {
    font-size: 13px;
    line-height: 18px;
    color: var(--_ink-2);
  }
  .fills .calculation {
    text-align: end;
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
  .hold {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 6px 12px;
    align-items: baseline;
    background: var(--_wash);
    border-radius: var(--_radius);
    padding: 12px 14px;
  }
  .hold .what {
    font-weight: 600;
    font-size: 14.5px;
  }
  .hold .left {
    font: 600 20px/24px var(--_font);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
    color: var(--_accent);
  }
  .hold .bar {
    grid-column: 1 / -1;
    block-size: 8px;
    border-radius: 2px;
    background:
      linear-gradient(to right, #0000 var(--_p), var(--_paper) 0),
      repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 5px);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .hold .bar:dir(rtl) {
    background:
      linear-gradient(to left, #0000 var(--_p), var(--_paper) 0),
      repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 5px);
  }
  .hold .small {
    grid-column: 1 / -1;
  }
  .card {
    display: block;
    min-block-size: 44px;
    border-radius: var(--_radius);
  }
  .consent {
    display: grid;
    grid-template-columns: 22px 1fr;
    gap: 12px;
    align-items: start;
    font-size: 14.5px;
    line-height: 20px;
    cursor: pointer;
    position: relative;
  }
  .consent input {
    appearance: none;
    margin: 0;
    inline-size: 22px;
    block-size: 22px;
    border-radius: 4px;
    box-shadow: inset 0 0 0 1.5px var(--_edge);
    background: var(--_paper);
    cursor: pointer;
    display: grid;
    place-items: center;
  }
  .consent input:checked {
    background: var(--_ink);
    box-shadow: none;
  }
  .consent input:checked::before {
    content: '';
    inline-size: 11px;
    block-size: 6px;
    border: solid var(--_paper);
    border-width: 0 0 2px 2px;
    rotate: -45deg;
    translate: 0 -1px;
  }
  .consent input[aria-invalid='true'] {
    box-shadow: inset 0 0 0 2px var(--_red-edge);
  }
  .consent b {
    font-weight: 650;
  }
  .progress {
    display: grid;
  }
  .progress li {
    display: grid;
    grid-template-columns: 18px 1fr auto;
    gap: 2px 12px;
    padding-block: 9px;
    position: relative;
    font-size: 15px;
    line-height: 20px;
  }
  .square {
    inline-size: 14px;
    block-size: 14px;
    border-radius: 3px;
    margin: 3px 2px 0;
    box-shadow: inset 0 0 0 1.5px var(--_edge);
  }
  .progress .ok > .square {
    background: var(--_accent);
    box-shadow: none;
  }
  .progress .now > .square {
    box-shadow: inset 0 0 0 2px var(--_accent);
    background: repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 4.5px);
  }
  .progress .fin > .square {
    background: var(--_ink);
    box-shadow: none;
    mask: radial-gradient(circle, #0000 2.6px, #000 3.1px);
  }
  .progress :is(.now, .fin) .name {
    font-weight: 600;
  }
  .progress .wait {
    color: var(--_ink-3);
  }
  .progress .time {
    font: 400 13px/20px var(--_font);
    font-variant-numeric: tabular-nums;
    color: var(--_ink-3);
  }
  .progress :is(.small, .strip) {
    grid-column: 2 / -1;
  }
  .progress .strip {
    margin-block-start: 6px;
  }
  .progress .permanent {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: 13px;
    line-height: 18px;
    font-weight: 550;
    padding-block: 8px;
  }
  .permanent::after {
    content: '';
    flex: 1;
    block-size: 3px;
    background: radial-gradient(circle at center, var(--_ink) 1.05px, transparent 1.5px) 0 0 / 7px
      3px repeat-x;
  }
  .perfin {
    display: block;
    inline-size: 100%;
    block-size: auto;
    color: var(--_ink);
    direction: ltr;
    animation: punch-band 0.32s var(--_ease);
  }
  @keyframes punch-band {
    from {
      opacity: 0;
    }
  }
  .punched {
    display: grid;
    gap: 2px;
  }
  .punched .strip {
    block-size: 22px;
    border-radius: 0 0 3px 3px;
  }
  .panel .say .certificate-title {
    font: 400 26px/30px var(--_serif);
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  .blocks {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 13px;
    line-height: 18px;
  }
  .blocks :is(td, th) {
    padding: 8px 0;
    text-align: start;
    vertical-align: top;
    border-block-start: 1px solid var(--_line);
    font-weight: 400;
  }
  .blocks tr:first-child > * {
    border-block-start: 0;
  }
  .blocks :is(td, th):last-child {
    text-align: end;
    padding-inline-start: 12px;
    white-space: nowrap;
  }
  .serial {
    display: block;
    font-family: var(--_mono);
    font-size: 12px;
    line-height: 17px;
    letter-spacing: -0.02em;
    font-variant-ligatures: none;
    color: var(--_ink);
    direction: ltr;
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
  }
  .serial:dir(ltr) {
    text-align: start;
  }
  .scroll {
    max-block-size: 240px;
    overflow-y: auto;
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
  .spinner {
    inline-size: 20px;
    block-size: 20px;
    border-radius: 3px;
    box-shadow: inset 0 0 0 2px var(--_accent);
    background: repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 4.5px);
    background-size: 200% 100%;
    animation: hatch 1.2s linear infinite;
  }
  @keyframes hatch {
    to {
      background-position: -40px 0;
    }
  }
  .waiting {
    display: flex;
    gap: 12px;
    align-items: center;
    opacity: 0;
    animation: appear 0.1s 0.3s forwards;
  }
  @keyframes appear {
    to {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting {
      opacity: 1;
    }
  }
  @media (forced-colors: active) {
    .chip,
    .tabs,
    .tabs [aria-selected='true'],
    .hold,
    .hold .bar,
    .card,
    .amount .icon-button {
      border: 1px solid;
    }
    .consent input {
      appearance: auto;
    }
    .perfin {
      color: CanvasText;
    }
    .strip i,
    .fills .swatch,
    .square,
    .hold .bar {
      forced-color-adjust: none;
      background: CanvasText;
      box-shadow: none;
    }
    .strip i.b,
    .fills .b .swatch,
    .progress .now > .square,
    .spinner {
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
    .chip[aria-pressed='true'],
    .tabs [aria-selected='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`
