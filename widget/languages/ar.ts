import type { Verified } from '../load-chunk.ts'
import type { FirstKey, Words } from '../strings.ts'

/** What the panel says up to the first quote; the keys are those of English. */
export const words: Words<FirstKey> = {
  'tonnes.short': {
    one: 'طن واحد',
    two: 'طنّان',
    few: '{n} أطنان',
    many: '{n} طنًا',
    other: '{n} طن',
  },
  'panel.test': 'تجربة',
  'panel.back': 'رجوع',
  'panel.close': 'إغلاق',
  'panel.loading': 'نسأل السوق',
  'tonnes.unit': 'طن CO₂e',
  'amount.title': 'كم؟',
  'amount.tonnes': 'أطنان',
  'amount.budget': 'مبلغ',
  'amount.estimate': 'تقدير',
  'amount.less': 'أقل بطن واحد',
  'amount.more': 'أكثر بطن واحد',
  'amount.field': 'أطنان مكافئ ثاني أكسيد الكربون',
  'amount.which': 'أي المشاريع',
  'amount.change': 'تغيير',
  'amount.all_projects': 'كل المشاريع المعروضة',
  'amount.now': 'الآن، بكل الرسوم',
  'amount.see_quote': 'عرض السعر',
  'amount.whole': 'الرصيد الواحد طن واحد. أطنان كاملة فقط.',
  'panel.step': '، الخطوة {step} من 4',
  'amount.average': 'متوسط السعر المدفوع للمشاريع',
  'amount.a_tonne': '{price} للطن',
}

/** What is said later. */
export const loadRest = (verified: Verified) =>
  verified('%sri:languages/ar.rest%', () => import('./ar.rest.ts'))
