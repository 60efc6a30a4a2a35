import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { base, root } from '../.vitepress/pages.js'
import { datacentric, generated, write } from './files.js'

const picture = join(root, 'site', 'pictures', 'cat.png')
const shown = 160
const gap = 8

/** Sides of the pictures of each set: those that its constants are made for. */
const sides = { paper14: [32, 160], cifar: [32], imagenet: [160], 'cifar-bar': [32, 160], augmentations: [32, 160] }

/** A page with every kind of corruption at every severity, each a strip of pictures. */
export async function writeGallery() {
  const [, names] = /Parameter set: (.*?)\. \[default/.exec(datacentric('help', 'corrupt'))
  mkdirSync(generated('public', 'gallery'), { recursive: true })
  mkdirSync(generated('work', 'picture', 'cat'), { recursive: true })
  await sharp(picture).toFile(generated('work', 'picture', 'cat', 'cat.png'))
  const clean = await Promise.all([32, shown].map(async side => writeStrip(`clean-${side}.webp`, [await sharp(picture).resize(side, side).raw().toBuffer()], side)))
  const parts = []
  for (const set of names.split(', ')) parts.push(await section(set))
  write('gallery.md', `# Gallery of corruptions

Every kind of every [parameter set](../../docs/corruptions.md), made by \`datacentric corrupt\` when this site was built, at 32 or 160 pixels a side or
both: what the constants of a set are made for. The picture is a photograph by Stéfan van der Walt
([CC0](https://creativecommons.org/publicdomain/zero/1.0/), from scikit-image). A strip opens larger.

<div class="clean">${clean.map((name, index) => `<img src="/gallery/${name}" alt="The picture, ${index ? 'large' : 'small'}" width="${shown}" height="${shown}">`).join('')}</div>

${parts.join('\n\n')}
`)
}

async function section(set) {
  if (!sides[set]) throw new Error(`No sizes are named for the set ${set}.`)
  const severities = set === 'paper14' ? ['paper', 1, 2, 3, 4, 5] : [1, 2, 3, 4, 5]
  const strips = {}
  for (const side of sides[set]) {
    const images = corrupted(set, side, ['--severity', '1..5'])
    const exact = set === 'paper14' ? corrupted(set, side, []) : {}
    for (const kind of Object.keys(images)) {
      const name = `${set}-${kind}-${side}.webp`
      await writeStrip(name, [...exact[kind] ?? [], ...images[kind]], side)
      strips[kind] ??= []
      strips[kind].push(strip(name, `${kind}, ${side} pixels a side, severities ${severities.join(', ')}`, severities.length))
    }
  }
  const labels = `<div class="severities" aria-hidden="true">${severities.map(label => `<span>${label}</span>`).join('')}</div>`
  const kinds = Object.entries(strips).map(([kind, all]) => `### ${kind} {#${set}-${kind}}\n\n${labels}\n${all.join('\n')}`)
  return `## ${set}\n\n${kinds.join('\n\n')}`
}

/** The kinds of a set, each with the pixels of its pictures, one a severity. */
function corrupted(set, side, severity) {
  const folder = generated('work', `${set}-${side}-${severity.length ? 'severities' : 'exact'}`)
  datacentric('corrupt', '--dataset', generated('work', 'picture'), '--resize', `${side}`, '--out', folder, '--set', set, ...severity, '--layout', 'cifar-c', '--overwrite', '--quiet')
  const kinds = readFileSync(join(folder, 'manifest.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line).file.replace('.npy', ''))
  return Object.fromEntries([...new Set(kinds)].map(kind => [kind, pixels(readFileSync(join(folder, `${kind}.npy`)), side)]))
}

/** Pictures of an npy array (N, side, side, 3) of uint8. */
function pixels(npy, side) {
  const data = npy.subarray(10 + npy.readUInt16LE(8))
  const size = side * side * 3
  return Array.from({ length: data.length / size }, (_, index) => data.subarray(index * size, (index + 1) * size))
}

/** One picture beside the other, small ones with their pixels enlarged and without loss. */
async function writeStrip(name, images, side) {
  const lossless = side < shown
  const parts = await Promise.all(images.map(async (image, index) => ({
    input: await sharp(image, { raw: { width: side, height: side, channels: 3 } }).resize(shown, shown, { kernel: 'nearest' }).png().toBuffer(),
    left: index * (shown + gap),
    top: 0,
  })))
  await sharp({ create: { width: width(images.length), height: shown, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(parts).webp({ lossless, quality: 85 }).toFile(generated('public', 'gallery', name))
  return name
}

const width = count => count * (shown + gap) - gap

const strip = (name, words, count) =>
  `<a class="strip" href="${base}gallery/${name}" target="_self"><img src="/gallery/${name}" alt="${words}" width="${width(count)}" height="${shown}" loading="lazy"></a>`
