import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completionsOf } from '../../../src/cli/terminal-app/completion.ts'

describe('Tab', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'descry-tab-'))
    for (const name of ['door.png', 'door (2).png', '.hidden.png']) writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, 'doors'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('completes commands, and what may follow them', () => {
    expect(completionsOf(':sec')).toEqual([':second-opinion '])
    expect(completionsOf(':s')).toEqual(expect.arrayContaining([':screen ', ':settings ', ':step ']))
    expect(completionsOf(':voice ')).toEqual([':voice on ', ':voice off '])
    expect(completionsOf(':settings lim')).toEqual([':settings limit ', ':settings limit-reached '])
    expect(completionsOf(':settings sending o')).toEqual([':settings sending on ', ':settings sending off '])
    expect(completionsOf(':settings model ')).toEqual([])
    expect(completionsOf(':more ch')).toEqual([':more chart '])
    expect(completionsOf(':nonsense x')).toEqual([])
  })

  it('completes paths as they are being written', () => {
    const start = join(folder, 'do')
    expect(completionsOf(start).toSorted()).toEqual(
      [join(folder, 'door (2).png'), join(folder, 'door.png'), `${join(folder, 'doors')}/`].toSorted()
    )
    expect(completionsOf(`"${join(folder, 'door (')}`)).toEqual([`"${join(folder, 'door (2).png')}"`])
    expect(completionsOf(`:open ${join(folder, 'door.')}`)).toEqual([`:open ${join(folder, 'door.png')}`])
    expect(completionsOf(join(folder, 'nothing'))).toEqual([])
    expect(completionsOf(join(folder, 'nowhere', 'x'))).toEqual([])
  })

  it('escapes what was being escaped', { tags: ['posix'] }, () => {
    expect(completionsOf(`${join(folder, 'door')}\\ `)).toEqual([`${join(folder, 'door')}\\ \\(2\\).png`])
  })

  it('offers hidden files only to those who ask for them', () => {
    expect(completionsOf(`${folder}/`)).not.toContain(`${folder}/.hidden.png`)
    expect(completionsOf(`${folder}/.h`)).toEqual([`${folder}/.hidden.png`])
  })
})
