import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOOD_CARD, setStage } from './support/stage.ts'
import { tagOf } from './support/tag.ts'

const languages = suite('languages on a page')
const stage = await setStage(languages)
const { api } = stage

const arriveIn = (lang: string, attributes = 'tonnes="12"') =>
  stage.arrive('', { body: `<div lang="${lang}">${tagOf(api.origin, attributes)}</div>` })

const SAID = [
  ['fr', 'Compenser 12 tonnes', 'Combien ?', '39,76 $US'],
  ['es', 'Compensar 12 toneladas', '¿Cuánto?', '39,76 US$'],
  ['de-AT', '12 Tonnen ausgleichen', 'Wie viel?', '39,76'],
  ['pt-BR', 'Compensar 12 toneladas', 'Quanto?', '39,76'],
  ['ar', 'عادِل 12 طنًا', 'كم؟', '39.76'],
  ['zh-Hans', '抵消 12 吨', '多少？', '39.76'],
  ['hi', '12 टन ऑफ़सेट करें', 'कितना?', '39.76'],
  ['sw', 'Offset 12 tonnes', 'How much?', 'US$39.76'],
] as const
for (const [lang, label, title, price] of SAID)
  languages(`the nearest lang decides, and only its words are fetched: ${lang}`, async () => {
    const v = await arriveIn(lang)
    await v.sees(label)
    await v.open()
    await v.sees(title)
    await v.sees(price)
    const words = api.requests.map((it) => it.path).filter((it) => /^\/offset-\w\w-/.test(it))
    assert.is(words.length, 1)
  })

languages('a lang that changes is followed, on the button and in the open panel', async () => {
  const v = await arriveIn('fr')
  await v.sees('Compenser 12 tonnes')
  await v.open()
  await v.sees('Combien ?')
  await v.page.$eval('[lang]:not(html)', (it) => it.setAttribute('lang', 'de'))
  await v.sees('Wie viel?')
})

languages('two on a page speak each its own', async () => {
  const v = await stage.arrive('', {
    body: `${tagOf(api.origin, 'tonnes="12" lang="de"')}<offset-button id="two" lang="es" key="pk_1" api="${api.origin}"></offset-button>`,
  })
  await v.sees('12 Tonnen ausgleichen')
  const other = await v.page.$eval('#two', (it) => it.shadowRoot?.textContent)
  assert.match(other ?? '', 'Compensar 1 tonelada')
})

languages(
  'Arabic reads from right to left on any page; money keeps its own direction',
  async () => {
    const v = await arriveIn('ar')
    await v.open()
    await v.sees('39.76')
    const seen = await v.page.$eval('offset-button', (it) => {
      const panel = it.shadowRoot?.querySelector('.panel')
      return {
        direction: panel && getComputedStyle(panel).direction,
        money: [...(panel?.querySelectorAll('bdi') ?? [])].map((bdi) => bdi.dir),
      }
    })
    assert.is(seen.direction, 'rtl')
    assert.ok(seen.money.length > 0 && seen.money.every((dir) => dir === 'ltr'))
  },
)

/** Where the words begin and end in a line, from left to right. */
const placesOf = (v: Awaited<ReturnType<typeof arriveIn>>, selector: string, parts: string[]) =>
  v.page.$eval(
    `offset-button >>> ${selector}`,
    (it, parts) => {
      const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT)
      const nodes: Text[] = []
      while (walker.nextNode()) nodes.push(walker.currentNode as Text)
      return parts.map((part) => {
        const node = nodes.find((text) => text.data.includes(part))
        const range = document.createRange()
        const start = node?.data.indexOf(part) ?? 0
        range.setStart(node as Text, start)
        range.setEnd(node as Text, start + part.length)
        return range.getBoundingClientRect().left
      })
    },
    parts,
  )

languages(
  'in Arabic a sum reads from right to left, and each of its dollars from left',
  async () => {
    const v = await arriveIn('ar')
    await v.open()
    await v.sees('39.76')
    await v.press('عرض السعر')
    await v.page.waitForSelector('offset-button >>> .calculation')
    const [tonnes = 0, times = 0, amount = 0, sign = 0] = await placesOf(v, '.calculation', [
      '3',
      '×',
      '3.08',
      'US',
    ])
    assert.ok(tonnes > times && times > amount && sign > amount, `${[tonnes, times, amount, sign]}`)
    const facts = await v.page.$eval('offset-button >>> .facts', (it) => it.textContent)
    assert.match(facts ?? '', 'أوغندا، طاقة مائية، 2014')
    const [title, edge] = await v.page.$eval('offset-button >>> .fills .name', (it) => {
      const range = document.createRange()
      range.selectNodeContents(it)
      return [range.getBoundingClientRect().right, it.getBoundingClientRect().right]
    })
    assert.is(Math.round(title ?? 0), Math.round(edge ?? 1))
  },
)

languages(
  'in Arabic dollars that are ready to take, and the sign at the field, are not turned',
  async () => {
    const v = await arriveIn('ar', 'budget="50"')
    await v.open()
    await v.page.waitForSelector('offset-button >>> .currency')
    const [letters = 0, sign = 0] = await placesOf(v, '.currency', ['US', '$'])
    assert.ok(letters < sign)
    const [amount = 0, dollars = 0] = await placesOf(v, '.chip', ['10', 'US'])
    assert.ok(amount < dollars)
  },
)

languages('a decimal comma and Arabic digits are understood as they are typed', async () => {
  const german = await arriveIn('de', 'budget="50"')
  await german.open()
  await german.sees('Kauft 15 t')
  await german.type('49,80')
  await german.sees('Kauft 15 t')
  await german.type('1.000,50')
  await german.sees('Kauft 299 t')
  const arabic = await arriveIn('ar')
  await arabic.open()
  await arabic.sees('39.76')
  await arabic.type('١٣')
  await arabic.sees('43.10')
})

languages('the consent is kept in the language in which it was given', async () => {
  const v = await arriveIn('fr')
  await v.open()
  await v.press('Voir le devis')
  await v.press('Passer au paiement')
  await v.sees('définitive')
  await v.card(GOOD_CARD)
  await v.tick()
  await v.press('Payer')
  await v.sees('annulées pour de bon')
  const { consent } = JSON.parse(stage.ordersSent()[0]?.body ?? '{}')
  assert.is(consent.language, 'fr')
  assert.match(consent.text, /^Je comprends que l’annulation de ces 12 crédits est définitive\./)
})

languages.run()
