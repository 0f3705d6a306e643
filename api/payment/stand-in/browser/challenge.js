/** Tells Stripe.js, in the page around this frame, that the bank's question is answered. */

const { parent: origin = '', payment = '' } = /** @type {HTMLElement} */ (
  document.querySelector('main')
).dataset
if (origin !== '' && window.parent !== window) {
  window.parent.postMessage({ type: 'challenge-answered', payment }, origin)
}

export {}
