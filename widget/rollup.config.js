import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

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
    sourcemap: true,
  },
  plugins: [
    nodeResolve({ exportConditions: ['production'] }),
    terser({ module: true, ecma: 2022, compress: { passes: 2 } }),
  ],
}
