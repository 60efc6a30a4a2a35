// Makes the pages and pictures that come from the tool and from the repository's files, into generated/.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './.vitepress/pages.js'
import { generated } from './content/files.js'
import { writeCode } from './content/code.js'
import { writeGallery } from './content/gallery.js'
import { writeOptions } from './content/options.js'
import { writeStart } from './content/start.js'

for (const part of ['public', 'options']) rmSync(generated(part), { recursive: true, force: true })
mkdirSync(generated('work'), { recursive: true })
writeStart()
writeOptions()
writeCode()
await writeGallery()
copyFileSync(join(root, 'site', 'pictures', 'icon.svg'), generated('public', 'icon.svg'))
