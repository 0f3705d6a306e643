import { placeOfferRequest } from '@offset-button/contract'
import { type DemoOffer, demoMarket } from '@offset-button/demo-site/seed/market'
import { parseAccountNumber, parseSerialBlock, unitCount } from '@offset-button/registry-bridge'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { demoProjects } from './demo-projects.ts'

const market = suite('the demo market')
const projects = demoProjects()
const demo = demoMarket(projects, 2026)

market('is the same for the same seed, and another for another', () => {
  assert.equal(demoMarket(projects, 2026), demo)
  assert.not.equal(demoMarket(projects, 2027), demo)
})

market('has at least 8 sellers with 1 to 3 holding accounts of their own, all with offers', () => {
  assert.ok(demo.sellers.length >= 8)
  const accounts = demo.sellers.flatMap((seller) => seller.accounts)
  assert.is(new Set(accounts).size, accounts.length)
  for (const seller of demo.sellers) {
    assert.ok(seller.accounts.length >= 1 && seller.accounts.length <= 3)
    assert.match(seller.name, /^Demo Seller/)
    assert.ok(demo.offers.some((offer) => offer.seller === seller))
  }
})

market('writes account numbers whose check digits hold', () => {
  for (const account of demo.sellers.flatMap((seller) => seller.accounts))
    assert.is(parseAccountNumber(account).kind, 'ok', account)
})

market('has at least 1,000 offers, each of which the API would read', () => {
  assert.ok(demo.offers.length >= 1000)
  for (const { account, blocks, priceMinor } of demo.offers) {
    const request = { holding_account: account, blocks, price_minor: priceMinor }
    assert.ok(placeOfferRequest.safeParse(request).success)
  }
})

market('issues every unit number of a Party and commitment period once', () => {
  const series = groupedBy(
    demo.issues,
    ({ project, commitmentPeriod }) => `${project.host}-${commitmentPeriod}`,
  )
  for (const [name, issues] of series) {
    let last = 0
    for (const { start, quantityTonnes } of issues.toSorted((one, two) => one.start - two.start)) {
      assert.ok(start > last, `${name}-${start}`)
      last = start + quantityTonnes - 1
    }
  }
})

market('offers no unit twice, and only units issued into the account that offers them', () => {
  const blocks = demo.offers.flatMap((offer) =>
    readBlocks(offer).map((block) => ({ offer, block })),
  )
  for (const { offer, block } of blocks) {
    const from = demo.issues.find(
      (issue) =>
        issue.project.host === block.originatingParty &&
        issue.commitmentPeriod === block.originalCommitmentPeriod &&
        issue.start <= block.start &&
        block.end < issue.start + issue.quantityTonnes,
    )
    assert.is(from?.account, offer.account)
    assert.is(from?.vintage, offer.vintage)
    assert.is(from?.project.reference, offer.project.reference)
  }
  const sorted = blocks
    .map(({ block }) => block)
    .toSorted(
      (one, two) =>
        one.originatingParty.localeCompare(two.originatingParty) ||
        one.originalCommitmentPeriod - two.originalCommitmentPeriod ||
        one.start - two.start,
    )
  sorted.forEach((block, index) => {
    const next = sorted[index + 1]
    if (next?.originatingParty !== block.originatingParty) return
    if (next.originalCommitmentPeriod !== block.originalCommitmentPeriod) return
    assert.ok(block.end < next.start)
  })
})

market('writes serials as the field does: CERs, no LULUCF, the project without padding', () => {
  for (const offer of demo.offers) {
    const blocks = readBlocks(offer)
    assert.is(
      blocks.reduce((sum, block) => sum + unitCount(block), 0),
      offer.quantityTonnes,
    )
    for (const block of blocks) {
      const period = offer.vintage <= 2012 ? 1 : 2
      assert.is(block.unitType, 5)
      assert.is(block.lulucfActivity, 0)
      assert.is(block.originatingParty, offer.project.host)
      assert.is(block.originalCommitmentPeriod, period)
      assert.is(block.applicableCommitmentPeriod, period)
      assert.is(block.projectIdentifier, Number(offer.project.reference))
    }
  }
})

market('keeps vintages from 2008 to 2020 and offers from 1 to 25,000 t', () => {
  const quantities = demo.offers.map(({ quantityTonnes }) => quantityTonnes)
  assert.ok(Math.min(...quantities) >= 1 && Math.max(...quantities) <= 25_000)
  assert.ok(Math.max(...quantities) > 20_000)
  const vintages = new Set(demo.offers.map(({ vintage }) => vintage))
  assert.equal(
    [...vintages].toSorted(),
    Array.from({ length: 13 }, (_, year) => 2008 + year),
  )
})

market('has prices at which many offers of several sellers meet', () => {
  const levels = groupedBy(demo.offers, ({ priceMinor }) => priceMinor)
  assert.ok(levels.size <= 25)
  for (const price of [85, 120, 275, 300, 308, 310, 315, 325, 350, 500, 750]) {
    const offers = levels.get(price) ?? []
    assert.ok(offers.length >= 20, `${price}: ${offers.length}`)
    assert.ok(new Set(offers.map(({ seller }) => seller)).size >= 3)
  }
})

market('meets at least 4 sellers with 5,000 t, time and again', () => {
  let offers = demo.offers
  for (let purchase = 0; purchase < 4; purchase += 1) {
    const { taken, left } = fill(offers, 5000)
    assert.ok(new Set(taken.map(({ seller }) => seller)).size >= 4)
    offers = left
  }
})

market('meets several offers with a dozen tonnes', () => {
  assert.ok(fill(demo.offers, 12).taken.length >= 2)
})

market('has little of a narrow choice', () => {
  const choice = demo.offers.filter(
    ({ project }) => project.host === 'KE' && project.technology === 'geothermal',
  )
  const tonnes = choice.reduce((sum, { quantityTonnes }) => sum + quantityTonnes, 0)
  assert.ok(choice.length >= 4)
  assert.ok(tonnes > 0 && tonnes < 2000, `${tonnes}`)
})

market('offers no more of a project than it was expected to reduce in a year', () => {
  for (const project of projects) {
    const offers = demo.offers.filter((offer) => offer.project === project)
    assert.ok(offers.length >= 1)
    const tonnes = offers.reduce((sum, { quantityTonnes }) => sum + quantityTonnes, 0)
    assert.ok(tonnes <= project.annualTonnes)
  }
})

function readBlocks(offer: DemoOffer) {
  return offer.blocks.map(({ start, end }) => {
    const parsed = parseSerialBlock(start, end)
    if (parsed.kind !== 'ok') throw new Error(`${start} … ${end}: ${parsed.problem}`)
    return parsed.block
  })
}

function groupedBy<T>(
  members: readonly T[],
  nameOf: (member: T) => string | number,
): ReadonlyMap<string | number, readonly T[]> {
  const groups = new Map<string | number, T[]>()
  for (const member of members) {
    const group = groups.get(nameOf(member))
    if (group) group.push(member)
    else groups.set(nameOf(member), [member])
  }
  return groups
}

/** Best price first, then earliest. */
function fill(offers: readonly DemoOffer[], tonnes: number) {
  const queue = offers.toSorted((one, two) => one.priceMinor - two.priceMinor)
  const taken: DemoOffer[] = []
  const left: DemoOffer[] = []
  let wanted = tonnes
  for (const offer of queue) {
    const quantity = Math.min(wanted, offer.quantityTonnes)
    wanted -= quantity
    if (quantity > 0) taken.push({ ...offer, quantityTonnes: quantity })
    const rest = offer.quantityTonnes - quantity
    if (rest > 0) left.push({ ...offer, quantityTonnes: rest })
  }
  assert.is(wanted, 0)
  return { taken, left }
}

market.run()
