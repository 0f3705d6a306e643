import { amountStyles } from './amount.css.ts'
import { contrastStyles } from './contrast.css.ts'
import { controlStyles } from './controls.css.ts'
import { frameStyles } from './frame.css.ts'
import { panelTokens } from './tokens.css.ts'

/** The style sheets up to the first quote, in their order: later steps bring theirs. */
export const PANEL_STYLES = [panelTokens, frameStyles, controlStyles, amountStyles, contrastStyles]
