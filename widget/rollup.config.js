import { rmSync } from 'node:fs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

/** White space in style sheets and templates means nothing more than one space; only the bundle loses it. */
const shortTemplates = {
  name: 'short-templates',
  transform: (code, id) =>
    id.endsWith('.css.js') || id.includes('/build/panel/')
      ? { code: code.replace(/\n\s+/g, '\n'), map: null }
      : null,
}

/** Chunks carry a hash in their names: those of an earlier build go. */
const emptyFolder = {
  name: 'empty-folder',
  buildStart: () => rmSync(new URL('dist', import.meta.url), { recursive: true, force: true }),
}

/** The element, and the panel that it fetches when somebody first needs it. */
export default {
  input: 'build/offset-button.js',
  context: 'globalThis',
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'offset-[name]-[hash].js',
  },
  plugins: [
    emptyFolder,
    shortTemplates,
    nodeResolve({ exportConditions: ['production'] }),
    terser({ module: true, ecma: 2022, compress: { passes: 2 } }),
  ],
}
