/**
 * What the panel says up to the first quote, in English. A language is a table with these keys.
 * `{name}` is replaced; `*words*` are set in bold; forms are chosen by the plural rules of `n`.
 */
export const words = {
  'tonnes.short': '{n}\u202ft',
  'panel.test': 'TEST',
  'panel.back': 'Back',
  'panel.close': 'Close',
  'panel.loading': 'Asking the market',
  'tonnes.unit': 't CO₂e',
  'amount.title': 'How much?',
  'amount.tonnes': 'Tonnes',
  'amount.budget': 'Budget',
  'amount.estimate': 'Estimate',
  'amount.less': 'One tonne less',
  'amount.more': 'One tonne more',
  'amount.field': 'Tonnes of CO₂e',
  'amount.which': 'Which projects',
  'amount.change': 'Change',
  'amount.all_projects': 'All projects on offer',
  'amount.now': 'Now, with all fees',
  'amount.see_quote': 'See the quote',
  'amount.whole': 'One credit is one tonne. Whole tonnes only.',
  'panel.step': ', step {step} of 4',
  'amount.average': 'Average price paid to projects',
  'amount.a_tonne': '{price} a tonne',
} as const
