import type { FirstKey, Words } from './language.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': '{n}\u202fटन',
  'panel.test': 'परीक्षण',
  'panel.back': 'पीछे',
  'panel.close': 'बंद करें',
  'panel.loading': 'बाज़ार से पूछ रहे हैं',
  'tonnes.unit': 'टन CO₂e',
  'amount.title': 'कितना?',
  'amount.tonnes': 'टन',
  'amount.budget': 'बजट',
  'amount.estimate': 'अनुमान',
  'amount.less': 'एक टन कम',
  'amount.more': 'एक टन ज़्यादा',
  'amount.field': 'CO₂e के टन',
  'amount.which': 'कौन-सी परियोजनाएँ',
  'amount.change': 'बदलें',
  'amount.all_projects': 'बिक्री पर सभी परियोजनाएँ',
  'amount.now': 'अभी, सभी शुल्क सहित',
  'amount.see_quote': 'भाव देखें',
  'amount.whole': 'एक क्रेडिट एक टन है। केवल पूरे टन।',
  'panel.step': ', 4 में से चरण {step}',
  'amount.average': 'परियोजनाओं को दी गई औसत कीमत',
  'amount.a_tonne': '{price} प्रति टन',
}
