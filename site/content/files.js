import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../.vitepress/pages.js'

/** A place below generated/, which git ignores. */
export const generated = (...names) => join(root, 'site', 'generated', ...names)

/** A file of the repository. */
export const read = file => readFileSync(join(root, file), 'utf8')

export function write(file, text) {
  mkdirSync(dirname(generated(file)), { recursive: true })
  writeFileSync(generated(file), text)
}

/** What the tool of this checkout, built for Release, prints. */
export function datacentric(...words) {
  const program = join(root, 'src', 'DataCentric.Cli', 'bin', 'Release', 'net10.0', 'datacentric.dll')
  return execFileSync('dotnet', [program, ...words], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
