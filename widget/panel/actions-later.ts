import { MAX_BENEFICIARY, MAX_PURPOSE } from '../limits.ts'
import { quoteRequestOf } from '../requests.ts'
import { say } from '../strings.ts'
import type { Follower } from './follower.ts'
import type { OrderDesk } from './order-desk.ts'
import type { Panel } from './panel.ts'
import { countDraft, explain } from './pricing-later.ts'
import type { Actions } from './view.ts'

/** What the visitor's presses and typing do. */
export const laterActions = (panel: Panel, follower: Follower): Actions => {
  const send = panel.dispatch
  const { pricing } = follower
  const withOrders = (act: (orders: OrderDesk) => void) =>
    void follower.orders().then((orders) => orders && act(orders))
  return {
    close: () => panel.close(),
    back: () => send({ kind: 'back' }),
    type: (by, text) => {
      send({ kind: 'typed', by, text })
      pricing.ask()
    },
    wantQuote: () => {
      const typed = quoteRequestOf(panel.purchase, panel.host.settings)
      send({ kind: 'quote_wanted' })
      if (typed === null) panel.afterDrawing(() => panel.frame.focus('#amount'))
    },
    askNow: () => follower.askNow(),
    openFilter: () => send({ kind: 'filter_opened' }),
    explain: (isWanted) => {
      follower.wantsWhy = isWanted
      if (isWanted) void explain(panel)
    },
    openEstimate: () => send({ kind: 'estimate_opened' }),
    estimate: (estimate) => send({ kind: 'estimated', estimate }),
    useEstimate: (tonnes) => {
      send({ kind: 'typed', by: 'tonnes', text: String(tonnes) })
      send({ kind: 'quote_wanted' })
    },
    draftFilter: (choice) => {
      send({ kind: 'filter_drafted', choice })
      void countDraft(panel, choice)
    },
    useFilter: () => {
      send({ kind: 'filter_used' })
      pricing.ask(0)
    },
    wantPayment: () => send({ kind: 'payment_wanted' }),
    name: (beneficiary, purpose) => send({ kind: 'named', beneficiary, purpose }),
    consent: (ticked) =>
      send({
        kind: 'consented',
        tonnes: ticked ? (panel.purchase.quote?.quantity_tonnes ?? null) : null,
      }),
    pay: () => pay(panel, follower),
    bankAgain: () => withOrders((orders) => void orders.askBank()),
    stop: () => withOrders((orders) => void orders.stop()),
    takeOver: () => withOrders((orders) => orders.takeOver()),
    goOn: (which) => {
      const quote = which === 'now' ? panel.purchase.quote : panel.purchase.fewer
      if (quote) send({ kind: 'went_on', quote })
    },
    takeLeft: () => send({ kind: 'took_left' }),
    wantAmount: () => send({ kind: 'amount_wanted' }),
    newQuote: () => newQuote(panel, follower),
    lookAgain: () => void pricing.loadMarket(),
    reset: () => panel.reset(),
    copyLink: () => void copyLink(panel, follower),
    share: () => void share(panel),
    retryCardForm: () => withOrders((orders) => orders.retryCardForm()),
  }
}

const pay = (panel: Panel, follower: Follower): void => {
  const { order, quote, consentTonnes, beneficiary, purpose } = panel.purchase
  if (order === null) {
    const tooLong =
      beneficiary.trim().length > MAX_BENEFICIARY || purpose.trim().length > MAX_PURPOSE
    if (tooLong) {
      panel.frame.focus('.field [aria-invalid=true]')
      return
    }
    if (consentTonnes === null || consentTonnes !== quote?.quantity_tonnes) {
      panel.dispatch({ kind: 'consent_missed' })
      panel.frame.focus('#consent')
      return
    }
  }
  void follower.orders().then((orders) => orders?.pay())
}

/** The same tonnes at today's price, with a card form of its own. */
const newQuote = (panel: Panel, follower: Follower): void => {
  const { order } = panel.purchase
  void follower.orders().then((orders) => {
    orders?.release()
    orders?.discardCardForm()
  })
  if (order) panel.dispatch({ kind: 'typed', by: 'tonnes', text: String(order.quantity_tonnes) })
  follower.pricing.start()
  follower.pricing.ask(0)
  panel.dispatch({ kind: 'quote_wanted' })
}

const copyLink = async (panel: Panel, follower: Follower): Promise<void> => {
  const url = panel.purchase.order?.certificate?.url
  if (!url) return
  follower.copied = await navigator.clipboard.writeText(url).then(
    () => 'yes' as const,
    () => 'failed' as const,
  )
  panel.redraw()
  const key = follower.copied === 'yes' ? 'certificate.copied' : 'certificate.copy_failed'
  panel.announce(say(panel.language, key))
}

/** The browser's own sheet; where there is none, or somebody closes it, nothing happens. */
const share = async (panel: Panel): Promise<void> => {
  const url = panel.purchase.order?.certificate?.url
  if (url) await navigator.share?.({ url }).catch(() => undefined)
}
