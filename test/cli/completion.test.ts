import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allCommands } from '#cli/table-syntax.ts'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { run } from '#test/process.ts'
import { presets } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'

let home: CliHome
let dir: string
beforeAll(async () => {
  home = await createCliHome()
  dir = await mkdtemp(join(tmpdir(), 'descry-completion-'))
  for (const shell of ['bash', 'zsh', 'fish'])
    await writeFile(join(dir, shell), (await home.descry(['completion', shell])).stdout)
  await writeFile(join(dir, "a photo's.jpg"), '')
})
afterAll(async () => {
  await home.remove()
  await rm(dir, { recursive: true })
})

async function shell(program: string, args: string[]): Promise<string[]> {
  const { stdout, stderr } = await run(program, args, {
    cwd: dir,
    env: { PATH: process.env.PATH, HOME: dir, LANG: 'C.UTF-8' }
  })
  expect(String(stderr)).toBe('')
  return String(stdout)
    .split(/\r?\n/u)
    .filter((line) => line !== '')
}

/** What bash offers for the last of these words. */
function bash(...words: string[]): Promise<string[]> {
  const script = `shopt -u progcomp_alias; source ./bash; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _descry; printf '%s\\n' "\${COMPREPLY[@]}"`
  return shell('bash', ['-c', script, 'bash', ...words])
}

/** What fish offers, without the explanations. */
async function fish(line: string): Promise<string[]> {
  const lines = await shell('fish', ['--no-config', '-c', 'source ./fish; complete -C $argv[1]', line])
  return lines.map((offered) => offered.split('\t', 1)[0] ?? '')
}

/** What zsh shows after Tab, in a real terminal. */
async function zsh(line: string): Promise<string> {
  const script = `
    zmodload zsh/zpty
    zpty z "zsh -f -i"
    zpty -w z 'autoload -Uz compinit && compinit -u -D && source ./zsh && zstyle ":completion:*" list-prompt "" && LISTMAX=999 && stty columns 200 && PS1=rea""dy\\>'
    zpty -r -m z x '*ready>*'
    zpty -w -n z "$1"$'\\t\\t'
    zpty -w -n z $'\\C-u'"print en""d"$'\\n'
    zpty -r -m z x $'*end\\r*'
    print -r -- "$x"
    zpty -d z`
  return (await shell('zsh', ['-f', '-c', script, 'zsh', line])).join('\n')
}

describe('in bash', { tags: ['posix'] }, () => {
  test('offers commands', async () => {
    expect(await bash('descry', 'des')).toEqual(['describe'])
    expect(await bash('descry', '')).toEqual(allCommands().map(({ name }) => name))
  })
  test('offers options, their values and operands', async () => {
    expect(await bash('descry', 'describe', 'x.png', '--de')).toEqual(['--detail'])
    expect(await bash('descry', 'describe', '--detail', '')).toEqual(['brief', 'standard', 'detailed', 'text'])
    expect(await bash('descry', 'step', 'con')).toEqual(['controls'])
    expect(await bash('descry', 'help', 'comp')).toEqual(['compare', 'completion'])
    expect(await bash('descry', 'describe', '--ask', '')).toEqual([])
  })
  test('offers files by their names, whatever is in them', async () => {
    expect(await bash('descry', 'describe', 'a')).toEqual(["a photo's.jpg"])
  })
})

describe('in fish', { tags: ['fish'] }, () => {
  test('offers commands', async () => {
    expect(await fish('descry des')).toEqual(['describe'])
    expect((await fish('descry ')).toSorted()).toEqual(
      allCommands()
        .map(({ name }) => name)
        .toSorted()
    )
  })
  test('offers options, their values and operands', async () => {
    expect(await fish('descry describe x.png --de')).toEqual(['--detail'])
    expect(await fish('descry describe --detail ')).toEqual(['brief', 'detailed', 'standard', 'text'])
    expect(await fish('descry step con')).toEqual(['controls'])
    expect(await fish('descry describe --ask ')).toEqual([])
    expect(await fish('descry describe a')).toEqual(["a photo's.jpg"])
  })
})

describe('in zsh', { tags: ['zsh'] }, () => {
  test('offers commands with what they do', async () => {
    expect(await zsh('descry co')).toMatch(/commands +-- .*\n?.*compare +-- Asks several models/u)
  })
  test('completes options, their values, operands and files', async () => {
    expect(await zsh('descry describe x.png --de')).toContain('--detail')
    expect(await zsh('descry describe --detail det')).toContain('detailed')
    expect(await zsh('descry step con')).toContain('controls')
    expect(await zsh('descry describe a')).toContain("a\\ photo\\'s.jpg")
  })
})

test('for PowerShell, the script names every command and option', async () => {
  const { stdout } = await home.descry(['completion', 'powershell'])
  for (const { name, options } of allCommands()) {
    expect(stdout).toContain(`    '${name}' = @{ Help = '`)
    for (const option of Object.keys(options).filter((option) => !['item-id'].includes(option)))
      expect(stdout).toContain(`'--${option}' = @{`)
  }
})

test('an unknown shell is a usage error', async () => {
  for (const args of [[], ['tcsh'], ['bash', 'zsh']])
    expect(await home.descry(['completion', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'completion needs one shell: bash, zsh, fish, or powershell.\n'
    })
})

describe('the manual page', { tags: ['mandoc'] }, () => {
  test('is clean roff', async () => {
    const page = join(dir, 'descry.1')
    await writeFile(page, (await home.descry(['man'])).stdout)
    const { code, stdout, stderr } = await run('mandoc', ['-T', 'lint', '-W', 'warning', page])
    expect({ code, complaints: String(stdout) + String(stderr) }).toEqual({ code: 0, complaints: '' })
  })

  test('names every command and option, and hyphens that can be copied', async () => {
    const page = join(dir, 'descry.1')
    const { stdout } = await run('mandoc', ['-T', 'ascii', '-O', 'width=78', page])
    // oxlint-disable-next-line no-control-regex -- bold letters are typed over themselves
    const text = String(stdout).replaceAll(/.\u0008/gu, '')
    for (const { name } of allCommands()) expect(text).toMatch(new RegExp(`^ +descry ${name}\\b`, 'mu'))
    expect(text).toContain('--base-url URL')
    expect(text).toContain('OPENAI_BASE_URL')
  })
})

test('help names every preset', () => {
  for (const preset of presets) expect(t('cli.option.preset')).toContain(preset)
})
