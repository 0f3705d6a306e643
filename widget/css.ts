/** Marks a style sheet's text, so that the build can take the white space out of it. */
export const css = String.raw

const sheets = new Map<string, CSSStyleSheet>()

/** The texts as style sheets, each parsed once a page. A policy against inline styles lets them through. */
export const sheetsOf = (texts: readonly string[]): CSSStyleSheet[] =>
  texts.map((text) => {
    const known = sheets.get(text)
    if (known) return known
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    sheets.set(text, sheet)
    return sheet
  })
