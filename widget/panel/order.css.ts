import { css } from '../css.ts'

/** The order: hold, consent, progress, the punched band, serial blocks. */
export const orderStyles = css`
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
`
