/** What the button says, in English: fetched with the element, before its panel. */
export const englishButton = {
  'button.offset': { one: 'Offset {n} tonne', other: 'Offset {n} tonnes' },
  'button.any': 'Offset tonnes',
  'button.budget': 'Offset tonnes for {total}',
  'button.second': {
    one: '{n} UN carbon credit, cancelled for good',
    other: '{n} UN carbon credits, cancelled for good',
  },
  'button.closed': 'Registry closed for now',
  'button.paused': 'The market is paused',
  'button.open_order': 'Your order is under way',
  'button.done': { one: '{n} tonne cancelled', other: '{n} tonnes cancelled' },
  'panel.test': 'TEST',
} as const
