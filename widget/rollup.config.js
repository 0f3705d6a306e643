import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { minify } from 'terser'
import ts from 'typescript'

/**
 * Two builds. The first makes the hashed chunks: the panel, its later steps, the words. The second
 * makes the entry, which knows the chunks by name and hash and shares no file with them: whatever
 * address a page gives to the entry, no chunk imports it. The small elements follow, a build each.
 */

const CHUNKS = ['panel/panel', 'languages/tongues', 'settings']
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
/** The finished chunks by name: file, hash, and what they import at once. */
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
        return files.map((file) => `${file}=${finish(bundle[file])}`).join(' ')
      })
      done.set(chunk.fileName, hashOf('sha256', chunk.code))
      return done.get(chunk.fileName)
    }
    for (const chunk of Object.values(bundle)) finish(chunk)
    for (const [name, chunk] of byModule) {
      const files = [...closureOf(bundle, chunk)].map((file) => `${file}=${done.get(file)}`)
      finished.set(name, { file: chunk.fileName, files: files.join(' ') })
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

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const nameOf = (id) => id.replace(FOLDER, '').replace(/\.ts$/, '')
const hashOf = (kind, text) => `${kind}-${createHash(kind).update(text).digest('base64')}`

/** In the entry: chunks are other files, known by name and hash. */
const knownChunks = {
  name: 'known-chunks',
  resolveDynamicImport: (specifier, importer) => {
    if (typeof specifier !== 'string') return null
    const name = nameOf(new URL(specifier, `file://${importer}`).pathname)
    return { id: `./${finished.get(name).file}`, external: true }
  },
  transform: (code) => ({
    code: code.replace(/%sri:([\w./-]+)%/g, (_, name) => finished.get(name).files),
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

/** In this process, as it is the same for every build; each call gets settings of its own to write into. */
const short = {
  name: 'short',
  renderChunk: async (code) => {
    const { code: min } = await minify(code, {
      module: true,
      ecma: 2022,
      compress: { passes: 2 },
      mangle: { properties: { regex: /^#/ } },
      format: { preamble: '/*! Lit, BSD-3-Clause: licenses.txt */', comments: false },
    })
    return { code: min, map: null }
  },
}

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
      knownChunks,
      nodeResolve({ exportConditions: ['production'] }),
      short,
    ],
  },
  ...SMALL.map((name) => ({
    input: `${name}/offset-${name}.ts`,
    context: 'globalThis',
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].js' },
    plugins: [
      eraseTypes,
      shortTemplates,
      nodeResolve({ exportConditions: ['production'] }),
      short,
      versioned,
    ],
  })),
]
