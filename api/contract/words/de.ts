import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202ft',
  'panel.test': 'TEST',
  'panel.back': 'Zurück',
  'panel.close': 'Schließen',
  'panel.loading': 'Der Markt wird gefragt',
  'tonnes.unit': 't CO₂e',
  'amount.title': 'Wie viel?',
  'amount.tonnes': 'Tonnen',
  'amount.budget': 'Budget',
  'amount.estimate': 'Schätzen',
  'amount.less': 'Eine Tonne weniger',
  'amount.more': 'Eine Tonne mehr',
  'amount.field': 'Tonnen CO₂e',
  'amount.which': 'Welche Projekte',
  'amount.change': 'Ändern',
  'amount.all_projects': 'Alle angebotenen Projekte',
  'amount.now': 'Jetzt, mit allen Gebühren',
  'amount.see_quote': 'Preis ansehen',
  'amount.whole': 'Eine Gutschrift ist eine Tonne. Nur ganze Tonnen.',
  'panel.step': ', Schritt {step} von 4',
  'amount.average': 'Durchschnittspreis an die Projekte',
  'amount.a_tonne': '{price} je Tonne',
}
