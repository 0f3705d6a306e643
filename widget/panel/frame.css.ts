import { css } from 'lit'

/** The panel itself: where it stands, its head and foot, and the things to press and type in. */
export const frameStyles = css`
  .panel {
    all: initial;
    color-scheme: inherit;
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    inline-size: min(100%, var(--_width));
    container-type: inline-size;
    position: relative;
    overflow: hidden;
    background: var(--_paper);
    color: var(--_ink);
    border-radius: var(--_radius-panel);
    box-shadow: var(--_shadow);
    font: 400 15px/1.45 var(--_font);
    font-variant-numeric: tabular-nums lining-nums;
    text-align: start;
    overflow-wrap: break-word;
  }
  .panel *,
  .panel *::before,
  .panel *::after {
    box-sizing: border-box;
  }
  .panel :is(p, h2, h3, ul, dl, dd, fieldset, legend, table) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  .panel ul {
    list-style: none;
  }
  dialog.panel {
    position: fixed;
    inset-block: 24px auto;
    inset-inline: auto 24px;
    inline-size: min(var(--_width), calc(100vw - 48px));
    max-block-size: calc(100dvh - 48px);
    z-index: 2147483000;
  }
  dialog.panel:not([open]) {
    display: none;
  }
  dialog.panel::backdrop {
    background: rgb(16 21 29 / 0.3);
  }
  dialog.panel .body {
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  @media (max-width: 520px) {
    dialog.panel {
      inset: auto 0 0;
      inline-size: 100%;
      max-block-size: calc(100dvh - 28px);
      border-radius: calc(var(--_radius) * 2) calc(var(--_radius) * 2) 0 0;
    }
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
  .steps {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 2px;
    block-size: 3px;
    flex: none;
  }
  .steps i {
    background: var(--_line);
  }
  .steps .done {
    background: var(--_accent);
  }
  .steps .now {
    background: linear-gradient(to right, var(--_accent) 50%, var(--_line) 0);
  }
  .steps .now:dir(rtl) {
    background: linear-gradient(to left, var(--_accent) 50%, var(--_line) 0);
  }
  .steps.final i {
    background: var(--_ink);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 52px;
    padding-block: 10px 6px;
    padding-inline: 20px 10px;
    flex: none;
  }
  .head.has-back {
    padding-inline-start: 8px;
  }
  .head h2 {
    font: 600 16px/22px var(--_font);
    letter-spacing: -0.008em;
    flex: 1;
    outline: 0;
  }
  .icon-button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    inline-size: 36px;
    block-size: 36px;
    position: relative;
    display: grid;
    place-items: center;
    border-radius: var(--_radius);
    color: var(--_ink-2);
    font-size: 16px;
    flex: none;
  }
  .icon-button::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .icon-button:hover {
    background: var(--_sunken);
    color: var(--_ink);
  }
  .i {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    display: block;
  }
  .i[data-dir]:dir(rtl) {
    transform: scaleX(-1);
  }
  .panel :is(button, a, input, select, summary, .scroll):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
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
  .body {
    padding: 6px 20px 20px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    align-content: start;
    flex: 1;
    min-block-size: 0;
    animation: step 0.2s var(--_ease);
  }
  .body.near {
    gap: 14px;
  }
  .body.list {
    gap: 6px;
  }
  @keyframes step {
    from {
      opacity: 0;
      transform: translateX(8px);
    }
  }
  .foot {
    position: relative;
    padding: 16px 20px 18px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    background: var(--_paper);
    flex: none;
  }
  .foot::before {
    content: '';
    position: absolute;
    inset-block-start: -1px;
    inset-inline: 0;
    block-size: 3px;
    background: radial-gradient(circle at center, var(--_edge) 1.05px, transparent 1.5px) 0 0 / 7px
      3px repeat-x;
  }
  .foot .small {
    text-wrap: balance;
  }
  .foot .small.centre {
    text-align: center;
  }
  .small {
    font-size: 13px;
    line-height: 18px;
    color: var(--_ink-2);
  }
  .strong {
    font-weight: 600;
    color: var(--_ink);
  }
  .muted {
    color: var(--_ink-3);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
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
  @media (prefers-reduced-motion: reduce) {
    .panel *,
    .panel *::before {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .panel,
    .act,
    .input,
    .tag,
    .note {
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
