/**
 * Writes what editors, frameworks and language models read of the elements, from their class
 * comments: custom-elements.json, typings for React and Vue, llms.txt. With `--check` it writes
 * nothing, and fails where a file is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const { description, version } = JSON.parse(readFileSync(here('package.json'), 'utf8'))
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
/** Attributes that HTML has already, or that are read only as attributes. */
const OWN = new Set(['lang', 'id', 'name'])
/** What frameworks keep for themselves, or HTML types already. */
const KEPT = new Set(['id', 'lang', 'key'])

/** What the class comment in a file says of its element. `file` is the module's path without its ending. */
function elementOf(file, superclass) {
  const source = readFileSync(here(`${file}.ts`), 'utf8')
  const tag = file.replace(/^.*\//, '')
  const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*@tag ${tag}\\n[\\s\\S]*?)\\*/`).exec(
    source,
  )?.[1]
  if (!comment) throw new Error(`No class comment in ${file}.ts names @tag ${tag}.`)
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
  /** The rows of a tag: type, name, description. */
  const rows = (word) =>
    lines
      .map((line) =>
        new RegExp(`^@${word} (?:\\{((?:[^{}]|\\{[^}]*\\})*)\\} )?(?:([\\w-]+) )?- (.*)$`).exec(
          line,
        ),
      )
      .filter((match) => match !== null)
      .map(([, type, name = '', text = '']) => ({ type, name, description: text }))
  const inSource = (pattern) =>
    [...source.matchAll(pattern)].map(([, text = '', name = '', type = '']) => ({
      name,
      description: text,
      type,
    }))
  return {
    file,
    tag,
    superclass,
    className: camel(`-${tag}`),
    summary: lines
      .slice(0, lines.indexOf(`@tag ${tag}`))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
    attributes: rows('attr'),
    events: rows('fires'),
    slots: rows('slot'),
    parts: rows('csspart'),
    properties: rows('cssprop'),
    states: rows('cssstate'),
    methods: inSource(
      / {2}\/\*\* ([^*]*) \*\/\n {2}(?:async )?(open|close|reset)\(\): ([^{]+) \{/g,
    ),
    getters: inSource(/ {2}\/\*\* ([^*]*) \*\/\n {2}get (\w+)\(\): ([^{]+) \{/g),
  }
}

const ELEMENTS = [
  elementOf('offset-button', 'ReactiveElement'),
  elementOf('market/offset-market', 'LitElement'),
  elementOf('counter/offset-counter', 'LitElement'),
  elementOf('certificate/offset-certificate', 'LitElement'),
]
const [BUTTON, ...SMALL] = ELEMENTS

const fieldTypeOf = (type) =>
  type === 'boolean'
    ? 'boolean | undefined'
    : `${type === 'number' ? 'string | number' : 'string'} | null | undefined`
const untyped = (rows) => rows.map(({ name, description: text }) => ({ name, description: text }))
const typed = (rows) =>
  rows.map(({ name, type, description: text }) => ({
    name,
    type: { text: type },
    description: text,
  }))

const moduleOf = (element) => ({
  kind: 'javascript-module',
  path: `dist/${element.tag}.js`,
  declarations: [
    {
      kind: 'class',
      name: element.className,
      tagName: element.tag,
      customElement: true,
      superclass: { name: element.superclass, package: 'lit' },
      description: element.summary,
      attributes: element.attributes.map(({ type, name, description: text }) => ({
        name,
        type: { text: type },
        description: text,
        ...(OWN.has(name) ? {} : { fieldName: camel(name) }),
      })),
      members: [
        ...element.attributes
          .filter(({ name }) => !OWN.has(name))
          .map(({ name, description: text, type }) => ({
            kind: 'field',
            name: camel(name),
            type: { text: fieldTypeOf(type) },
            attribute: name,
            description: text,
          })),
        ...element.getters.map(({ name, description: text, type }) => ({
          kind: 'field',
          name,
          type: { text: type },
          readonly: true,
          description: text,
        })),
        ...element.methods.map(({ name, description: text, type }) => ({
          kind: 'method',
          name,
          description: text,
          return: { type: { text: type } },
        })),
      ],
      events: typed(element.events),
      slots: untyped(element.slots),
      cssParts: untyped(element.parts),
      cssProperties: untyped(element.properties),
      cssStates: untyped(element.states),
    },
  ],
  exports: [
    { kind: 'js', name: element.className, declaration: { name: element.className } },
    {
      kind: 'custom-element-definition',
      name: element.tag,
      declaration: { name: element.className },
    },
  ],
})

const typeOf = (type) => (type === 'number' ? 'number | string' : type.replaceAll('|', ' | '))
/** Names of the details stand in the types of the element itself. */
const detailOf = ({ file }, type) =>
  type.replace(/\b(\w+Detail)\b/g, `import('./build/${file}.d.ts').$1`)
const propsOf = ({ attributes, tag, className }) => `/** The attributes of <${tag}>${
  attributes.some(({ name }) => name === 'key')
    ? ', but for `key`, which frameworks keep for themselves'
    : ''
}. */
export interface ${className}Attributes {
${attributes
  .filter(({ name }) => !KEPT.has(name))
  .map(({ name, type, description: text }) => `  /** ${text} */\n  '${name}'?: ${typeOf(type)}`)
  .join('\n')}
}
`
const HEAD = '// Written by manifest.js from the class comments of the elements: change it there.\n'
const shared = ELEMENTS.map(propsOf).join('\n')
const react = `${HEAD}import type { DetailedHTMLProps, HTMLAttributes } from 'react'
${ELEMENTS.map(({ className, file }) => `import type { ${className} } from './build/${file}.d.ts'`).join('\n')}

${shared}
/** React keeps \`key\` for lists: give the publishable key in a \`ref\`, as \`element.key = 'pk_…'\`. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${ELEMENTS.map(
  (
    element,
  ) => `      '${element.tag}': DetailedHTMLProps<HTMLAttributes<${element.className}>, ${element.className}> &
        ${element.className}Attributes & {
${element.events.map(({ type, name }) => `          'on${name}'?: (event: ${detailOf(element, type)}) => void`).join('\n')}
        }`,
).join('\n')}
    }
  }
}
`
const vue = `${HEAD}import type { DefineComponent } from 'vue'

${shared}
/** Vue keeps \`key\` for lists: bind the publishable key as an attribute, \`^key="pk_…"\` or by a ref. */
declare module 'vue' {
  interface GlobalComponents {
${ELEMENTS.map(
  (element) => `    '${element.tag}': DefineComponent<
      ${element.className}Attributes & {
${element.events.map(({ type, name }) => `        on${camel(`-${name}`)}?: (event: ${detailOf(element, type)}) => void`).join('\n')}
      }
    >`,
).join('\n')}
  }
}
`

const list = (items) =>
  items
    .map(
      ({ name, description: text, type }) =>
        `- \`${name || '(default)'}\`${type ? ` (${type})` : ''}: ${text}`,
    )
    .join('\n')
/** Everything that an element has, under headings of a depth; what it has none of is left out. */
const listsOf = (element, depth) =>
  [
    ['Attributes', element.attributes],
    ['Read-only properties', element.getters],
    ['Methods', element.methods],
    ['Events, bubbling and composed', element.events],
    ['Slots', element.slots],
    ['Parts', element.parts],
    ['Custom properties', element.properties],
    ['States', element.states],
  ]
    .filter(([, items]) => items.length > 0)
    .map(([heading, items]) => `${depth} ${heading}\n${list(items)}\n`)
    .join('\n')

const exampleOf = ({ tag, attributes }) =>
  `<script type="module" src="/${tag}.js"></script>
<${tag} ${attributes.some(({ name }) => name === 'key') ? 'key="pk_…"' : 'certificate="…"'} api="https://market.example"></${tag}>`

const llms = `# <offset-button> ${version}

> ${description}.

${BUTTON.summary}

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
Three smaller elements stand beside it, a file each, with Lit in it: ${SMALL.map(({ tag }) => `<${tag}>`).join(', ')}.
They speak the same eight languages.

${listsOf(BUTTON, '##')}
${SMALL.map(
  (element) => `# <${element.tag}>

${element.summary}

\`\`\`html
${exampleOf(element)}
\`\`\`

${listsOf(element, '##')}`,
).join('\n')}`

const files = {
  'custom-elements.json': `${JSON.stringify({ schemaVersion: '1.0.0', modules: ELEMENTS.map(moduleOf) }, null, 2)}\n`,
  'react.d.ts': react,
  'vue.d.ts': vue,
  'llms.txt': llms,
}
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(here(name), text)
  else if (!existsSync(here(name)) || readFileSync(here(name), 'utf8') !== text) {
    console.error(`widget/${name} is not what the class comments say: run npm run manifest.`)
    process.exitCode = 1
  }
}
