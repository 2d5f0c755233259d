import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md', 'test/**/README.md'], { cwd: root }).map((page) =>
  page.replaceAll('\\', '/')
)
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

/** Heading anchors as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/gu, '-')
  )
}

describe('documentation', () => {
  it.each(pages)('%s links to pages and headings that exist', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link = '']) => link)
    const broken = links.filter((link) => {
      if (/^[a-z]+:/u.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  // Decisions tell what was true when they were made.
  it.each(pages.filter((page) => !page.startsWith('docs/decisions/')))('%s names files that exist', (page) => {
    const named = [...textOf(page).matchAll(/`((?:src|test|scripts|docs|assets|bin)\/[\w./-]+)`/gu)]
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('is named correctly in code', () => {
    const sources = globSync(['src/**/*.{ts,tsx}', 'scripts/**/*.ts', 'test/**/*.ts', '*.yml'], { cwd: root })
    const broken = sources.flatMap((source) =>
      [...textOf(source).matchAll(/(?<![\w/.])docs\/(?:[\w-]+\/)*[\w-]+\.md/gu)]
        .map(([path]) => path)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${source}: ${path}`)
    )
    expect(broken).toEqual([])
  })
})
