import { LANGUAGES, type LanguageCode } from '@offset-button/contract/words/language'

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
  for (let at: Element | undefined = element; at; at = hostOf(at)) {
    const lang = at.closest('[lang]')?.getAttribute('lang')
    if (lang != null) return lang.trim()
  }
  return ''
}

const hostOf = (element: Element): Element | undefined => (element.getRootNode() as ShadowRoot).host

const supported = (tag: string): string | undefined => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0]
  } catch {
    return undefined
  }
}

/** Calls `listen` whenever a `lang` of the document changes, until the observer returned is disconnected. */
export const watchLang = (listen: () => void): MutationObserver => {
  const observer = new MutationObserver(listen)
  observer.observe(document, { attributeFilter: ['lang'], subtree: true })
  return observer
}
