import type { TypeObject } from 'koffi'

/** NVDA's controller client library. The calls run off the main thread, because NVDA may take a while to answer. */
export interface NvdaClient {
  // Each returns a Windows error number, 0 for success.
  testIfRunning(): Promise<number>
  speakText(text: string): Promise<number>
  /** Resolves when the text has been spoken or silenced. */
  speakSsml(ssml: string): Promise<number>
  brailleMessage(text: string): Promise<number>
  cancelSpeech(): Promise<number>
  /** Call only when no other call is running. */
  close(): void
}

/** NVDA's priority that does not interrupt other speech. */
const normalPriority = 0
const userSymbolLevel = -1

/**
 * @param libraryPath Absolute, so that no other library of that name is found.
 * @param onMark Called when speech has reached a mark in the SSML.
 * @throws Error when the library is missing or older than NVDA 2024.1's.
 */
export async function loadNvdaClient(libraryPath: string, onMark: (name: string) => void): Promise<NvdaClient> {
  // Loaded only when needed, because it is native code.
  const { default: koffi } = await import('koffi')
  const library = koffi.load(libraryPath)
  const markFunction = koffi.pointer(koffi.proto('uint32', ['str16']))
  const define = (name: string, ...parameters: (string | TypeObject)[]) =>
    library.func(`nvdaController_${name}`, 'uint32', parameters)
  const testIfRunning = define('testIfRunning')
  const speakText = define('speakText', 'str16')
  const speakSsml = define('speakSsml', 'str16', 'int', 'int', 'uint8')
  const brailleMessage = define('brailleMessage', 'str16')
  const cancelSpeech = define('cancelSpeech')
  const setOnMark = define('setOnSsmlMarkReachedCallback', markFunction)

  const callback = koffi.register((name: string) => {
    onMark(name)
    return 0
  }, markFunction)
  setOnMark(callback)

  /** Runs on a thread of koffi's; NVDA's callbacks arrive on the main thread. */
  const onThread = (call: ReturnType<typeof define>, ...values: (string | number)[]): Promise<number> =>
    new Promise((resolve, reject) => {
      call.async(...values, (error: Error | null, status: number) => {
        if (error) reject(error)
        else resolve(status)
      })
    })

  return {
    testIfRunning: () => onThread(testIfRunning),
    speakText: (text) => onThread(speakText, text),
    speakSsml: (ssml) => onThread(speakSsml, ssml, userSymbolLevel, normalPriority, 0),
    brailleMessage: (text) => onThread(brailleMessage, text),
    cancelSpeech: () => onThread(cancelSpeech),
    close() {
      setOnMark(null)
      koffi.unregister(callback)
    }
  }
}
