import type { Step } from '../purchase-state.ts'
import type { OrderDesk } from './order-desk.ts'
import type { Panel } from './panel.ts'
import type { Page } from './shell.ts'
import type { View } from './view.ts'

/** How a step is drawn. */
export type Pages = Partial<Readonly<Record<Step, (view: View) => Page>>>

/** A file of later steps: their pages, and the style sheets that they need. */
export type LaterSteps = {
  readonly pages: Pages
  readonly styles: readonly string[]
  /** What a step asks for when it is entered. */
  readonly enter?: Partial<Readonly<Record<Step, (panel: Panel) => unknown>>>
  readonly OrderDesk?: typeof OrderDesk
}
