// Which file of the repository becomes which page.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'

/** Where the site will be below its host. */
export const base = process.env.SITE_BASE ?? '/'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Folders and files whose pages are elsewhere than their paths say. */
const moved = {
  'README.md': 'overview.md',
  'python/README.md': 'python.md',
  'samples/fashion-mnist/README.md': 'sample.md',
}

/** What pages link to that is no page: where the site shows it. The files of folders of code have a heading each, on one page. */
const shown = { 'samples/code': 'code.md', 'samples/console': 'code.md', LICENSE: 'license.md' }
export const codeFolders = ['samples/code', 'samples/console', 'python/examples']
export const codeFiles = ['src/DataCentric.Functions.Local/test.http', 'benchmarks/libraries.py']

/** Globs of the Markdown files that are no pages. */
export const excluded = ['!(docs|python|samples|site)/**/*', 'python/*/**/*', 'samples/!(fashion-mnist)/**/*', 'site/!(generated)/**/*', 'site/generated/work/**/*', '**/node_modules/**']

/** The page that a file of the repository becomes. */
export function pageOf(file) {
  return moved[file] ?? file.replace(/^(docs|site\/generated)\//, '').replace(/^[A-Z-]+\.md$/, name => name.toLowerCase())
}

/** A link of a file to another file of the repository as a link of the site; null where it is one to elsewhere. */
export function linkOf(link, file) {
  if (/^([a-z]+:|#|\/)/i.test(link)) return null
  const [path, anchor] = link.split('#')
  const target = posix.join(posix.dirname(file), path).replace(/\/$/, '')
  const suffix = anchor ? `#${anchor}` : ''
  if (shown[target]) return `/${shown[target]}${suffix}`
  if (codeFolders.includes(posix.dirname(target)) || codeFiles.includes(target)) return `/code.md#${slug(posix.basename(target))}`
  if (!target.endsWith('.md') || !existsSync(join(root, target))) throw new Error(`${file} links to ${link}, which is no page of the site.`)
  return `/${pageOf(target)}${suffix}`
}

/** The sidebar, as navigation.json has it: named pages, or all of a folder. */
export function sidebar() {
  return JSON.parse(readFileSync(join(root, 'site', 'navigation.json'), 'utf8')).map(({ text, items, pages }) => ({
    text,
    items: (items ?? folder(pages)).map(({ text, page }) => ({ text, link: `/${pageOf(page).replace(/\.md$/, '')}` })),
  }))
}

const folder = name => readdirSync(join(root, name)).sort().map(file => ({ text: file.replace('.md', ''), page: `${name}/${file}` }))
