/**
 * The panel, fetched when somebody first needs it. In a file of its own because tsc rewrites the
 * extension of a dynamic import only in a file that it emits otherwise untouched.
 */
export const loadPanelModule = () => import('./panel/panel.ts')
