/**
 * Writes what editors, frameworks and language models read of the element, from its class comment:
 * custom-elements.json, typings for React and Vue, llms.txt. With `--check` it writes nothing, and
 * fails where a file is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const source = readFileSync(here('offset-button.ts'), 'utf8')
const { description, version } = JSON.parse(readFileSync(here('package.json'), 'utf8'))
const comment = /\/\*\*((?:(?!\*\/)[\s\S])*@tag offset-button[\s\S]*?)\*\//.exec(source)?.[1] ?? ''
const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
const summary = lines
  .slice(0, lines.indexOf('@tag offset-button'))
  .join(' ')
  .replace(/\s+/g, ' ')
  .trim()

/** The rows of a tag: type, name, description. */
const rows = (tag) =>
  lines
    .map((line) => new RegExp(`^@${tag} (?:\\{([^}]*)\\} )?(?:([\\w-]+) )?- (.*)$`).exec(line))
    .filter((match) => match !== null)
    .map(([, type = 'string', name = '', text = '']) => ({ type, name, description: text }))

const attributes = rows('attr')
const events = rows('fires')
const methods = [
  ...source.matchAll(/ {2}\/\*\* ([^*]*) \*\/\n {2}(?:async )?(open|close|reset)\(\): ([^{]+) \{/g),
].map(([, text = '', name = '', type = '']) => ({ name, description: text, type }))
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
/** Those that HTML has already, or that are read only as attributes. */
const OWN = new Set(['lang', 'id', 'name'])
const fieldTypeOf = (type) =>
  type === 'boolean'
    ? 'boolean | undefined'
    : `${type === 'number' ? 'string | number' : 'string'} | null | undefined`
const mirrored = attributes.filter(({ name }) => !OWN.has(name))

const manifest = {
  schemaVersion: '1.0.0',
  modules: [
    {
      kind: 'javascript-module',
      path: 'dist/offset-button.js',
      declarations: [
        {
          kind: 'class',
          name: 'OffsetButton',
          tagName: 'offset-button',
          customElement: true,
          superclass: { name: 'ReactiveElement', package: 'lit' },
          description: summary,
          attributes: attributes.map(({ type, name, description: text }) => ({
            name,
            type: { text: type },
            description: text,
            ...(OWN.has(name) ? {} : { fieldName: camel(name) }),
          })),
          members: [
            ...mirrored.map(({ name, description: text, type }) => ({
              kind: 'field',
              name: camel(name),
              type: { text: fieldTypeOf(type) },
              attribute: name,
              description: text,
            })),
            ...methods.map(({ name, description: text, type }) => ({
              kind: 'method',
              name,
              description: text,
              return: { type: { text: type } },
            })),
          ],
          events: events.map(({ type, name, description: text }) => ({
            name,
            type: { text: type },
            description: text,
          })),
          slots: rows('slot').map(({ name, description: text }) => ({ name, description: text })),
          cssParts: rows('csspart').map(({ name, description: text }) => ({
            name,
            description: text,
          })),
          cssProperties: rows('cssprop').map(({ name, description: text }) => ({
            name,
            description: text,
          })),
          cssStates: rows('cssstate').map(({ name, description: text }) => ({
            name,
            description: text,
          })),
        },
      ],
      exports: [
        { kind: 'js', name: 'OffsetButton', declaration: { name: 'OffsetButton' } },
        {
          kind: 'custom-element-definition',
          name: 'offset-button',
          declaration: { name: 'OffsetButton' },
        },
      ],
    },
  ],
}

const typeOf = (type) => (type === 'number' ? 'number | string' : type.replaceAll('|', ' | '))
const props = attributes
  .filter(({ name }) => !['id', 'lang', 'key'].includes(name))
  .map(({ type, name, description: text }) => `  /** ${text} */\n  '${name}'?: ${typeOf(type)}`)
const detail = (type) => type.replace(/(\w+Detail)/, "import('./build/offset-button.d.ts').$1")

const shared = `/** The attributes of <offset-button>, but for \`key\`, which frameworks keep for themselves. */
export interface OffsetButtonAttributes {
${props.join('\n')}
}
`
const react = `// Written by manifest.js from the class comment of offset-button.ts: change it there.
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { OffsetButton } from './build/offset-button.d.ts'

${shared}
/** React keeps \`key\` for lists: give the publishable key in a \`ref\`, as \`element.key = 'pk_…'\`. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'offset-button': DetailedHTMLProps<HTMLAttributes<OffsetButton>, OffsetButton> &
        OffsetButtonAttributes & {
${events.map(({ type, name }) => `          'on${name}'?: (event: ${detail(type)}) => void`).join('\n')}
        }
    }
  }
}
`
const vue = `// Written by manifest.js from the class comment of offset-button.ts: change it there.
import type { DefineComponent } from 'vue'

${shared}
/** Vue keeps \`key\` for lists: bind the publishable key as an attribute, \`^key="pk_…"\` or by a ref. */
declare module 'vue' {
  interface GlobalComponents {
    'offset-button': DefineComponent<
      OffsetButtonAttributes & {
${events.map(({ type, name }) => `        on${camel(`-${name}`)}?: (event: ${detail(type)}) => void`).join('\n')}
      }
    >
  }
}
`
const list = (items, mark = '') =>
  items
    .map(
      ({ name, description: text, type }) =>
        `- \`${mark}${name || '(default)'}\`${type ? ` (${type})` : ''}: ${text}`,
    )
    .join('\n')
const untyped = (tag) =>
  rows(tag).map(({ name, description: text }) => ({ name, description: text }))
const llms = `# <offset-button> ${version}

> ${description}.

${summary}

\`\`\`html
<link rel="stylesheet" href="/offset-button.css">
<script type="module" src="/offset-button.js"></script>
<offset-button key="pk_…" api="https://market.example" tonnes="12">
  <a href="https://market.example/">See the carbon credits on offer</a>
</offset-button>
\`\`\`

The style sheet is optional: it keeps the button's place until its script has come. The files of \`dist/\`
stay side by side. \`offset-button.${version}.js\` is the same entry under its version; \`integrity.json\` has its hash.
A page under Trusted Types allows the policy \`lit-html\`, and \`'allow-duplicates'\` where it has more of Lit.

## Attributes
${list(attributes)}

## Methods
${list(methods)}

## Events, bubbling and composed
${list(events)}

## Slots
${list(untyped('slot'))}

## Parts
${list(untyped('csspart'))}

## Custom properties
${list(untyped('cssprop'))}

## States
${list(untyped('cssstate'))}
`

const files = {
  'custom-elements.json': `${JSON.stringify(manifest, null, 2)}\n`,
  'react.d.ts': react,
  'vue.d.ts': vue,
  'llms.txt': llms,
}
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(here(name), text)
  else if (!existsSync(here(name)) || readFileSync(here(name), 'utf8') !== text) {
    console.error(`widget/${name} is not what the class comment says: run npm run manifest.`)
    process.exitCode = 1
  }
}
