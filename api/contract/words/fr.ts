import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202ft',
  'panel.test': 'TEST',
  'panel.back': 'Retour',
  'panel.close': 'Fermer',
  'panel.loading': 'Nous interrogeons le marché',
  'tonnes.unit': 't CO₂e',
  'amount.title': 'Combien\u202f?',
  'amount.tonnes': 'Tonnes',
  'amount.budget': 'Budget',
  'amount.estimate': 'Estimation',
  'amount.less': 'Une tonne de moins',
  'amount.more': 'Une tonne de plus',
  'amount.field': 'Tonnes de CO₂e',
  'amount.which': 'Quels projets',
  'amount.change': 'Modifier',
  'amount.all_projects': 'Tous les projets en vente',
  'amount.now': 'Maintenant, frais compris',
  'amount.see_quote': 'Voir le devis',
  'amount.whole': 'Un crédit est une tonne. Tonnes entières seulement.',
  'panel.step': ', étape {step} sur 4',
  'amount.average': 'Prix moyen payé aux projets',
  'amount.a_tonne': '{price} la tonne',
}
