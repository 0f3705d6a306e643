/**
 * The little of Stripe.js that the element uses, for component tests: a frame of its own origin with
 * the card's fields, and the bank's window in the page's body, as the real one does both.
 */
export const fakeStripeScript = (origin: string): string => `
(() => {
  const origin = ${JSON.stringify(origin)}
  window.__stripeCalls = []
  window.Stripe = (publishableKey) => ({
    elements(options) {
      if (options.paymentMethodTypes) throw new Error('IntegrationError: paymentMethodTypes')
      window.__stripeCalls.push(['elements', publishableKey, options])
      const listeners = {}
      let frame = null
      const group = {
        submitted: false,
        create(type, elementOptions) {
          return {
            on(name, listener) { (listeners[name] ??= []).push(listener) },
            mount(node) {
              if (node.getRootNode() instanceof ShadowRoot) throw new Error('IntegrationError: shadow root')
              frame = document.createElement('iframe')
              frame.title = 'Secure payment input frame'
              frame.src = origin + '/card-frame'
              frame.style.cssText = 'border:0;width:100%;height:104px;display:block'
              node.append(frame)
              addEventListener('message', (event) => {
                if (event.source === frame.contentWindow && event.data === 'ready')
                  for (const listener of listeners.ready ?? []) listener()
              })
            },
            destroy() { frame?.remove() },
          }
        },
        update(changes) { Object.assign(options, changes); window.__stripeCalls.push(['update', changes]) },
        card: () => new Promise((resolve) => {
          const channel = new MessageChannel()
          channel.port1.onmessage = (event) => resolve(event.data)
          frame.contentWindow.postMessage('card', '*', [channel.port2])
        }),
        async submit() {
          const card = await group.card()
          group.submitted = card.length >= 15
          return group.submitted ? {} : { error: { type: 'validation_error', message: 'Incomplete.' } }
        },
        options,
      }
      return group
    },
    async confirmPayment({ elements, clientSecret }) {
      window.__stripeCalls.push(['confirmPayment', clientSecret])
      if (!elements.submitted) throw new Error('IntegrationError: elements.submit() must be called')
      elements.submitted = false
      const card = await elements.card()
      return send(clientSecret, card, elements.options.amount)
    },
    async handleNextAction({ clientSecret }) {
      window.__stripeCalls.push(['handleNextAction', clientSecret])
      return askBank(clientSecret)
    },
  })
  const post = (path, body) => fetch(origin + path, { method: 'POST', body: JSON.stringify(body) }).then((it) => it.json())
  const send = async (clientSecret, card, amount) => {
    const result = await post('/stripe/confirm', { clientSecret, card, amount })
    return result.requires_action ? askBank(clientSecret) : result
  }
  const askBank = (clientSecret) => new Promise((resolve) => {
    const bank = document.createElement('div')
    bank.id = 'bank'
    bank.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:rgb(0 0 0/.4);display:grid;place-items:center'
    bank.innerHTML = '<div style="background:#fff;padding:24px"><iframe title="Your bank" src="' + origin + '/bank-frame" style="border:0;width:200px;height:60px;display:block"></iframe></div>'
    const frame = bank.querySelector('iframe')
    const answer = (yes) => async () => { bank.remove(); resolve(await post('/stripe/bank', { clientSecret, yes })) }
    addEventListener('message', (event) => {
      if (event.source !== frame.contentWindow || event.data !== 'ready') return
      frame.insertAdjacentHTML('afterend', '<button id="bank-yes">Confirm</button> <button id="bank-no">Refuse</button>')
      bank.querySelector('#bank-yes').onclick = answer(true)
      bank.querySelector('#bank-no').onclick = answer(false)
    })
    document.body.append(bank)
  })
})()
`

/** The frame with the card's fields; \`4000…\` numbers decide what the bank says. */
export const cardFrame = `<!doctype html><html lang="en"><head><title>Card</title><style>
:root{color-scheme:light dark}body{margin:0;font:16px system-ui}form{display:grid;grid-template-columns:1fr 1fr}
input{font:inherit;padding:11px 12px;border:1px solid #818489;min-width:0}input:first-child{grid-column:1/-1}</style></head>
<body><form><input id="number" aria-label="Card number" inputmode="numeric" placeholder="1234 1234 1234 1234">
<input aria-label="Expiry" placeholder="MM / YY"><input aria-label="Security code" placeholder="CVC"></form>
<script>
addEventListener('message', (event) => { if (event.data === 'card') event.ports[0].postMessage(document.querySelector('#number').value.replace(/\\D/g, '')) })
parent.postMessage('ready', '*')
</script></body></html>`

/** The bank's own page; what a visitor answers is pressed beside it. */
export const bankFrame = `<!doctype html><html lang="en"><head><title>Bank</title></head>
<body><p>Is it you?</p><script>parent.postMessage('ready', '*')</script></body></html>`
