import { type Html, html } from './html.ts'
import { dateOf, dayAndMonth, extremes, metres, type Reading, readOnes } from './readings.ts'

/** Pixels; the width is the page's, so horizontal places are percentages and text keeps its size. */
const HEIGHT = 300
const TOP = 34
const BASE = 256
const TOP_LEVEL = 270
/** Between two lines of the grid, above the summer's curve. */
const LOWEST_NOTE = 150
const GRID_LEVELS = [50, 100, 150, 200]

/** The river's level, morning by morning; a missed morning breaks the line and has a tick under it. */
export function levelChart(readings: readonly Reading[]): Html {
  const { highest, lowest } = extremes(readings)
  const across = percentAcross(readings.length)
  const curve = runs(readings).map((run) => linePath(run))
  const water = runs(readings).map((run) => `${linePath(run)}V${BASE}H${run[0]?.day}Z`)
  const missed = readings.filter(({ level }) => level === null)
  const summary = `Highest ${metres(highest.level)} metres on ${dayAndMonth(highest.day)}, lowest ${metres(lowest.level)} metres on ${dayAndMonth(lowest.day)}.`
  return html`<svg class="chart" width="100%" height="${HEIGHT}" role="img" aria-labelledby="chart-title chart-summary">
<title id="chart-title">River level at Low Weir, 1 January to 23 November 2026</title>
<desc id="chart-summary">${summary}</desc>
<g class="grid">${GRID_LEVELS.map((level) => html`<line x2="100%" y1="${y(level)}" y2="${y(level)}"/>`)}</g>
<svg y="0" width="100%" height="${HEIGHT}" viewBox="0 0 ${readings.length - 1} ${HEIGHT}" preserveAspectRatio="none">
<path class="water" d="${water.join('')}"/>
<path class="level" d="${curve.join('')}"/>
</svg>
<line class="base" x2="100%" y1="${BASE}" y2="${BASE}"/>
<g class="missed">${missed.map(({ day }) => html`<line x1="${across(day)}" x2="${across(day)}" y1="${BASE + 3}" y2="${BASE + 10}"/>`)}</g>
<g class="scale">${GRID_LEVELS.map((level) => html`<text x="42%" y="${y(level) - 5}">${metres(level).slice(0, 3)} m</text>`)}</g>
<g class="months">${monthStarts(readings).map((day) => monthLabel(day, across))}</g>
<circle class="mark" cx="${across(highest.day)}" cy="${y(highest.level)}" r="4"/>
<text class="note" x="${across(highest.day)}" dx="10" y="${y(highest.level) + 4}">${noteOf(highest)}</text>
<line class="leader" x1="${across(lowest.day)}" x2="${across(lowest.day)}" y1="${LOWEST_NOTE + 8}" y2="${y(lowest.level)}"/>
<circle class="mark" cx="${across(lowest.day)}" cy="${y(lowest.level)}" r="4"/>
<text class="note" x="${across(lowest.day)}" y="${LOWEST_NOTE}" text-anchor="middle">${noteOf(lowest)}</text>
</svg>`
}

type Run = readonly { readonly day: number; readonly level: number }[]

/** Unbroken rows of mornings. */
function runs(readings: readonly Reading[]): readonly Run[] {
  const found: { day: number; level: number }[][] = []
  for (const reading of readOnes(readings)) {
    const last = found.at(-1)
    if (last?.at(-1)?.day === reading.day - 1) last.push(reading)
    else found.push([reading])
  }
  return found
}

function linePath(run: Run): string {
  return run.map(({ day, level }, index) => `${index === 0 ? 'M' : 'L'}${day} ${y(level)}`).join('')
}

function noteOf({ day, level }: Run[number]): string {
  return `${metres(level)} m, ${dayAndMonth(day, 'short')}`
}

/** Half pixels are enough. */
function y(level: number): number {
  return Math.round((BASE - ((BASE - TOP) * level) / TOP_LEVEL) * 2) / 2
}

function percentAcross(mornings: number): (day: number) => string {
  return (day) => `${((100 * day) / (mornings - 1)).toFixed(2)}%`
}

function monthStarts(readings: readonly Reading[]): readonly number[] {
  return readings.flatMap(({ day }) => (dateOf(day).getUTCDate() === 1 ? [day] : []))
}

/** Short on wide pages, one letter on narrow ones: the style sheet shows one of them. */
function monthLabel(day: number, across: (day: number) => string): Html {
  const name = dateOf(day).toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' })
  return html`<text x="${across(day)}" y="${BASE + 28}"><tspan>${name}</tspan><tspan class="initial">${name.slice(0, 1)}</tspan></text>`
}
