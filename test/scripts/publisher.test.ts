// @module-tag git
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const { author, homepage, repository, bugs, appId } = JSON.parse(
  readFileSync(new URL('package.json', root), 'utf8')
) as {
  author: { name: string; email: string }
  homepage: string
  repository: { url: string }
  bugs: { url: string; email: string }
  appId: string
}

/** Files under version control, other than package.json and its lockfile, that contain `text`. */
function filesWith(text: string): string[] {
  const { stdout } = spawnSync(
    'git',
    ['grep', '-lF', '--untracked', '-e', text, '--', ':!package.json', ':!package-lock.json'],
    {
      cwd: root,
      encoding: 'utf8'
    }
  )
  return stdout.split('\n').filter(Boolean)
}

test("package.json is the only place that names the publisher's addresses", () => {
  const domain = new URL(homepage).host
  for (const value of [author.email, homepage, repository.url, bugs.url, bugs.email]) {
    expect(value).toContain(domain)
    expect(filesWith(value)).toEqual([])
  }
  expect(filesWith(domain)).toEqual([])
})

test('the application id is set in package.json; only tests and documentation repeat it', () => {
  const files = filesWith(appId).filter((file) => !/^(?:test|docs)\//u.test(file))
  expect(files).toEqual([])
})
