import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { violationsOf } from './support/axe.ts'
import { GOOD_CARD, setStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const accessibility = suite('accessibility in each language')
const stage = await setStage(accessibility)

/** Steps by what is on them, not by words: the same way through in each language. */
const press = (v: Visitor, selector: string) =>
  v.page.$eval(`offset-button >>> ${selector}`, (it) => (it as HTMLElement).click())
const reach = (v: Visitor, selector: string) =>
  v.page.waitForSelector(`offset-button >>> ${selector}`)

for (const lang of ['fr', 'es', 'de', 'pt', 'ar', 'zh', 'hi'])
  accessibility(`axe-core finds nothing from the amount to the certificate: ${lang}`, async () => {
    const found: string[] = []
    const v = await stage.arrive(`tonnes="12" lang="${lang}"`, {
      scheme: lang === 'ar' ? 'dark' : 'light',
    })
    const look = async (what: string) => {
      for (const violation of await violationsOf(v)) found.push(`${what}: ${violation}`)
    }
    await look('the button')
    await v.open()
    await reach(v, '.pairs bdi')
    await press(v, '#tab-estimate')
    await reach(v, '.total')
    await look('the estimate')
    await press(v, '#tab-tonnes')
    await reach(v, '.pairs bdi')
    await press(v, '.foot .act')
    await reach(v, '.fills')
    await press(v, '.why summary')
    await reach(v, '.passed')
    await look('the quote')
    await press(v, '.foot .act')
    await reach(v, '#consent')
    await v.card(GOOD_CARD)
    await look('the payment')
    await v.tick()
    await press(v, '.act.final')
    await reach(v, '.blocks')
    await look('the certificate')
    assert.equal(found, [])
    assert.equal(v.problems, [])
  })

accessibility.run()
