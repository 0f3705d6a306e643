/** The bank's question in a frame over the page. Like Stripe's it hangs on the body, outside any dialog. */

import { listenTo } from './messages.js'

/** Shows the question; resolves when it is answered.
 * @param {string} url
 * @returns {Promise<void>}
 */
export function showChallenge(url) {
  const before = document.activeElement
  const overlay = document.createElement('div')
  Object.assign(overlay.style, {
    position: 'fixed',
    inset: '0',
    zIndex: '2147483647',
    display: 'grid',
    placeItems: 'center',
    padding: '16px',
    background: 'rgb(16 21 29 / .55)',
  })
  const frame = document.createElement('iframe')
  const address = new URL(url)
  address.searchParams.set('parent', location.origin)
  frame.src = address.href
  frame.title = 'Confirm with your bank (test)'
  Object.assign(frame.style, {
    border: '0',
    width: 'min(100%, 400px)',
    height: 'min(100%, 340px)',
    borderRadius: '12px',
    background: '#fff',
    colorScheme: 'light',
  })
  overlay.append(frame)
  document.body.append(overlay)
  frame.focus()
  return new Promise((resolve) => {
    const stop = listenTo(frame, (/** @type {{ type: string }} */ message) => {
      if (message.type !== 'challenge-answered') return
      stop()
      overlay.remove()
      if (before instanceof HTMLElement) before.focus()
      resolve()
    })
  })
}
