// What "make your button" makes of its form; the server and the browser read this one file.

/** @typedef {Readonly<Record<string, string | undefined>>} Fields The fields of the form as typed, by name. */
/** @typedef {{ readonly api: string, readonly key: string }} Seller Where the button buys, and under which key. */

/** The element's attributes of the form's fields, in the order of the snippet. */
const ATTRIBUTES = [
  'tonnes',
  'budget',
  'technologies',
  'hosts',
  'vintage-from',
  'vintage-to',
  'max-price',
  'beneficiary',
  'purpose',
  'appearance',
  'size',
  'mode',
  'accent',
  'radius',
  'lang',
]

/**
 * Attributes by name, without those that are empty; of tonnes and budget one is taken.
 * @param {Fields} fields
 * @returns {[string, string][]}
 */
export function attributesOf(fields) {
  const isBudget = fields.by === 'budget' && (fields.budget ?? '').trim() !== ''
  return ATTRIBUTES.flatMap((name) => {
    const value = (fields[name] ?? '').trim()
    if (value === '' || name === (isBudget ? 'tonnes' : 'budget')) return []
    return [/** @type {[string, string]} */ ([name, value])]
  })
}

/**
 * The lines to copy: the script, the tag, and the link that leads to the hosted pages with the same choice.
 * @param {Fields} fields
 * @param {Seller} seller
 */
export function snippetOf(fields, seller) {
  const attributes = attributesOf(fields)
  const own = attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
  return `<script type="module" src="/offset-button.js"></script>
<offset-button key="${escaped(seller.key)}" api="${escaped(seller.api)}"${own}>
  <a href="${escaped(linkOf(attributes, seller))}">${linkWordsOf(fields)}</a>
</offset-button>`
}

/** What the link inside says, in the language chosen; English where that is the page's. */
const LINK_WORDS = new Map([
  ['fr', 'Faire annuler des crédits carbone'],
  ['es', 'Cancelar créditos de carbono'],
  ['de', 'CO₂-Gutschriften löschen lassen'],
  ['pt', 'Cancelar créditos de carbono'],
  ['ar', 'إلغاء أرصدة كربون'],
  ['zh', '注销碳信用'],
  ['hi', 'कार्बन क्रेडिट रद्द कराएँ'],
])

/** @param {Fields} fields */
export const linkWordsOf = ({ lang = '' }) =>
  LINK_WORDS.get(lang.trim()) ?? 'Have carbon credits cancelled'

/** What the hosted pages know by another name, or not at all. */
const HOSTED = new Map([
  ['technologies', 'technology'],
  ['hosts', 'host'],
  ['vintage-from', 'vintage_from'],
  ['vintage-to', 'vintage_to'],
  ['max-price', 'max_price'],
])
const LOOKS = new Set(['appearance', 'size', 'mode', 'accent', 'radius'])

/**
 * @param {readonly (readonly [string, string])[]} attributes
 * @param {Seller} seller
 */
function linkOf(attributes, { api, key }) {
  const query = new URLSearchParams({ key })
  for (const [name, value] of attributes)
    if (!LOOKS.has(name)) query.set(HOSTED.get(name) ?? name, value)
  return `${api}/buy?${query}`
}

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
