import type { Mutant } from '../mutant.ts'
import { CONFORMANCE, SEEDS } from './judges.ts'

const ADVANCE = 'api/order/order.advance.ts'
const CALL = 'api/order/order.call.ts'
const DECIDE = 'api/order/order.decide.ts'
const DECIDE_LEG = 'api/order/order.decide-leg.ts'
const EFFECT = 'api/order/order.effect.ts'
const OUTCOME = 'api/order/order.outcome.ts'
const LEDGER = 'api/ledger/ledger.ts'
const MERGE = 'api/payment/payment-merge.ts'
/** What the simulation takes for the Store: a rule that it drops is one that the orders' steps must not do without. */
const MODEL = 'test/simulation/models/order-rows.ts'

/** Bugs of the orders' steps, the ledger's rules, the merge of payments, and of the Store as the simulation has it. */
export const ORDER_MUTANTS: readonly Mutant[] = (
  [
    {
      name: 'a call is made before it is stored that it will be',
      file: ADVANCE,
      find: '  const begun = await orders.beginEffect({\n',
      replace: `  const early = await definite(ports, view, plan.key, () => callOutside(ports, view, plan))
  if (!early) return READ
  const begun = await orders.beginEffect({
`,
    },
    {
      name: 'a call without an answer counts as refused',
      file: ADVANCE,
      find: "    ports.log('effect unknown', { order: view.id, effect: key, cause: error.message })\n",
      replace: `    if (!key.endsWith(':create'))
      return {
        outcome: { kind: 'refused', refusal: { codes: [], message: '', advice: 'refuse' } },
        payment: null,
      } as T
    ports.log('effect unknown', { order: view.id, effect: key, cause: error.message })
`,
    },
    {
      name: 'a call without an answer is made again, and not looked up',
      file: EFFECT,
      find: `    case 'unknown':
      return later(moment, seen.sentAt + pause(seen.tries, moment.times), {
        kind: 'lookUp',
        effect: seen,
      })
`,
      replace: `    case 'unknown':
      return later(moment, seen.sentAt + pause(seen.tries, moment.times), {
        kind: 'call',
        effect: { ...plan, request: seen.request },
        seen,
      })
`,
    },
    {
      name: 'a call whose process is gone is made again, and not looked up',
      file: EFFECT,
      find: `      return later(moment, seen.sentAt + moment.times.callTimeoutMs, {
        kind: 'lookUp',
        effect: seen,
      })
`,
      replace: `      return later(moment, seen.sentAt + moment.times.callTimeoutMs, {
        kind: 'call',
        effect: { ...plan, request: seen.request },
        seen,
      })
`,
    },
    {
      name: 'each attempt to create the payment has a key of its own',
      file: CALL,
      find: '          key: call.key,\n        }),\n      )\n    case',
      replace: '          key: call.key + ports.clock.now(),\n        }),\n      )\n    case',
    },
    {
      name: 'each attempt to refund has a key of its own',
      file: CALL,
      find: 'payment.refund({ id, amountMinor, key: call.key, reference: call.key })',
      replace:
        'payment.refund({ id, amountMinor, key: call.key, reference: call.key + ports.clock.now() })',
    },
    {
      name: 'each attempt to propose has a reference of its own',
      file: CALL,
      find: '          reference: call.key,\n',
      replace: '          reference: call.key + ports.clock.now(),\n',
    },
    {
      name: 'a payment that has come further is looked up as not captured',
      file: CALL,
      find: "    if (found.status === wanted) return { outcome: { kind: 'ok' }, payment: found }\n",
      replace: '',
    },
    {
      name: 'tonnes go back before the payment is void',
      file: DECIDE,
      find: '  if (isOver) return voidPayment(view, moment)\n',
      replace: '  if (isOver) return endHold(view, now)\n',
    },
    {
      name: 'tonnes of an authorised order go back',
      file: DECIDE,
      find: "  if (payment.status === 'requires_capture') return authorise(view)\n",
      replace:
        "  if (payment.status === 'requires_capture') return isOver ? endHold(view, now) : authorise(view)\n",
    },
    {
      name: 'an order is captured before its legs are checked',
      file: DECIDE,
      find: "  const unchecked = open.filter((leg) => leg.state !== 'checked' && !later.includes(leg))\n",
      replace:
        "  const unchecked = open.filter((leg) => leg.state === 'waiting' && !later.includes(leg))\n",
    },
    {
      name: 'a leg counts as checked when it is proposed',
      file: OUTCOME,
      find: "        ? { legs: [{ ...known, state: 'proposed', ...funded(view) }] }\n",
      replace: "        ? { legs: [{ ...known, state: 'checked', ...funded(view) }] }\n",
    },
    {
      name: 'a leg is completed before the capture',
      file: DECIDE,
      find: 'unchecked.flatMap((leg) => decideOpenLeg(view, leg, moment))',
      replace:
        "open.flatMap((leg) => decideOpenLeg(leg.state === 'checked' ? { ...view, state: 'captured' } : view, leg, moment))",
    },
    {
      name: 'a leg that is given up ends while its proposal is under way',
      file: DECIDE_LEG,
      find: "    if (!proposal || proposal.state === 'refused') {\n",
      replace: "    if (!proposal || proposal.state !== 'ok') {\n",
    },
    {
      name: 'tonnes that the registry refused go back before their offer is suspended',
      file: ADVANCE,
      find: `  const before = await submitAll(ports, view, suspensions)
  if (before === 'failed') return false
  const after = await submitAll(ports, view, others)
`,
      replace: `  const before = await submitAll(ports, view, others)
  if (before === 'failed') return false
  const after = await submitAll(ports, view, suspensions)
`,
    },
    {
      name: 'the serials of completed legs are given to others',
      file: OUTCOME,
      find: "            allocations: 'completed',\n",
      replace: "            allocations: 'freed',\n",
    },
    {
      name: 'serials are given whether or not others have them',
      file: 'api/order/unit-range.ts',
      find: '  const gone = [...taken].sort(byStart)\n',
      replace: '  const gone = [...taken].sort(byStart).slice(1)\n',
    },
    {
      name: 'an earlier word of the payment service overwrites a later one',
      file: MERGE,
      find: '  return STATUS_ORDER.indexOf(one) >= STATUS_ORDER.indexOf(other) ? one : other\n',
      replace: '  return other\n',
    },
    {
      name: 'failures of a card that were told before are forgotten',
      file: MERGE,
      find: '[...new Set([...one.failures, ...other.failures])].sort()',
      replace: 'other.failures',
    },
    {
      name: 'a refund is booked the wrong way round',
      file: LEDGER,
      find: "debit: 'order', credit: 'processor', amountMinor })",
      replace: "debit: 'processor', credit: 'order', amountMinor })",
    },
    {
      name: 'deliveries of two legs are booked under one key',
      file: LEDGER,
      find: `:delivered:\${leg}`,
      replace: ':delivered',
    },
    {
      name: 'the Store records a step that was decided on an earlier version',
      file: MODEL,
      find: "    if (order.version !== version) return 'conflict'\n",
      replace: '',
    },
    {
      name: 'the Store begins a call that was decided on an earlier version',
      file: MODEL,
      find: '    if (order.version !== version) return false\n',
      replace: '',
      // The step after it stumbles over the version, too: what the Store's suite sees, no order does.
      judge: CONFORMANCE,
    },
    {
      name: 'the Store commits under any epoch',
      file: 'test/simulation/models/book-rows.ts',
      find: "    if (batch.epoch !== this.epoch) return { kind: 'fenced' }\n",
      replace: '',
    },
    {
      name: 'the Store commits under an epoch that it has not minted last',
      file: 'test/simulation/models/book-rows.ts',
      find: 'if (batch.epoch !== this.epoch)',
      replace: 'if (batch.epoch > this.epoch)',
    },
  ] as const
).map((mutant) => ({ judge: SEEDS, ...mutant }))
