import { css } from './css.ts'

/**
 * Six public custom properties; everything else derives from them. The panel brings the tokens that the button does not use. The scheme is the page's inherited
 * `color-scheme`. The accent is kept legible by clamping its lightness where the browser can.
 */
export const tokens = css`
  :host {
    --_ink: var(--offset-ink, light-dark(#10151d, #f1f3f7));
    --_paper: var(--offset-paper, light-dark(#fff, #14181f));
    --_accent: var(--offset-accent, light-dark(#2141a6, #9ebcff));
    --_on-accent: light-dark(#fff, #091431);
    --_font: var(--offset-font, system-ui, sans-serif);
    --_radius: var(--offset-radius, 8px);
    --_accent-hover: color-mix(in oklab, var(--_ink) 28%, var(--_accent));
    --_ease: cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  @supports (color: oklch(from red l c h)) {
    :host {
      --_accent: light-dark(
        oklch(from var(--offset-accent, #2141a6) min(l, 0.51) c h),
        oklch(from var(--offset-accent, #2141a6) max(l, 0.8) min(c, 0.105) h)
      );
      --_on-accent: light-dark(
        #fff,
        oklch(from var(--offset-accent, #2141a6) 0.2 min(c, 0.06) h)
      );
    }
  }
`
