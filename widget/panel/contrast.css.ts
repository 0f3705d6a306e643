import { css } from '../css.ts'

/** Waiting: shown after a moment only. */
export const contrastStyles = css`
  .spinner {
    inline-size: 20px;
    block-size: 20px;
    border-radius: 3px;
    box-shadow: inset 0 0 0 2px var(--_accent);
    background: repeating-linear-gradient(115deg, var(--_accent) 0 1.5px, var(--_wash) 1.5px 4.5px);
    background-size: 200% 100%;
  }
  .waiting {
    display: flex;
    gap: 12px;
    align-items: center;
    animation: wait 0.3s;
  }
  @keyframes wait {
    from,
    99% {
      opacity: 0;
    }
  }
`
