import { LANGUAGES, type LanguageCode } from './labels.ts'

/** A language as an element speaks it: the table of words, the tag of `Intl`, the script's direction. */
export type Tongue = {
  readonly code: LanguageCode
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
}

/**
 * The language of the nearest `lang`, over shadow roots; English where there is none that we speak.
 * Numbers, money and dates are the region's (`fr-CA`), in European digits: they are typed here too.
 */
export const tongueOf = (element: Element): Tongue => {
  const asked = nearestLang(element)
  const code = LANGUAGES.find((it) => it === asked.toLowerCase().split(/[-_]/)[0]) ?? 'en'
  const tag = code === 'en' ? 'en-GB' : (supported(asked) ?? code)
  return {
    code,
    tag: /^(ar|hi)/.test(tag) ? `${tag.split('-u-')[0]}-u-nu-latn` : tag,
    direction: code === 'ar' ? 'rtl' : 'ltr',
  }
}

const nearestLang = (element: Element): string => {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    const lang = at instanceof Element ? at.getAttribute('lang') : null
    if (lang !== null) return lang.trim()
  }
  return ''
}

const supported = (tag: string): string | undefined => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0]
  } catch {
    return undefined
  }
}

const listeners = new Set<() => void>()
let observer: MutationObserver | undefined

/** Calls `listen` whenever a `lang` of the document changes, until the function returned is called. */
export const watchLang = (listen: () => void): (() => void) => {
  observer ??= new MutationObserver(() => {
    for (const each of listeners) each()
  })
  if (listeners.size === 0)
    observer.observe(document, { attributeFilter: ['lang'], subtree: true, attributes: true })
  listeners.add(listen)
  return () => {
    listeners.delete(listen)
    if (listeners.size === 0) observer?.disconnect()
  }
}
