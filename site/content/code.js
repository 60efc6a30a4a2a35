import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { codeFolders, root } from '../.vitepress/pages.js'
import { read, write } from './files.js'

const languages = { '.cs': 'csharp', '.py': 'python' }

/** The code of the examples, and the licence. */
export function writeCode() {
  const files = codeFolders.flatMap(folder => readdirSync(join(root, folder)).filter(file => languages[extname(file)]).sort().map(file => ({ folder, file })))
  const parts = files.map(({ folder, file }) => `## ${file}\n\n\`\`\`${languages[extname(file)]}\n${read(`${folder}/${file}`).trim()}\n\`\`\`\n`)
  write('code.md', `# Code of the examples\n\nTests run all of it.\n\n${parts.join('\n')}`)
  write('license.md', `# Licence\n\n\`\`\`\n${read('LICENSE').trim()}\n\`\`\`\n`)
}
