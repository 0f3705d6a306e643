import { verified } from './load-chunk.ts'

// The build writes the files and their hashes where %sri:…% stands, and the hashed names into the imports.
// Imports stand alone here: tsc rewrites their extensions only in a file that it otherwise leaves as it is.

/** The panel, up to the first quote. */
export const loadPanel = () => verified('%sri:panel/panel%', () => import('./panel/panel.ts'))

/** Where the words of each language are. */
export const loadTongues = () =>
  verified('%sri:languages/tongues%', () => import('./languages/tongues.ts'))

/** All attributes, and what is wrong with them: for a page that uses more than the plain ones, or has a fault. */
export const loadSettings = () => verified('%sri:settings%', () => import('./settings.ts'))
