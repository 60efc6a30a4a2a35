import { copyFileSync, mkdirSync } from 'node:fs'
import { posix } from 'node:path'
import { base } from '../.vitepress/pages.js'
import { datacentric, generated, read, write } from './files.js'

const limit = '600'
const page = 'site/generated/index.md'

/** The start page: parts of README.md and docs/score.md, and what the tool makes of the bundled sample. */
export function writeStart() {
  datacentric('enhance', '--dataset', 'samples/fashion-mnist', '--limit', limit, '--out', generated('work', 'out'), '--overwrite', '--quiet')
  mkdirSync(generated('public', 'example'), { recursive: true })
  for (const file of ['contact-sheet.png', 'report.html']) copyFileSync(generated('work', 'out', file), generated('public', 'example', file))
  const readme = read('README.md')
  const [purpose, ...intro] = blocks(readme.slice(readme.indexOf('\n'), readme.indexOf('\n## ')))
  const [, tagline, rest] = /^(.*?\.)\s(.*)$/s.exec(purpose)
  write('index.md', [
    hero(tagline.replace(/\s+/g, ' ').replaceAll('*', '')),
    relinked([rest, ...intro], 'README.md'),
    `<a class="sheet" href="${base}example/contact-sheet.png" target="_self"><img src="/example/contact-sheet.png" alt="Images of Fashion-MNIST: clean, attacked, corrupted"></a>`,
    `Of ${limit} images of the sample: clean, result and difference, [all kinds](${base}example/contact-sheet.png){target=_self}, and [the report](${base}example/report.html){target=_self}.`,
    '## Try it',
    relinked(tryIt(readme), 'README.md'),
    '## What it gains',
    relinked(gains(read('docs/score.md')), 'docs/score.md'),
    relinked(['[More of it](score.md#measured), and [what to choose](choosing.md).'], 'docs/score.md'),
  ].join('\n\n') + '\n')
}

function hero(tagline) {
  return `---
layout: home
hero:
  name: DataCentric.Functions
  tagline: "${tagline}"
  actions:
    - { text: Try it, link: /#try-it, theme: brand }
    - { text: What it gains, link: /#what-it-gains, theme: alt }
    - { text: Gallery, link: /gallery, theme: alt }
---`
}

/** The section up to its second command, and the figures after that. */
function tryIt(readme) {
  const all = blocks(section(readme, 'Try it'))
  const [, second] = [...all.keys()].filter(index => all[index].startsWith('```'))
  return all.slice(0, second + 2)
}

/** What was measured, and of the first table the means over networks, where it has some. */
function gains(score) {
  const all = blocks(section(score, 'Measured'))
  const [head, line, ...rows] = all.find(block => block.startsWith('|')).split('\n').map(row => row.split('|'))
  let set = ''
  const named = rows.map(([before, first, ...others]) => [before, set = first.trim() ? first : set, ...others])
  const means = named.filter(cells => cells[2].trim() === 'mean')
  const shown = means.length ? [head, line, ...means].map(cells => cells.toSpliced(2, 1)) : [head, line, ...rows]
  return [all[0] + (means.length ? ' Means of the networks:' : ''), shown.map(cells => cells.join('|')).join('\n')]
}

/** The text below a heading, up to the next one. */
function section(text, title) {
  const [, , body] = new RegExp(`\\n(#+) ${title}\\n(.*?)(?=\\n#+ |$)`, 's').exec(text) ?? []
  if (!body) throw new Error(`There is no section "${title}".`)
  return body
}

/** Paragraphs, tables and fences. */
const blocks = text => text.match(/```.*?\n```|[^\n]+(?:\n[^\n]+)*/gs)

/** Text of a file with links as the start page needs them. */
function relinked(texts, file) {
  const elsewhere = (whole, link) => /^[a-z]+:/.test(link) ? whole
    : `](${posix.relative(posix.dirname(page), link.startsWith('#') ? file : posix.join(posix.dirname(file), link))}${link.startsWith('#') ? link : ''})`
  return texts.map(text => text.startsWith('```') ? text : text.replace(/\]\(([^)\s]+)\)/g, elsewhere)).join('\n\n')
}
