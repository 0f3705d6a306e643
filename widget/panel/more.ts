/** What the amount draws only at times: it comes with the quote. */
export { readTonnes } from '../amount.ts'
export { createLaterFormat } from '../format-later.ts'
export { drawBudget, drawRefusal } from './budget.ts'
export { describeChoice } from './describe-choice.ts'
export { drawNote, onTabKey } from './notes.ts'
