import { readTonnes } from '../amount.ts'
import { createLaterFormat } from '../format-later.ts'
import { drawBudget, drawRefusal, visibleFault } from './budget.ts'
import { describeChoice } from './describe-choice.ts'
import { drawNote, onTabKey } from './notes.ts'

/** What the amount draws only at times: it comes with the quote. */
export const more = {
  readTonnes,
  visibleFault,
  createLaterFormat,
  drawBudget,
  drawRefusal,
  describeChoice,
  drawNote,
  onTabKey,
}
