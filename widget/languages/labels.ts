import type { LanguageCode, Plural } from '@offset-button/contract/words/language'

/** What the button says before anybody has shown interest: it comes with the element itself. */
export type Labels = {
  readonly offset: Plural
  readonly any: string
  readonly budget: string
  readonly price: string
}

export const LABELS: Readonly<Record<LanguageCode, Labels>> = {
  en: {
    offset: { one: 'Offset {n} tonne', other: 'Offset {n} tonnes' },
    any: 'Offset tonnes',
    budget: 'Offset tonnes for {total}',
    price: 'see price',
  },
  fr: {
    offset: { one: 'Compenser {n} tonne', other: 'Compenser {n} tonnes' },
    any: 'Compenser des tonnes',
    budget: 'Compenser pour {total}',
    price: 'voir le prix',
  },
  es: {
    offset: { one: 'Compensar {n} tonelada', other: 'Compensar {n} toneladas' },
    any: 'Compensar toneladas',
    budget: 'Compensar por {total}',
    price: 'ver precio',
  },
  de: {
    offset: { one: '{n} Tonne ausgleichen', other: '{n} Tonnen ausgleichen' },
    any: 'Tonnen ausgleichen',
    budget: 'Für {total} ausgleichen',
    price: 'Preis zeigen',
  },
  pt: {
    offset: { one: 'Compensar {n} tonelada', other: 'Compensar {n} toneladas' },
    any: 'Compensar toneladas',
    budget: 'Compensar por {total}',
    price: 'ver preço',
  },
  ar: {
    offset: {
      one: 'عادِل طنًا واحدًا',
      two: 'عادِل طنين',
      few: 'عادِل {n} أطنان',
      many: 'عادِل {n} طنًا',
      other: 'عادِل {n} طن',
    },
    any: 'عادِل أطنانًا',
    budget: 'عادِل بمبلغ {total}',
    price: 'عرض السعر',
  },
  zh: {
    offset: { other: '抵消 {n} 吨' },
    any: '抵消碳排放',
    budget: '以 {total} 抵消',
    price: '查看价格',
  },
  hi: {
    offset: { other: '{n} टन ऑफ़सेट करें' },
    any: 'टन ऑफ़सेट करें',
    budget: '{total} में ऑफ़सेट करें',
    price: 'कीमत देखें',
  },
}
