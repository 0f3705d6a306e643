/** Goals, and whether a run met them. */
import { digits } from './numbers.ts'
import { renderTable } from './table.ts'

export interface Goal {
  readonly what: string
  /** What was measured, in the unit of the bound; NaN when it was not. */
  readonly measured: number
  readonly bound: number
  readonly unit: string
  /** Whether more than the bound is better, or less. */
  readonly better: 'more' | 'less'
  /** Where several things were measured: the one that decided. */
  readonly decidedBy?: string
}

/** The bound itself meets the goal. */
export function isMet({ measured, bound, better }: Goal): boolean {
  return better === 'more' ? measured >= bound : measured <= bound
}

export function renderGoals(goals: readonly Goal[]): string {
  return renderTable(
    [
      { title: 'goal', left: true, text: ({ what }) => what },
      {
        title: 'wanted',
        text: ({ better, bound, unit }) =>
          `${better === 'more' ? '≥' : '≤'} ${bound.toLocaleString('en-GB')} ${unit}`,
      },
      { title: 'measured', text: ({ measured, unit }) => `${digits(measured)} ${unit}` },
      { title: '', left: true, text: (goal) => (isMet(goal) ? 'met' : 'NOT MET') },
      { title: 'decided by', left: true, text: ({ decidedBy }) => decidedBy ?? '' },
    ],
    goals,
  )
}
