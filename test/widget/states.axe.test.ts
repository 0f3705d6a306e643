import { LANGUAGES } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { violationsOf } from './support/axe.ts'
import { setStage } from './support/stage.ts'
import { STATES, see } from './support/states.ts'

const states = suite('accessibility of each state')
const stage = await setStage(states)

/** English in light and in dark; each other language in one of them, since words have no colour. */
const LOOKS = LANGUAGES.flatMap((lang, index) =>
  (['light', 'dark'] as const)
    .filter((_, at) => lang === 'en' || at === index % 2)
    .map((scheme) => ({ lang, scheme })),
)

for (const state of STATES)
  states(`axe-core finds nothing in any language and theme: ${state.name}`, async () => {
    const v = await see(stage, state)
    const found: string[] = []
    for (const { lang, scheme } of LOOKS) {
      await v.speaks(lang)
      await v.page.$eval(
        'meta[name=color-scheme]',
        (it, scheme) => it.setAttribute('content', scheme),
        scheme,
      )
      for (const violation of await violationsOf(v, lang !== 'en'))
        found.push(`${lang}, ${scheme}: ${violation}`)
    }
    assert.equal(found, [])
    assert.equal(v.problems, [])
  })

states.run()
