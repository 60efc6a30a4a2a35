import { cpSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import { base, excluded, linkOf, pageOf, root, sidebar } from './pages.js'

const files = join(root, 'site', 'generated', 'public')

export default defineConfig({
  title: 'DataCentric.Functions',
  description: 'Turns an image-classification data set into one of the same size on which ordinary training gives robust models.',
  lang: 'en',
  base,
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  srcDir: root,
  srcExclude: excluded,
  rewrites: pageOf,
  cacheDir: join(root, 'site', 'generated', 'work', 'cache'),
  outDir: join(root, 'site', 'dist'),
  // The pictures that the tool made lie beside the pages, not in a folder of the repository's root.
  vite: { publicDir: files, plugins: [{ name: 'vue-of-the-site', enforce: 'pre', resolveId: resolveVue }] },
  buildEnd: site => cpSync(files, site.outDir, { recursive: true }),
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Anchors as GitHub makes them: a link works in both places.
    anchor: { slugify: text => slug(text) },
    toc: { slugify: text => slug(text) },
    headers: { slugify: text => slug(text) },
    config: md => md.core.ruler.push('links between files', rewriteLinks),
  },
  themeConfig: {
    sidebar: sidebar(),
    nav: [
      { text: 'Try it', link: '/#try-it' },
      { text: 'Gallery', link: '/gallery' },
      { text: 'Options', link: '/options/enhance' },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
  },
})

/** Pages lie outside site/, where Node.js would look for Vue in vain. */
function resolveVue(id, importer) {
  return /^vue(\/|$)/.test(id) && importer ? this.resolve(id, join(root, 'site', 'package.json'), { skipSelf: true }) : null
}

/** Makes links between files of the repository links between pages. */
function rewriteLinks({ tokens, env }) {
  const file = relative(root, env.realPath ?? env.path).split(sep).join('/')
  for (const token of tokens.flatMap(token => token.children ?? []).filter(token => token.type === 'link_open')) {
    const link = linkOf(token.attrGet('href'), file)
    if (link) token.attrSet('href', link)
  }
}
