import { datacentric, write } from './files.js'

/** A page for each verb, from the tool's own help. */
export function writeOptions() {
  const verbs = rows(sections(datacentric('--help')).Commands).map(([verb]) => verb.split(' ')[0])
  if (verbs.length < 10) throw new Error('The help of the tool lists no verbs.')
  for (const verb of verbs) write(`options/${verb}.md`, page(verb, sections(datacentric('help', verb))))
}

function page(verb, help) {
  const parts = [`# datacentric ${verb}`, text(help.Description.map(line => line.trim()).join(' ')), fence(help.Usage)]
  if (help.Arguments) parts.push('## Arguments', table(['argument', 'what'], rows(help.Arguments).map(([name, what]) => [code(name), text(what)])))
  parts.push('## Options', table(['option', 'what', 'default'], rows(help.Options).map(option)))
  if (help.Examples) parts.push('## Examples', ...examples(help.Examples))
  return `${parts.join('\n\n')}\n`
}

/** Name, what it does with the words it takes, and default. */
function option([name, what]) {
  const [, before, byDefault, after] = /^(.*?) ?(?:\[default: (.*?)\](?= One of | Any of |$)(.*))?$/.exec(what)
  const required = name.endsWith(' (REQUIRED)')
  return [code(name.replace(' (REQUIRED)', '')), text(before + (after ?? '')), required ? '*required*' : text(byDefault ?? '')]
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

const code = words => `\`${words.replaceAll('|', '\\|')}\``
const text = words => words.replace(/[<>|*_[\]{}]/g, '\\$&')
const fence = lines => `\`\`\`\n${lines.map(line => line.trim()).join('\n')}\n\`\`\``
const table = (head, cells) => [head, head.map(() => '---'), ...cells].map(row => `| ${row.join(' | ')} |`).join('\n')
