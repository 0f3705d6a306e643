import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOOD_CARD, setStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const accessibility = suite('accessibility')
const stage = await setStage(accessibility)
const { api } = stage

const quote = async (v: Visitor) => {
  await v.open()
  await v.sees('US$39.76')
  await v.press('See the quote')
  await v.sees('Continue to payment')
}

accessibility('the whole purchase can be made with the keyboard alone', async () => {
  const v = await stage.arrive()
  await v.sees('Offset 12 tonnes')
  const { keyboard } = v.page
  const tabTo = async (words: string) => {
    for (let presses = 0; presses < 40; presses++) {
      await keyboard.press('Tab')
      if ((await v.focused())?.includes(words)) return
    }
    throw new Error(`The keyboard does not reach “${words}”.`)
  }
  await tabTo('Offset 12 tonnes')
  await keyboard.press('Enter')
  await v.sees('How much?')
  await tabTo('amount')
  await keyboard.press('End')
  await keyboard.press('Backspace')
  await keyboard.type('3')
  await v.sees('US$43.10')
  await keyboard.press('Enter')
  await v.sees('13 UN carbon credits')
  await tabTo('Continue to payment')
  await keyboard.press('Enter')
  await v.sees('Pay US$43.10')
  const frame = await v.page.waitForSelector('[slot=payment] iframe')
  await (await (await frame?.contentFrame())?.waitForSelector('#number'))?.focus()
  await keyboard.type(GOOD_CARD)
  await tabTo('consent')
  await keyboard.press('Space')
  await tabTo('Pay US$43.10')
  await keyboard.press('Enter')
  await v.sees('13 tonnes, cancelled for good')
})

accessibility('arrow keys move between tonnes and budget', async () => {
  const v = await stage.arrive()
  await v.open()
  // Whoever presses a tab waits for what draws it; the keys are there from then on.
  await v.press('Budget')
  await v.sees('The most you want to spend')
  await v.page.keyboard.press('ArrowLeft')
  await v.sees('Whole tonnes only.')
  assert.is(await v.focused(), 'tab-tonnes')
  await v.page.keyboard.press('ArrowRight')
  await v.sees('The most you want to spend')
  assert.is(await v.focused(), 'tab-budget')
})

accessibility(
  'nothing scrolls sideways at 320 pixels, from left to right or from right to left',
  async () => {
    for (const dir of ['ltr', 'rtl'] as const)
      for (const attributes of ['tonnes="12"', 'budget="50"', 'tonnes="9000"']) {
        const v = await stage.arrive(attributes, { dir }, 320)
        await v.open()
        for (const step of ['See the quote', 'Continue to payment']) {
          await v.press(step)
          await v.stands()
          const wide = await v.page.$eval('offset-button', (it) =>
            [...(it.shadowRoot?.querySelectorAll('.body, .foot, .head') ?? [])]
              .filter((part) => part.scrollWidth > part.clientWidth)
              .map((part) => part.className),
          )
          assert.equal(wide, [], `${dir} ${attributes} ${step}`)
        }
        await v.close()
      }
  },
)

accessibility('what is pressed is at least 44 pixels high, or 36 with room around it', async () => {
  const v = await stage.arrive()
  await quote(v)
  const low = await v.page.$eval('offset-button', (it) =>
    [...(it.shadowRoot?.querySelectorAll<HTMLElement>('button, summary, .act') ?? [])]
      .filter((target) => target.checkVisibility() && !target.matches('.link'))
      .filter((target) => target.getBoundingClientRect().height < 36)
      .map((target) => target.outerHTML),
  )
  assert.equal(low, [])
})

accessibility('with less motion nothing moves', async () => {
  const v = await stage.arrive()
  await v.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  await quote(v)
  const moving = await v.page.$eval(
    'offset-button',
    (it) =>
      (it.shadowRoot?.getAnimations() ?? []).filter(
        (animation) => animation.playState === 'running',
      ).length,
  )
  assert.is(moving, 0)
})

accessibility('each step of the registry is told to a screen reader', async () => {
  api.reset({ stepMs: 250 })
  const v = await stage.arrive()
  await quote(v)
  await v.page.evaluate(() => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    const root = document.querySelector('offset-button')?.shadowRoot
    const listen = () => {
      const text = root?.querySelector('.panel [aria-live=polite]')?.textContent?.trim()
      if (text && said.at(-1) !== text) said.push(text)
    }
    const all = { subtree: true, childList: true, characterData: true }
    if (root) new MutationObserver(listen).observe(root, all)
  })
  await v.press('Continue to payment')
  await v.card(GOOD_CARD)
  await v.tick()
  await v.press('Pay US$39.76')
  await v.sees('cancelled for good')
  const said = await v.page.evaluate(() => (globalThis as unknown as { said: string[] }).said)
  for (const sentence of ['Registry checked the credits: all in order', 'Card charged US$39.76'])
    assert.ok(said.includes(sentence), said.join(' | '))
})

accessibility.run()
