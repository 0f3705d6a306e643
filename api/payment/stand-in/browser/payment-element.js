/** The payment element: a node of the page with the stand-in's card frame in it. */

import { IntegrationError, listenTo, STAND_IN_ORIGIN } from './messages.js'

const FRAME_LOADS_WITHIN_MS = 10_000

/** Makes the element, and the way in which only Stripe.js itself asks its frame.
 * @param {() => FrameSetup} setup read anew whenever the frame loads
 */
export function createPaymentElement(setup) {
  /** @type {Map<ElementEvents, Set<(event: object) => void>>} */
  const listeners = new Map()
  /** @type {Map<number, (result: IntentResult) => void>} */
  const waiting = new Map()
  /** Questions for a frame whose script has not come yet: nobody would hear them.
   * @type {ToFrame[]} */
  let unsaid = []
  /** @type {HTMLIFrameElement | null} */
  let frame = null
  /** @type {() => void} */
  let stopListening = () => {}
  let isReady = false
  let isDestroyed = false
  let asked = 0

  /** @param {ElementEvents} type @param {object} [told] */
  const emit = (type, told = {}) => {
    for (const listener of listeners.get(type) ?? []) listener({ elementType: 'payment', ...told })
  }
  /** @param {ToFrame} message */
  const send = (message) => frame?.contentWindow?.postMessage(message, STAND_IN_ORIGIN)

  /** @param {FromFrame} message */
  const hear = (message) => {
    switch (message.type) {
      case 'loaded':
        send({ type: 'setup', ...setup() })
        break
      case 'ready':
        isReady = true
        if (frame !== null) frame.style.opacity = '1'
        for (const question of unsaid.splice(0)) send(question)
        emit('ready')
        break
      case 'height':
        if (frame !== null) frame.style.height = `${message.height}px`
        break
      case 'change':
        emit('change', {
          complete: message.complete,
          empty: message.empty,
          collapsed: false,
          value: { type: 'card' },
        })
        break
      case 'answer':
        waiting.get(message.ask)?.(message.result)
        waiting.delete(message.ask)
        break
      default:
        emit(message.type)
    }
  }

  const unmount = () => {
    stopListening()
    frame?.remove()
    frame = null
    isReady = false
    unsaid = []
    for (const answer of waiting.values()) {
      answer({ error: { type: 'invalid_request_error', message: 'The card form was taken away.' } })
    }
    waiting.clear()
  }

  const element = {
    /** @param {string | HTMLElement} target */
    mount(target) {
      if (isDestroyed) throw new IntegrationError('This element was destroyed. Create another one.')
      const node = typeof target === 'string' ? document.querySelector(target) : target
      if (!(node instanceof HTMLElement)) {
        throw new IntegrationError(`There is no node to mount the element in: ${String(target)}.`)
      }
      const root = node.getRootNode()
      if (root instanceof ShadowRoot) {
        throw new IntegrationError(
          'A payment element cannot be mounted in a shadow root. Mount it in the light DOM, through a slot.',
        )
      }
      if (root !== document) {
        throw new IntegrationError('The node to mount the element in is not part of the page.')
      }
      unmount()
      const made = cardFrame(setup().appearance)
      frame = made
      stopListening = listenTo(made, hear)
      node.replaceChildren(made)
      emit('loaderstart')
      setTimeout(() => {
        if (frame !== made || isReady) return
        const message = 'The card form could not be loaded.'
        emit('loaderror', { error: { type: 'api_connection_error', message } })
      }, FRAME_LOADS_WITHIN_MS)
      return element
    },
    unmount() {
      unmount()
      return element
    },
    destroy() {
      unmount()
      listeners.clear()
      isDestroyed = true
      return element
    },
    /** @param {ElementEvents} type @param {(event: object) => void} listener */
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set())
      listeners.get(type)?.add(listener)
      return element
    },
    /** @param {ElementEvents} type @param {(event: object) => void} listener */
    once(type, listener) {
      /** @param {object} event */
      const single = (event) => {
        element.off(type, single)
        listener(event)
      }
      return element.on(type, single)
    },
    /** @param {ElementEvents} type @param {(event: object) => void} [listener] */
    off(type, listener) {
      if (listener === undefined) listeners.delete(type)
      else listeners.get(type)?.delete(listener)
      return element
    },
    /** Options of the element itself change nothing here: it has one card form and no wallets. */
    update() {
      return element
    },
    focus() {
      frame?.focus()
      send({ type: 'focus' })
    },
    blur() {
      send({ type: 'blur' })
      frame?.blur()
    },
    clear: () => void send({ type: 'clear' }),
    collapse: () => {},
  }

  return {
    element,
    isMounted: () => frame !== null,
    /** The look or the language has changed. */
    refresh() {
      if (frame === null) return
      frame.style.colorScheme = schemeOf(setup().appearance)
      if (isReady) send({ type: 'setup', ...setup() })
    },
    /** @param {{ type: 'validate' } | { type: 'confirm', clientSecret: string, returnUrl: string | null }} question
     * @returns {Promise<IntentResult>} */
    ask(question) {
      const ask = ++asked
      return new Promise((resolve) => {
        waiting.set(ask, resolve)
        if (isReady) send({ ...question, ask })
        else unsaid.push({ ...question, ask })
      })
    },
  }
}

/** A frame whose colour scheme is its document's own stays transparent on any page.
 * @param {Appearance} appearance
 */
function cardFrame(appearance) {
  const frame = document.createElement('iframe')
  frame.title = 'Card form (test)'
  frame.name = `__offsetTestCard${Math.floor(performance.now())}`
  frame.allow = 'payment *'
  frame.src = `${STAND_IN_ORIGIN}/frame/card#${new URLSearchParams({ parent: location.origin })}`
  Object.assign(frame.style, {
    display: 'block',
    border: '0',
    // The frame keeps 3 px around its form for the focus ring: outside, so that the form lines up.
    width: 'calc(100% + 6px)',
    height: '150px',
    margin: '-3px',
    padding: '0',
    opacity: '0',
    colorScheme: schemeOf(appearance),
  })
  return frame
}

/** @param {Appearance} appearance */
function schemeOf(appearance) {
  return appearance.theme === 'night' ? 'dark' : 'light'
}
