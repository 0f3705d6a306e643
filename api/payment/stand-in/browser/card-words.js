/** The words of the card form, by language; a language that is missing here reads English. */

/** @typedef {'group' | 'number' | 'expiry' | 'cvc' | 'note' | 'incomplete_number' | 'invalid_number'
 *   | 'incomplete_expiry' | 'invalid_expiry_month' | 'invalid_expiry_year' | 'invalid_expiry_year_past'
 *   | 'incomplete_cvc' | 'test_cards_only'} Word */

/** @type {Readonly<Record<string, Readonly<Record<Word, string>>>>} */
const WORDS = {
  en: {
    group: 'Card',
    number: 'Card number',
    expiry: 'Expiry date, month and year',
    cvc: 'Security code',
    note: 'Test card form: no money moves. 4242 4242 4242 4242 is accepted.',
    incomplete_number: 'Your card number is incomplete.',
    invalid_number: 'Your card number is not valid.',
    incomplete_expiry: 'Your card’s expiry date is incomplete.',
    invalid_expiry_month: 'Your card’s expiry month is not valid.',
    invalid_expiry_year: 'Your card’s expiry year is not valid.',
    invalid_expiry_year_past: 'Your card’s expiry date is in the past.',
    incomplete_cvc: 'Your card’s security code is incomplete.',
    test_cards_only: 'Only test cards work here. This card number was not sent.',
  },
}

/** The language of these words for a wanted locale; `auto` is the browser's.
 * @param {string} locale
 * @returns {string}
 */
export function languageOf(locale) {
  const wanted = (locale === 'auto' ? navigator.language : locale).toLowerCase()
  const language = wanted.split('-')[0] ?? ''
  return language in WORDS ? language : 'en'
}

/** @param {string} language @returns {Readonly<Record<Word, string>>} */
export function wordsOf(language) {
  const words = WORDS[language] ?? WORDS.en
  if (words === undefined) throw new Error('There are no words.')
  return words
}
