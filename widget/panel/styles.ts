import { buttonStyles } from '../button.css.ts'
import { tokens } from '../tokens.css.ts'
import { amountStyles } from './amount.css.ts'
import { contrastStyles } from './contrast.css.ts'
import { controlStyles } from './controls.css.ts'
import { frameStyles } from './frame.css.ts'
import { orderStyles } from './order.css.ts'
import { quoteStyles } from './quote.css.ts'

/** All style sheets, in their order: the last has the last word. */
export const PANEL_STYLES = [
  tokens,
  buttonStyles,
  frameStyles,
  controlStyles,
  amountStyles,
  quoteStyles,
  orderStyles,
  contrastStyles,
]
