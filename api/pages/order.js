// On the page of an order that is under way: the card form, and a look now and then whether something has changed.
const LOOK_MS = 2000
const card = document.getElementById('card')
const version = document.querySelector('main').dataset.version

if (card) openCard(card)
setTimeout(look, LOOK_MS)

/** Loads the page anew once the order has another version; while the bank is asked, its window stays. */
async function look() {
  try {
    const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store' })
    const now = response.headers.get('ETag')?.replace(/^(W\/)?"|"$/g, '')
    if (response.ok && now && now !== version && !card?.dataset.busy) return location.reload()
  } catch {
    // No answer now; the next look may have one.
  }
  setTimeout(look, LOOK_MS)
}

async function openCard(card) {
  const { amount, currency, declined, key, locale, script, secret, status, unloaded } = card.dataset
  const button = card.querySelector('button')
  const said = card.querySelector('[data-said]')
  card.hidden = false
  try {
    await load(script)
  } catch {
    button.hidden = true
    said.textContent = unloaded
    return
  }
  const stripe = globalThis.Stripe(key)
  const elements = status === 'awaiting_bank' ? null : cardForm(stripe, amount, currency, locale)
  elements?.create('payment', { layout: 'tabs' }).mount(card.querySelector('[data-form]'))
  button.addEventListener('click', async () => {
    if (card.dataset.busy) return
    card.dataset.busy = 'yes'
    button.setAttribute('aria-busy', 'true')
    said.textContent = ''
    const error = await (elements ? pay(stripe, elements, secret) : askBank(stripe, secret))
    delete card.dataset.busy
    button.removeAttribute('aria-busy')
    if (error) said.textContent = error.message ?? declined
    else location.reload()
  })
}

function cardForm(stripe, amount, currency, locale) {
  const style = getComputedStyle(document.documentElement)
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  return stripe.elements({
    mode: 'payment',
    amount: Number(amount),
    currency,
    captureMethod: 'manual',
    allowedPaymentMethodTypes: ['card'],
    locale,
    appearance: {
      theme: dark ? 'night' : 'stripe',
      variables: {
        borderRadius: '8px',
        fontFamily: style.getPropertyValue('--sans').trim(),
        ...(dark
          ? { colorPrimary: '#9ebcff', colorBackground: '#14181f', colorText: '#f1f3f7' }
          : { colorPrimary: '#2141a6', colorBackground: '#ffffff', colorText: '#10151d' }),
      },
    },
  })
}

async function pay(stripe, elements, clientSecret) {
  const { error } = await elements.submit()
  if (error) return error
  const result = await stripe.confirmPayment({
    elements,
    clientSecret,
    redirect: 'if_required',
    confirmParams: { return_url: location.href },
  })
  return result.error
}

async function askBank(stripe, clientSecret) {
  return (await stripe.handleNextAction({ clientSecret })).error
}

function load(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = resolve
    script.onerror = reject
    document.head.append(script)
  })
}
