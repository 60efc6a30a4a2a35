import { readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { codeFiles, codeFolders, root } from '../.vitepress/pages.js'
import { read, write } from './files.js'

const languages = { '.cs': 'csharp', '.csproj': 'xml', '.http': 'http', '.py': 'python' }

/** The code of the examples, and the licence. */
export function writeCode() {
  const inFolders = codeFolders.flatMap(folder => readdirSync(join(root, folder)).filter(file => languages[extname(file)]).sort().map(file => `${folder}/${file}`))
  const parts = [...inFolders, ...codeFiles].map(file => `## ${basename(file)}\n\n\`\`\`${languages[extname(file)]}\n${read(file).trim()}\n\`\`\`\n`)
  write('code.md', `# Code of the examples\n\nTests run it; what uses the packages runs when they are made.\n\n${parts.join('\n')}`)
  write('license.md', `# Licence\n\n\`\`\`\n${read('LICENSE').trim()}\n\`\`\`\n`)
}
