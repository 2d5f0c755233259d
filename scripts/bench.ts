/** `npm run bench [NAME…]`: Descry's time, the naive way's and the ratio, for each file in scripts/bench. */
import { readdir } from 'node:fs/promises'
import type { BenchRow } from './bench/row.ts'

const folder = new URL('bench/', import.meta.url)
const wanted = process.argv.slice(2)

for (const file of (await readdir(folder)).toSorted()) {
  const name = file.replace(/\.ts$/u, '')
  if (name === 'row' || (wanted.length > 0 && !wanted.includes(name))) continue
  const { bench } = (await import(new URL(file, folder).href)) as { bench: () => Promise<BenchRow[]> }
  console.log(`\n${name}`)
  for (const { name: what, oursMs, naiveMs, note } of await bench()) {
    const naive = naiveMs === null ? '' : `  naive ${naiveMs.toFixed(1)} ms  ratio ${(oursMs / naiveMs).toFixed(3)}`
    console.log(`  ${what}: ${oursMs.toFixed(1)} ms${naive}  (${note})`)
  }
}
process.exit()
