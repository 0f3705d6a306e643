import { css } from 'lit'

/** Waiting, less motion, and forced colours: what was drawn with tints gets borders and hatches. */
export const contrastStyles = css`
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
