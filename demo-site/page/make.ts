import type { Configuration } from '../configuration.ts'
import { BUTTON_SCRIPT } from './button.ts'
import { document } from './document.ts'
import { type Html, html } from './html.ts'
import { OWN } from './own.ts'
import { attributesOf, type Fields, linkWordsOf, snippetOf } from './snippet.js'

type Option = readonly [value: string, name: string]

const TECHNOLOGIES: readonly Option[] = [
  ['hydro', 'Hydro'],
  ['wind', 'Wind'],
  ['solar', 'Solar'],
  ['geothermal', 'Geothermal'],
  ['biomass', 'Biomass'],
]
const LANGUAGES: readonly Option[] = [
  ['', 'That of the page'],
  ['en', 'English'],
  ['fr', 'Français'],
  ['es', 'Español'],
  ['de', 'Deutsch'],
  ['pt', 'Português'],
  ['ar', 'العربية'],
  ['zh', '中文'],
  ['hi', 'हिन्दी'],
]
const COLOURS: readonly Option[] = [
  ['', 'Blue'],
  ['#0d6b63', 'Teal'],
  ['#8a2f5c', 'Plum'],
  ['#9a4a12', 'Rust'],
  ['#3d4450', 'Slate'],
]
const CORNERS: readonly Option[] = [
  ['0px', 'Square'],
  ['', 'Slight'],
  ['22px', 'Round'],
]

/**
 * Settings on the left, the live button and the lines to copy on the right; on a phone the button stays above its settings. Without a script the form asks
 * for the page again.
 */
export function makePage({ apiUrl, publishableKey }: Configuration, fields: Fields): string {
  const market = { api: apiUrl, key: publishableKey }
  const attributes = attributesOf(fields)
  const snippet = snippetOf(fields, market)
  return document(OWN, {
    title: 'Make your button (demo)',
    scripts: [BUTTON_SCRIPT, '/make.js'],
    main: html`<header class="opening"><h1>Make your button</h1>
<p class="lead">Everything but the key may be left out. What you limit here is limited for your visitors too: a filter is never widened.</p></header>
<div class="workbench">
<form class="settings" method="get" action="/make" aria-label="Settings" data-api="${apiUrl}" data-key="${publishableKey}">
<fieldset><legend>Amount to begin with</legend>
<div class="pair">${radio('by', 'tonnes', 'Tonnes', fields.by !== 'budget')}${text('tonnes', 'Tonnes', fields, { mode: 'numeric' })}</div>
<div class="pair">${radio('by', 'budget', 'Budget, US$', fields.by === 'budget')}${text('budget', 'Budget in dollars', fields, { mode: 'decimal' })}</div></fieldset>
<fieldset><legend>Technology</legend><div class="chips">${TECHNOLOGIES.map(([value, name]) => box('technologies', value, name, fields.technologies))}</div></fieldset>
<fieldset><legend>Which projects</legend>
${field('Countries', 'Two letters each, such as KE,UG', text('hosts', '', fields))}
<div class="two">${field('Years from', '', text('vintage-from', '', fields, { mode: 'numeric' }))}${field('to', '', text('vintage-to', '', fields, { mode: 'numeric' }))}</div>
${field('Most for one tonne, US$', '', text('max-price', '', fields, { mode: 'decimal' }))}</fieldset>
<fieldset><legend>On the certificate</legend>
${field('Name', 'Public. Your visitors can change it.', text('beneficiary', '', fields))}
${field('Purpose', '', text('purpose', '', fields))}</fieldset>
<fieldset><legend>Look</legend>
${choice(
  'appearance',
  'Button',
  [
    ['', 'Solid'],
    ['outline', 'Outline'],
    ['plain', 'Plain'],
  ],
  fields,
)}
${choice(
  'size',
  'Height in pixels',
  [
    ['s', '32'],
    ['', '44'],
    ['l', '56'],
  ],
  fields,
)}
${choice(
  'mode',
  'Where',
  [
    ['', 'Opens a panel'],
    ['inline', 'In the page'],
  ],
  fields,
)}
${choice('accent', 'Colour', COLOURS, fields)}
${choice('radius', 'Corners', CORNERS, fields)}
<label class="field"><span>Language</span><select name="lang">${LANGUAGES.map(([value, name]) => html`<option value="${value}"${value === (fields.lang ?? '') ? html` selected` : ''}>${name}</option>`)}</select></label></fieldset>
<p><button type="submit">Show it</button></p>
</form>
<section class="result" aria-labelledby="result">
<div class="preview"><h2 id="result">Your button</h2>
<div class="stage"><offset-button id="made" key="${publishableKey}" api="${apiUrl}"${attributes.map(([name, value]) => html` ${name}="${value}"`)}><a href="${apiUrl}/buy">${linkWordsOf(fields)}</a></offset-button></div>
<p class="faults" role="status"></p></div>
<h2 id="lines">The lines to copy</h2>
<pre class="snippet" tabindex="0" aria-labelledby="lines"><code>${snippet}</code></pre>
<p class="copying"><button type="button" data-copy hidden>Copy</button> <span role="status" class="small"></span></p>
<p class="small">The key is this demo’s, and works on this page only. Yours works on the origins that you have entered for it. Put the files of <code>widget/dist/</code> side by side on your server; the link inside is for visitors without JavaScript.</p>
</section>
</div>`,
  })
}

function radio(name: string, value: string, words: string, isOn: boolean): Html {
  return html`<label class="pick"><input type="radio" name="${name}" value="${value}"${isOn ? html` checked` : ''}><span>${words}</span></label>`
}

function box(name: string, value: string, words: string, chosen = ''): Html {
  const isOn = chosen.split(',').includes(value)
  return html`<label class="chip"><input type="checkbox" name="${name}" value="${value}"${isOn ? html` checked` : ''}><span>${words}</span></label>`
}

/** One of a few, side by side. */
function choice(name: string, legend: string, options: readonly Option[], fields: Fields): Html {
  return html`<div class="field" role="radiogroup" aria-label="${legend}"><span>${legend}</span><div class="chips">${options.map(
    ([value, words]) =>
      html`<label class="chip"><input type="radio" name="${name}" value="${value}"${value === (fields[name] ?? '') ? html` checked` : ''}><span>${words}</span></label>`,
  )}</div></div>`
}

const field = (label: string, hint: string, input: Html): Html =>
  html`<label class="field"><span>${label}</span>${input}${hint === '' ? '' : html`<small>${hint}</small>`}</label>`

function text(
  name: string,
  label: string,
  fields: Fields,
  { mode = 'text' }: { readonly mode?: 'text' | 'numeric' | 'decimal' } = {},
): Html {
  return html`<input type="text" name="${name}" value="${fields[name] ?? ''}" inputmode="${mode}" autocomplete="off"${label === '' ? '' : html` aria-label="${label}"`}>`
}
