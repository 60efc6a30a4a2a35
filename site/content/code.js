import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../.vitepress/pages.js'
import { read, write } from './files.js'

/** The samples of code, and the licence. */
export function writeCode() {
  const folder = 'samples/code'
  const samples = readdirSync(join(root, folder)).filter(file => file.endsWith('.cs')).sort()
  const parts = samples.map(file => `## ${file}\n\n\`\`\`csharp\n${read(`${folder}/${file}`).trim()}\n\`\`\`\n`)
  write('code.md', `# From .NET code\n\nTests compile and run these.\n\n${parts.join('\n')}`)
  write('license.md', `# Licence\n\n\`\`\`\n${read('LICENSE').trim()}\n\`\`\`\n`)
}
