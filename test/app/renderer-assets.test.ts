import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAsset, securityHeaders } from '#app/renderer-assets.ts'

let folder: string
let renderer: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-assets-'))
  renderer = join(folder, 'renderer')
  await mkdir(join(renderer, 'assets'), { recursive: true })
  await writeFile(join(renderer, 'index.html'), '<!doctype html>')
  await writeFile(join(renderer, 'assets', 'index-1.js'), 'export {}')
  await writeFile(join(renderer, 'secret.txt'), 'no')
  await writeFile(join(folder, 'outside.html'), 'no')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the window’s files', () => {
  test('come with their type and the security headers', async () => {
    const page = await readAsset(renderer, '/index.html')
    expect(page.status).toBe(200)
    expect(page.headers).toMatchObject({ ...securityHeaders, 'Content-Type': 'text/html; charset=utf-8' })
    expect(await readAsset(renderer, '/')).toEqual(page)
    expect((await readAsset(renderer, '/assets/index-1.js')).headers['Content-Type']).toContain('text/javascript')
  })

  test.each([
    '/../outside.html',
    '/assets/../../outside.html',
    '/%2e%2e/outside.html',
    '/..\\outside.html',
    '//outside.html',
    '/secret.txt',
    '/assets',
    '/index.html/',
    '/missing.html',
    '/index.html\0.js',
    'index.html',
    ''
  ])('%j is not served', async (path) => {
    const { status, headers } = await readAsset(renderer, path)
    expect(status).toBe(404)
    expect(headers).toMatchObject(securityHeaders)
  })

  test('the policy allows nothing by default, no inline code and no connection', () => {
    const policy = securityHeaders['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('http')
  })
})
