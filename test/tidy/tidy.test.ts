import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const ROOT = join(import.meta.dirname, '../..')
const NOT_OURS = /(^|\/)(node_modules|dist|build|\.git|\.data)(\/|$)/
const MOST_LINES = 400
/** Where somebody's own files are: none of these may stand in what we publish. */
const OWN_PLACES = ['work', 'root', 'home', 'Users'].map((name) => `/${name}/`)

const FILES = globSync('**/*', { cwd: ROOT, exclude: (path) => NOT_OURS.test(path) })
  .filter((file) => /\.[a-z]+$/.test(file))
  .sort()
const SOURCES = FILES.filter((file) => /\.(ts|js|css)$/.test(file))

const tidy = suite('tidy')

tidy('every test file runs its suites', () => {
  const forgotten = SOURCES.filter((file) => file.endsWith('.test.ts')).filter((file) => {
    const names = [...read(file).matchAll(/^(?:export )?const (\w+) = suite\b/gm)]
    const isRun = (name: string): boolean =>
      new RegExp(`^ *${name}\\.run\\(\\)`, 'm').test(read(file))
    const runsOther = /\.run\(\)|[cC]onformance\w*\(/.test(read(file))
    return names.length > 0 ? !names.every(([, name = '']) => isRun(name)) : !runsOther
  })
  assert.equal(forgotten, [])
})

tidy('no test is left out or singled out', () => {
  const marked = SOURCES.filter((file) => file.endsWith('.test.ts')).filter((file) =>
    /^\w+\.(skip|only)\(/m.test(read(file)),
  )
  assert.equal(marked, [])
})

tidy(`no source file has more than ${MOST_LINES} lines`, () => {
  const long = SOURCES.filter((file) => read(file).split('\n').length - 1 > MOST_LINES)
  assert.equal(long, [])
})

tidy('every relative link of a document leads somewhere', () => {
  const broken = FILES.filter((file) => file.endsWith('.md')).flatMap((file) =>
    linksOf(file)
      .filter((link) => !existsSync(join(ROOT, dirname(file), link)))
      .map((link) => `${file}: ${link}`),
  )
  assert.equal(broken, [])
})

tidy('no file names a place on the machine it was written on', () => {
  const named = FILES.filter((file) => /\.(ts|js|css|html|md|json|yml)$/.test(file)).filter(
    (file) => OWN_PLACES.some((place) => new RegExp(`(?<![\\w.@])${place}`).test(read(file))),
  )
  assert.equal(named, [])
})

tidy('the lock names no registry to install from', () => {
  assert.not.match(read('package-lock.json'), /"resolved": "https?:/)
})

tidy('nothing is put off', () => {
  const words = [
    ['TO', 'DO'],
    ['FIX', 'ME'],
  ]
    .map((halves) => halves.join(''))
    .join('|')
  const promising = SOURCES.filter((file) => new RegExp(`\\b(${words})\\b`).test(read(file)))
  assert.equal(promising, [])
})

tidy.run()

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** The paths of links and pictures, without what leads elsewhere and without anchors. */
function linksOf(file: string): readonly string[] {
  return [...read(file).matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^([a-z]+:|#|\/)/.test(link))
    .map((link) => decodeURIComponent(link.split('#')[0] ?? ''))
}
