import { LANGUAGES } from '@offset-button/contract/words/language'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certificatePdf, pdfLanguage } from '../../../api/certificate/certificate.pdf.ts'
import { settable } from '../../../api/certificate/pdf-fonts.ts'
import { englishIn } from '../pages/foreign.ts'
import { FIVE_THOUSAND, HOSTILE, TWELVE, UNNAMED } from './certificates.ts'
import { pdfPages } from './pdf-text.ts'

const it = suite('certificate PDF')

/** A page's text as one line: words that were set apart stand together again. */
const flat = (page: string | undefined) => (page ?? '').replace(/\s*\n/g, ' ')

it('the same certificate gives the same bytes, another one others', async () => {
  const [one, again, other] = await Promise.all(
    [TWELVE, structuredClone(TWELVE), { ...TWELVE, purpose: 'Boats' }].map((certificate) =>
      certificatePdf(certificate, 'en'),
    ),
  )
  assert.ok(one?.equals(again as Buffer))
  assert.not(one?.equals(other as Buffer))
})

it('twelve tonnes of three projects fit on one page, as text that can be copied', async () => {
  const pages = pdfPages(await certificatePdf(TWELVE, 'en'))
  assert.is(pages.length, 1)
  const text = pages[0] ?? ''
  for (const { blocks, reference, transaction, project } of TWELVE.lines) {
    for (const { start, end } of blocks) assert.match(text, `${start}\n${end}\n`)
    assert.match(text, `${reference}\ntransaction ${transaction}`)
    assert.match(flat(text), project.title)
  }
  for (const words of ['SIMULATED', TWELVE.url, 'Page 1 of 1', 'Riverkeepers Trust (demo)'])
    assert.match(text, words)
})

it('many blocks flow over pages, each with head, number and SIMULATED, and none is lost', async () => {
  const pages = pdfPages(await certificatePdf(FIVE_THOUSAND, 'en'))
  assert.is(pages.length, 3)
  pages.forEach((page, index) => {
    assert.match(page, 'First and last serial number')
    assert.match(page, `Page ${index + 1} of 3`)
    assert.match(page, 'SIMULATED')
  })
  const serials = pages.join('\n').match(/[A-Z]{2}-5-[\d-]+/g)
  assert.equal(
    serials,
    FIVE_THOUSAND.lines.flatMap((line) => line.blocks.flatMap(({ start, end }) => [start, end])),
  )
})

it('Latin, Greek and Cyrillic names are set in their own letters', async () => {
  const text = flat(pdfPages(await certificatePdf(FIVE_THOUSAND, 'en'))[0])
  assert.match(text, 'on behalf of Kärntner Straße Łukasz Ośrodek Жук Ελλάδα . They cannot')
})

it('a script that the fonts lack is not garbled: a sentence stands for it', async () => {
  const text = pdfPages(await certificatePdf(HOSTILE, 'en'))[0] ?? ''
  assert.match(
    text.replaceAll('\n', ''),
    '(in a script that this PDF cannot set; see the certificate’s page)',
  )
  assert.not.match(text, '\ufffd')
  for (const name of ['河川信託', 'قوارب', 'नदी', 'Rivers 🌊'])
    assert.is(settable(name, 'strong', '(unset)'), '(unset)')
  assert.is(settable('Jose\u0301 \u202eabc', 'strong', '(unset)'), 'José abc')
})

it('a word wider than the page stays on it', async () => {
  const text = pdfPages(await certificatePdf(HOSTILE, 'en'))[0]?.replaceAll('\n', '') ?? ''
  assert.match(text, 'Donaudampfschiff'.repeat(5))
})

it('what is real says nothing of simulation', async () => {
  assert.not.match(pdfPages(await certificatePdf(UNNAMED, 'en')).join(), /SIMULATED|DEMO/)
})

it('title, language and dates are the certificate’s', async () => {
  const file = (await certificatePdf(TWELVE, 'en')).toString('latin1')
  assert.match(file, '/Lang (en)')
  assert.match(file, '/DisplayDocTitle true')
  assert.match(file, '(D:20261123140242Z)')
  assert.match(file, `(Certificate ${TWELVE.id}: 12 tonnes cancelled \\(SIMULATED\\))`)
})

it('in the languages that its fonts have it is told in them, on one page, with the sentence as issued', async () => {
  for (const [code, headline, named] of [
    ['fr', '12 tonnes, annulées pour de bon', 'au nom de Riverkeepers Trust (demo)'],
    ['es', '12 toneladas, canceladas para siempre', 'en nombre de Riverkeepers Trust (demo)'],
    ['de', '12 Tonnen, endgültig gelöscht', 'im Namen von Riverkeepers Trust (demo)'],
    ['pt', '12 toneladas, canceladas para sempre', 'em nome de Riverkeepers Trust (demo)'],
  ] as const) {
    const bytes = await certificatePdf(TWELVE, code)
    const pages = pdfPages(bytes)
    assert.is(pages.length, 1, code)
    const text = flat(pages[0])
    for (const words of [headline, named, TWELVE.statement]) assert.match(text, words)
    assert.match(bytes.toString('latin1'), `/Lang (${code})`)
    assert.equal(englishIn(text.replace(TWELVE.statement, ''), code), [])
  }
})

it('for a reader of a script that its fonts lack it is the English one', () => {
  const set = LANGUAGES.map((code) => pdfLanguage(code))
  assert.equal(set, ['en', 'fr', 'es', 'de', 'pt', 'en', 'en', 'en'])
})

it('a line of more blocks than a page holds goes on below the head of the next', async () => {
  const blocks = Array.from({ length: 60 }, (_, index) => {
    const serial = `UG-5-${1000 + 10 * index}-2-2-0-3017`
    return { start: serial, end: serial }
  })
  const [line] = TWELVE.lines
  assert.ok(line)
  const long = { ...TWELVE, quantity_tonnes: 60, lines: [{ ...line, quantity_tonnes: 60, blocks }] }
  const pages = pdfPages(await certificatePdf(long, 'en'))
  assert.ok(pages.length > 2)
  assert.match(flat(pages[1]), 'Tonnes project 3017, continued VC118/2026 UG-5-')
  const serials = pages.join('\n').match(/UG-5-[\d-]+/g)
  assert.equal(
    serials,
    blocks.flatMap(({ start, end }) => [start, end]),
  )
})

it('a certificate that cannot be drawn rejects, and the next one is drawn', async () => {
  const lines = TWELVE.lines.map((line) => ({ ...line, blocks: [{ start: 'x', end: 'y' }] }))
  await certificatePdf({ ...TWELVE, lines }, 'en').then(
    () => assert.unreachable(),
    (error) => assert.match(error.message, 'a certificate holds the serial block x … y'),
  )
  assert.ok((await certificatePdf(UNNAMED, 'en')).length > 1000)
})

it.run()
