import { datacentric, write } from './files.js'

/** A page for each verb, from the tool's own help. */
export function writeOptions() {
  const verbs = rows(sections(datacentric('--help')).Commands).map(([verb]) => verb.split(' ')[0])
  if (verbs.length < 10) throw new Error('The help of the tool lists no verbs.')
  for (const verb of verbs) write(`options/${verb}.md`, page(verb, sections(datacentric('help', verb))))
}

function page(verb, help) {
  const parts = [`# datacentric ${verb}`, text(help.Description.map(line => line.trim()).join(' ')), fence(help.Usage)]
  if (help.Arguments) parts.push('## Arguments', list(help.Arguments))
  parts.push('## Options', list(help.Options))
  if (help.Examples) parts.push('## Examples', ...examples(help.Examples))
  return `${parts.join('\n\n')}\n`
}

/** Options, or what a verb takes besides them, each with what it does and its default. */
function list(lines) {
  return `<dl class="options">\n${rows(lines).map(entry).join('\n')}\n</dl>`
}

function entry([name, what]) {
  const [, before, byDefault, after] = /^(.*?) ?(?:\[default: (.*?)\](?= One of |$)(.*))?$/.exec(what)
  const words = name.replace(' (REQUIRED)', '')
  const note = words !== name ? 'required' : byDefault ? `default: ${byDefault}` : ''
  const id = /--[a-z0-9-]+/.exec(words)?.[0]
  return `<dt${id ? ` id="${id}"` : ''}><code v-pre>${text(words)}</code> <span v-pre>${text(note)}</span></dt><dd v-pre>${text(before + (after ?? ''))}</dd>`
}

/** Pairs of lines: what it is for, and the command. */
function examples(lines) {
  return lines.map(line => line.startsWith('    ') ? fence([line]) : text(line.trim()))
}

/** The parts of a help text: the lines below each heading. */
function sections(help) {
  const found = {}
  let name
  for (const line of help.split(/\r?\n/)) {
    if (/^[A-Z][a-z]+:$/.test(line)) found[name = line.slice(0, -1)] = []
    else if (line.trim()) found[name].push(line)
  }
  return found
}

/** The lines of a part in two columns. */
function rows(lines) {
  return lines.map(line => {
    const [, name, what] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line)
    return [name, what ?? '']
  })
}

const text = words => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const fence = lines => `\`\`\`\n${lines.map(line => line.trim()).join('\n')}\n\`\`\``
