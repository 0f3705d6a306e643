/** The card form in its own frame. What is typed stays here: only the name of a test card is sent. */

import { isFull, mistake, written } from './card-fields.js'
import { cardDigits } from './card-number.js'
import { languageOf, wordsOf } from './card-words.js'
import { testCardName } from './test-cards.js'

/** @typedef {import('./card-fields.js').FieldName} FieldName */

/** @type {readonly FieldName[]} */
const FIELDS = ['number', 'expiry', 'cvc']
const parentOrigin = new URLSearchParams(location.hash.slice(1)).get('parent') ?? ''
const form = /** @type {HTMLFormElement} */ (document.querySelector('form'))
const errorLine = /** @type {HTMLElement} */ (document.querySelector('#error'))
/** Fields whose mistake is shown.
 * @type {Set<FieldName>} */
const told = new Set()
/** True while the number is one that was declined for not being a test card's. */
let isDeclined = false
let publishableKey = ''
let words = wordsOf('en')
let isSetUp = false

/** @param {FromFrame} message */
const send = (message) => window.parent.postMessage(message, parentOrigin)
/** @param {FieldName} name */
const input = (name) => /** @type {HTMLInputElement} */ (document.querySelector(`#${name}`))
const typed = () => ({
  number: input('number').value,
  expiry: input('expiry').value,
  cvc: input('cvc').value,
})

for (const name of FIELDS) {
  const field = input(name)
  field.addEventListener('input', () => {
    if (name === 'number') isDeclined = false
    rewrite(field, (text) => written(name, text, input('number').value))
    if (mistake(name, typed(), new Date()) === null) told.delete(name)
    else if (isFull(name, typed())) told.add(name)
    showMistakes()
    tellChange()
    if (isFull(name, typed()) && !told.has(name) && field.selectionEnd === field.value.length) {
      const next = FIELDS[FIELDS.indexOf(name) + 1]
      if (next !== undefined && input(next).value === '') input(next).focus()
    }
  })
  field.addEventListener('blur', () => {
    if (field.value !== '' && mistake(name, typed(), new Date()) !== null) told.add(name)
    showMistakes()
  })
  field.addEventListener('keydown', (event) => {
    const before = FIELDS[FIELDS.indexOf(name) - 1]
    if (event.key === 'Backspace' && field.value === '' && before !== undefined) {
      event.preventDefault()
      input(before).focus()
    }
  })
}
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('focusin', (event) => {
  if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) send({ type: 'focus' })
})
form.addEventListener('focusout', (event) => {
  if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) send({ type: 'blur' })
})
form.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') send({ type: 'escape' })
})
new ResizeObserver(() =>
  send({ type: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) }),
).observe(document.body)

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || event.origin !== parentOrigin) return
  const message = /** @type {ToFrame} */ (event.data)
  switch (message.type) {
    case 'setup':
      setUp(message)
      break
    case 'focus':
      input('number').focus()
      break
    case 'blur':
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      break
    case 'clear':
      for (const name of FIELDS) input(name).value = ''
      told.clear()
      isDeclined = false
      showMistakes()
      tellChange()
      break
    case 'validate':
      send({ type: 'answer', ask: message.ask, result: validated() })
      break
    case 'confirm':
      confirmed(message).then((result) => send({ type: 'answer', ask: message.ask, result }))
  }
})
send({ type: 'loaded' })

/** @param {FrameSetup} setup */
function setUp(setup) {
  publishableKey = setup.publishableKey
  const language = languageOf(setup.locale)
  words = wordsOf(language)
  document.documentElement.lang = language
  applyAppearance(setup.appearance)
  for (const name of FIELDS) input(name).setAttribute('aria-label', words[name])
  document.querySelector('#group')?.setAttribute('aria-label', words.group)
  const note = document.querySelector('#note')
  if (note !== null) note.textContent = words.note
  showMistakes()
  if (isSetUp) return
  isSetUp = true
  send({ type: 'ready' })
  tellChange()
}

/** Stripe's names for the look, as far as this form has a place for them; each is tried before it is taken.
 * @param {Appearance} appearance
 */
function applyAppearance({ theme, variables = {}, rules = {} }) {
  const root = document.documentElement
  root.dataset.theme = theme === 'night' ? 'night' : 'day'
  /** @type {[string, string, string | undefined][]} */
  const tokens = [
    ['--primary', 'color', variables.colorPrimary],
    ['--background', 'color', variables.colorBackground],
    ['--text', 'color', variables.colorText],
    ['--text-2', 'color', variables.colorTextSecondary],
    ['--placeholder', 'color', variables.colorTextPlaceholder],
    ['--danger', 'color', variables.colorDanger],
    ['--edge', 'color', rules['.Input']?.borderColor],
    ['--font', 'font-family', variables.fontFamily],
    ['--size', 'font-size', variables.fontSizeBase],
    ['--radius', 'border-radius', variables.borderRadius],
  ]
  for (const [token, property, value] of tokens) {
    if (value !== undefined && CSS.supports(property, value)) root.style.setProperty(token, value)
    else root.style.removeProperty(token)
  }
}

/** Writes what was typed in its groups and keeps the caret behind the same digit.
 * @param {HTMLInputElement} field @param {(text: string) => string} write
 */
function rewrite(field, write) {
  const caret = field.selectionEnd ?? field.value.length
  const isAtEnd = caret === field.value.length
  const digitsBefore = field.value.slice(0, caret).replaceAll(/\D/g, '').length
  field.value = write(field.value)
  if (isAtEnd) return
  let place = 0
  for (let digits = 0; place < field.value.length && digits < digitsBefore; place++) {
    if (/\d/.test(field.value.charAt(place))) digits++
  }
  field.setSelectionRange(place, place)
}

/** What is shown to be wrong with a field.
 * @param {FieldName} name
 */
function shownMistake(name) {
  if (name === 'number' && isDeclined) return 'test_cards_only'
  return told.has(name) ? mistake(name, typed(), new Date()) : null
}

function showMistakes() {
  const wrong = FIELDS.filter((name) => shownMistake(name) !== null)
  for (const name of FIELDS) input(name).setAttribute('aria-invalid', String(wrong.includes(name)))
  const first = wrong[0]
  const word = first === undefined ? null : shownMistake(first)
  const sentence = word === null ? '' : words[word]
  if (errorLine.textContent !== sentence) errorLine.textContent = sentence
  document.querySelector('#group')?.classList.toggle('wrong', wrong.length > 0)
}

function tellChange() {
  const complete = FIELDS.every((name) => mistake(name, typed(), new Date()) === null)
  const empty = FIELDS.every((name) => input(name).value === '')
  send({ type: 'change', complete, empty })
}

/** @returns {IntentResult} */
function validated() {
  const wrong = FIELDS.find((name) => mistake(name, typed(), new Date()) !== null)
  if (wrong === undefined) return {}
  for (const name of FIELDS) if (mistake(name, typed(), new Date()) !== null) told.add(name)
  showMistakes()
  input(wrong).focus()
  const code = mistake(wrong, typed(), new Date()) ?? 'incomplete_number'
  return { error: { type: 'validation_error', code, message: words[code] } }
}

/** @param {{ clientSecret: string, returnUrl: string | null }} request @returns {Promise<IntentResult>} */
async function confirmed({ clientSecret, returnUrl }) {
  const card = testCardName(cardDigits(typed().number))
  if (card === null) return { error: declined() }
  const id = encodeURIComponent(clientSecret.split('_secret_')[0] ?? '')
  const body = new URLSearchParams({
    key: publishableKey,
    client_secret: clientSecret,
    use_stripe_sdk: 'true',
    ...(returnUrl === null ? {} : { return_url: returnUrl }),
    payment_method: card,
  })
  try {
    const response = await fetch(`/v1/payment_intents/${id}/confirm`, { method: 'POST', body })
    const answer = await response.json()
    return answer.error ? { error: answer.error } : { paymentIntent: answer }
  } catch {
    const message = 'The payment service could not be reached. Check your connection and try again.'
    return { error: { type: 'api_connection_error', message } }
  }
}

/** A number that is no test card's is declined here, in Stripe's words for it, and goes nowhere.
 * @returns {StripeJsError}
 */
function declined() {
  isDeclined = true
  showMistakes()
  return {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
    message: words.test_cards_only,
  }
}
