// @module-tag posix
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { descryHome, paths } from '#adapters/paths.ts'

describe('where things live', () => {
  test('DESCRY_HOME holds everything, on every system', () => {
    const env = { DESCRY_HOME: '/srv/descry', HOME: '/home/ada', XDG_RUNTIME_DIR: '/run/user/7' }
    for (const platform of ['linux', 'darwin'] as const)
      expect(paths(env, platform)).toEqual({
        settingsFile: '/srv/descry/settings.json',
        stateDir: '/srv/descry',
        databaseFile: '/srv/descry/descry.sqlite',
        languagesDir: '/srv/descry/languages',
        logFile: '/srv/descry/descry.log',
        tokenFile: '/srv/descry/control.token',
        socketPath: '/srv/descry/control.sock'
      })
  })

  test('a relative DESCRY_HOME is in the folder where Descry was started', () => {
    expect(descryHome({ DESCRY_HOME: 'my descry' })).toBe(resolve('my descry'))
    expect(paths({ DESCRY_HOME: 'my descry' }).settingsFile).toBe(resolve('my descry/settings.json'))
    expect(descryHome({ DESCRY_HOME: '' })).toBeNull()
    expect(descryHome({})).toBeNull()
  })

  test('Linux: the XDG directories, and their defaults', () => {
    expect(
      paths({ HOME: '/home/ada', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s', XDG_RUNTIME_DIR: '/run/user/7' }, 'linux')
    ).toMatchObject({
      settingsFile: '/c/descry/settings.json',
      tokenFile: '/s/descry/control.token',
      socketPath: '/run/user/7/descry/control.sock'
    })
    // Relative paths are invalid by the XDG specification and count as absent.
    expect(paths({ HOME: '/home/ada', XDG_CONFIG_HOME: 'c', XDG_RUNTIME_DIR: 'run' }, 'linux')).toMatchObject({
      settingsFile: '/home/ada/.config/descry/settings.json',
      socketPath: '/home/ada/.local/state/descry/control.sock'
    })
  })

  test('a HOME that is empty or relative counts as absent: nothing lands in the folder of the moment', () => {
    for (const HOME of ['', 'somewhere'])
      expect(paths({ HOME }, 'linux').settingsFile).toBe(`${userInfo().homedir}/.config/descry/settings.json`)
  })

  test('macOS and Windows: their own folders', () => {
    expect(paths({ HOME: '/Users/ada' }, 'darwin').settingsFile).toBe(
      '/Users/ada/Library/Application Support/Descry/settings.json'
    )
    const windows = paths(
      { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' },
      'win32'
    )
    expect(windows.settingsFile).toBe('C:\\Users\\ada\\AppData\\Roaming\\Descry\\settings.json')
    expect(windows.tokenFile).toBe('C:\\Users\\ada\\AppData\\Local\\Descry\\control.token')
    expect(windows.socketPath).toMatch(/^\\\\\.\\pipe\\descry-[0-9a-f]{12}$/u)
  })

  test('a socket path is never too long for the system, and differs by home', () => {
    const long = `/${'x'.repeat(120)}`
    for (const env of [{ DESCRY_HOME: long }, { DESCRY_HOME: long, TMPDIR: long }]) {
      const { socketPath } = paths(env, 'linux')
      expect(Buffer.byteLength(socketPath)).toBeLessThan(104)
      expect(socketPath).toMatch(/^\/tmp\/descry-\d+-[0-9a-f]{12}\/control\.sock$/u)
    }
    expect(paths({ DESCRY_HOME: `${long}a` }, 'linux').socketPath).not.toBe(
      paths({ DESCRY_HOME: `${long}b` }, 'linux').socketPath
    )
  })
})
