import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { minify } from 'terser'
import ts from 'typescript'

/**
 * Two builds. The first makes the hashed chunks: the panel, its later steps, the words. The second
 * makes the entry, which knows the chunks by name and hash and shares no file with them: whatever
 * address a page gives to the entry, no chunk imports it. The small elements follow, a build each.
 */

/** Of each language, the words up to the first price. */
const WORDS = readdirSync(new URL('languages', import.meta.url)).filter((it) =>
  /^[a-z]{2}\.ts$/.test(it),
)
const CHUNKS = ['panel/panel', 'settings', ...WORDS.map((it) => `languages/${it.slice(0, -3)}`)]
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
/** The finished chunks by name: their files and hashes, with what they import at once. */
const finished = new Map()

/** The types go, file by file, and nothing is checked: `npm run types` does that. The builds share what was made. */
const eraseTypes = {
  name: 'erase-types',
  transform: (code, id) => {
    if (!id.endsWith('.ts')) return null
    const known = erased.get(id)
    if (known?.code === code) return { code: known.js, map: null }
    const { outputText: js } = ts.transpileModule(code, { fileName: id, compilerOptions })
    erased.set(id, { code, js })
    return { code: js, map: null }
  },
}

const erased = new Map()
const { options: compilerOptions } = ts.getParsedCommandLineOfConfigFile(
  fileURLToPath(new URL('tsconfig.json', import.meta.url)),
  // Rollup finds the files by the names that stand in the sources.
  { rewriteRelativeImportExtensions: false },
  ts.sys,
)

/** White space in style sheets and templates means nothing more than one space; only the bundle loses it. */
const shortTemplates = {
  name: 'short-templates',
  transform: (code, id) => {
    if (id.endsWith('.css.ts')) return { code: shortCss(code), map: null }
    return nameOf(id).startsWith('panel/')
      ? {
          code: code
            .replace(/\n\s+/g, '\n')
            .replace(/>\n(?=[<$])|(?<=})\n(?=<)/g, (it) => it.trim()),
          map: null,
        }
      : null
  },
}

const shortCss = (code) =>
  code.replace(/css `([^`]*)`|css`([^`]*)`/g, (_, a, b) => {
    const short = (a ?? b)
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,>]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/\( | (?=\))| ?\/ ?/g, (it) => it.trim())
      .replace(/;}/g, '}')
      .replace(/([\s:,(-])0\./g, '$1.')
      .trim()
    return `css\`${short}\``
  })

/** Chunks carry a hash in their names: those of an earlier build go. */
const emptyFolder = {
  name: 'empty-folder',
  buildStart: () => {
    rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })
    finished.clear()
  },
}

/** Writes the files of each later import and their hashes into the chunk that fetches it, and notes all. */
const integrity = {
  name: 'integrity',
  generateBundle: (_, bundle) => {
    const byModule = new Map()
    for (const chunk of Object.values(bundle))
      for (const id of chunk.moduleIds) byModule.set(nameOf(id), chunk)
    const done = new Map()
    const finish = (chunk) => {
      const known = done.get(chunk.fileName)
      if (known) return known
      const own = closureOf(bundle, chunk)
      chunk.code = chunk.code.replace(/%sri:([\w./-]+)%/g, (_, name) => {
        const target = byModule.get(name)
        if (!target) throw new Error(`No chunk is made of ${name}.`)
        const files = [...closureOf(bundle, target)].filter((file) => !own.has(file))
        return files.map((file) => listed(file, finish(bundle[file]))).join(' ')
      })
      done.set(chunk.fileName, hashOf('sha256', chunk.code))
      return done.get(chunk.fileName)
    }
    for (const chunk of Object.values(bundle)) finish(chunk)
    for (const [name, chunk] of byModule) {
      const files = [...closureOf(bundle, chunk)].map((file) => listed(file, done.get(file)))
      finished.set(name, files.join(' '))
    }
  },
}

/** True where the module is fetched at once with the one of this name. */
const reaches = (getModuleInfo, name, id) => {
  const found = new Set([fileURLToPath(new URL(`${name}.ts`, import.meta.url))])
  for (const each of found) for (const next of getModuleInfo(each).importedIds) found.add(next)
  return found.has(id)
}

const closureOf = (bundle, chunk, found = new Set()) => {
  if (found.has(chunk.fileName)) return found
  found.add(chunk.fileName)
  for (const file of chunk.imports) if (bundle[file]) closureOf(bundle, bundle[file], found)
  return found
}

/** A file as ./load-chunk.ts reads it: what all names and hashes share is left out. */
const listed = (file, hash) =>
  `${file.slice('offset-'.length, -'.js'.length)}=${hash.slice('sha256-'.length, -1)}`

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
/** The words of the button are the contract's: `words/fr`. */
const nameOf = (id) =>
  id
    .replace(FOLDER, '')
    .replace(/^.*\/contract\/(?=words\/)/, '')
    .replace(/\.ts$/, '')
const hashOf = (kind, text) => `${kind}-${createHash(kind).update(text).digest('base64')}`

/** In the entry: chunks are other files, known by name and hash, and imported by that name. */
const knownChunks = {
  name: 'known-chunks',
  transform: (code) => ({
    code: code.replace(
      /%sri:([\w./-]+)%', \(\) => import\('[^']+'\)/g,
      (_, name) => `${finished.get(name)}'`,
    ),
    map: null,
  }),
  /** The same entry under a name of its version, and what a page may write into `integrity`. */
  writeBundle: (options, bundle) => {
    const [entry] = Object.values(bundle)
    const versioned = `offset-button.${version}.js`
    copyFileSync(`${options.dir}/${entry.fileName}`, `${options.dir}/${versioned}`)
    copyFileSync('offset-button.css', `${options.dir}/offset-button.css`)
    copyFileSync(new URL('LICENSE', import.meta.resolve('lit')), `${options.dir}/licenses.txt`)
    const sri = { [versioned]: hashOf('sha384', entry.code) }
    writeFileSync(`${options.dir}/integrity.json`, `${JSON.stringify(sri, null, 2)}\n`)
  },
}

/** The small elements: one file each, Lit included, so that one hash vouches for all of it. */
const SMALL = ['market', 'counter', 'certificate']

/** The same file under a name of its version, and its hash beside that of the button. */
const versioned = {
  name: 'versioned',
  writeBundle: (options, bundle) => {
    const list = `${options.dir}/integrity.json`
    const sri = JSON.parse(readFileSync(list, 'utf8'))
    for (const { code, fileName } of Object.values(bundle)) {
      const name = fileName.replace(/\.js$/, `.${version}.js`)
      copyFileSync(`${options.dir}/${fileName}`, `${options.dir}/${name}`)
      sri[name] = hashOf('sha384', code)
    }
    writeFileSync(list, `${JSON.stringify(sri, null, 2)}\n`)
  },
}

/**
 * What Lit asks of its surroundings is known here, so that what it would do elsewhere need not be sent: every browser with
 * `light-dark` and `:state()` adopts style sheets, nobody brings a polyfill, and no class here has decorators, for which Lit
 * would leave marks on the page's globals. The same goes for what Lit offers and no element here uses. Fails where Lit asks
 * otherwise, or where a source of ours uses what goes.
 */
const KNOWN = {
  'reactive-element.js': [
    [/\w\.reactiveElementPolyfillSupport/, 'void 0'],
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{.*?elementProperties\.set\(\w,\w\)\}/, ''],
    [/,\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/static addInitializer\(\w\)\{.*?\}/, ''],
    [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/, ''],
    [/,void 0!==\w\.l&&\(this\.l=\[\.\.\.\w\.l\]\)/, ''],
    [/removeController\(\w\)\{.*?\}/, ''],
    [/this\._\$EO\?\.forEach\(\w=>\w\.hostUpdate\?\.\(\)\),/, ''],
    [/this\._\$EO\?\.forEach\(\w=>\w\.hostUpdated\?\.\(\)\),/, ''],
    [/case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/, ''],
    [/case Object:case Array:try\{.*?\}catch\(\w\)\{\w=null\}/, ''],
    [/case Number:\w=null===\w\?null:Number\(\w\);break;/, ''],
    [/(?<==)(\w)\?\?this\._\$Ej\?\.get\(\w\)\?\?\1/, '$1'],
    [/\w&&!\(this\._\$Ej\?\?=new Map\)\.has\(\w\)&&\(.*?\)\|\|(?=\(this\._\$AL)/, ''],
    [/\w=\w\?\w\.emptyScript:""/, (it) => `${it[0]}=""`],
    [/\(void 0!==(\w)\.converter\?\.toAttribute\?\1\.converter:(\w)\)/, '$2'],
    [/"function"==typeof (\w)\.converter\?.*?\1\.converter:(?=\w)/, ''],
    [/static finalizeStyles\(\w\)\{.*?return \w\}/, ''],
    [/this\.finalizeStyles\(this\.styles\)/, 'this.styles'],
    [
      /return \w\((\w),(this\.constructor\.elementStyles)\),\1/,
      'return $1.adoptedStyleSheets=$2,$1',
    ],
    [/void 0!==\w&&!0===(?=\w\.reflect)/, ''],
    [/\{useDefault:\w,reflect:/, '{reflect:'],
    [/(?<=this\.hasUpdated\|\|)\w\|\|/, ''],
    [/\{attribute:!0,type:String,.*?\}/, '{}'],
    [/\[\.\.\.(\w\(\w\)),\.\.\.\w\(\w\)\](?=;for\(const \w of \w\)this\.createProperty)/, '$1'],
    [/void 0!==(\w)&&(?=this\._\$Em!==\1)/, ''],
    [/void 0!==(\w)&&(?=this\._\$Eh\.set\(\1,)/, ''],
    [
      /!1===(\w)\?void 0:("string"==typeof \1\?\1:)"string"==typeof (\w)\?\3\.toLowerCase\(\):void 0/,
      '$2$3.toLowerCase()',
    ],
    [
      /(?<=try\{)\w=this\.shouldUpdate\((\w)\),\w\?\((.*?)\):.*?\}catch\((\w)\)\{throw \w=!1,(.*?)\}\w&&/,
      '$2}catch($3){throw $4}',
    ],
    [/\w\.state&&\(\w\.attribute=!1\),/, ''],
    [/,this\.prototype\.hasOwnProperty\(\w\)&&\(\(\w=Object\.create\(\w\)\)\.wrapped=!0\)/, ''],
    [/!\w\.noAccessor/, '!0'],
    [
      /,\w=this\.getPropertyDescriptor\((\w),(\w),(\w)\);void 0!==\w&&(\w\(this\.prototype,\1),\w\)/,
      ';$4,{get(){return this[$2]},set(_){const old=this[$2];this[$2]=_,this.requestUpdate($1,old,$3)},configurable:!0,enumerable:!0})',
    ],
    [/static getPropertyDescriptor\(.*?enumerable:!0\}\}/, ''],
    [
      /(?<=requestUpdate\(\w,(\w),\w),\w=!1,\w(\)\{if\(void 0!==(\w)\)\{).*?\.hasChanged\?\?(\w)\).*?return;/,
      '$2if(!$4(this[$3],$1))return;',
    ],
    [/const \w=this\.constructor\.elementProperties;if\(\w\.size>0\)for\(.*?this\.C\(.*?\)\}/, ''],
    [/,wrapped:\w\},\w\)/, '},)'],
    [/shouldUpdate\(\w\)\{.*?\}/, ''],
    [/this\.hasUpdated\|\|\(this\.hasUpdated=!0,.*?,this\.updated\(\w\)/, 'this.hasUpdated=!0'],
    [/updated\(\w\)\{\}firstUpdated\(\w\)\{\}/, ''],
    [/return this\.getUpdateComplete\(\)\}getUpdateComplete\(\)\{/, ''],
    [/const \w=this\.scheduleUpdate\(\);.*?(?=!this\.isUp)/, 'return this.performUpdate(),'],
    [/scheduleUpdate\(\)\{.*?\}/, ''],
  ],
}
/** Left out with the questions above; texts, numbers and lists as attributes are read by the elements themselves. */
const UNUSED =
  /\b(addInitializer|removeController|hostUpdated?|shouldUpdate|firstUpdated|updated|scheduleUpdate|getUpdateComplete)\(|\b(noAccessor|useDefault|converter|hasChanged|attribute: false|state: true|type: (Number|Object|Array))\b/
const knownSurroundings = {
  name: 'known-surroundings',
  transform: (code, id) => {
    const [unused] = (!id.includes('/node_modules/') && UNUSED.exec(code)) || []
    if (unused) throw new Error(`${id} uses ${unused} of Lit, which is left out.`)
    const [, file] = /@lit\/reactive-element\/([\w-]+\.js)$/.exec(id) ?? []
    const known = KNOWN[file] ?? []
    for (const [question] of known)
      if (!question.test(code)) throw new Error(`${id} no longer asks ${question}.`)
    const short = known.reduce((text, [question, answer]) => text.replace(question, answer), code)
    return { code: short, map: null }
  },
}

/** In this process, as it is the same for every build; each call gets settings of its own to write into. */
const shortWith = (names) => ({
  name: 'short',
  renderChunk: async (code) => {
    const { code: min } = await minify(code, {
      module: true,
      ecma: 2022,
      compress: { passes: 3, keep_fargs: false },
      mangle: { properties: { regex: names } },
      format: { preamble: '/*! Lit, BSD-3-Clause: licenses.txt */', comments: false },
    })
    return { code: min, map: null }
  },
})
const short = shortWith(/^#/)
/** For a file that stands alone: Lit's own inner names, too. */
const shortAlone = shortWith(/^(#|_\$)/)

/** Of a library only what is used: importing one does nothing else. */
const treeshake = { moduleSideEffects: (id) => !id.includes('/node_modules/') }

export default [
  {
    treeshake,
    input: Object.fromEntries(CHUNKS.map((name) => [name.replace(/^.*\//, ''), `${name}.ts`])),
    context: 'globalThis',
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: 'dist',
      format: 'es',
      entryFileNames: 'offset-[name]-[hash].js',
      chunkFileNames: 'offset-[name]-[hash].js',
      hashCharacters: 'base64',
      manualChunks: (id, { getModuleInfo }) => {
        const isOf = (name) => reaches(getModuleInfo, name, id)
        if (isOf('panel/panel')) return 'panel'
        if (isOf('panel/quote')) return 'quote'
        // The order desk comes before every later step of an order: what they share is in its file.
        return isOf('panel/payment') || /\/perfin\.ts$/.test(id) ? 'payment' : undefined
      },
    },
    plugins: [
      emptyFolder,
      eraseTypes,
      shortTemplates,
      nodeResolve({ exportConditions: ['production'] }),
      short,
      integrity,
    ],
  },
  {
    treeshake,
    input: 'offset-button.ts',
    context: 'globalThis',
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].js' },
    plugins: [
      eraseTypes,
      shortTemplates,
      knownSurroundings,
      knownChunks,
      nodeResolve({ exportConditions: ['production'] }),
      shortAlone,
    ],
  },
  ...SMALL.map((name) => ({
    input: `${name}/offset-${name}.ts`,
    context: 'globalThis',
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].js' },
    plugins: [
      eraseTypes,
      shortTemplates,
      knownSurroundings,
      nodeResolve({ exportConditions: ['production'] }),
      shortAlone,
      versioned,
    ],
  })),
]
