// Loaded by --import before the program of a utility process: what Electron makes of Node there (lib/utility/init.ts, and
// shell/common/node_bindings.cc:956, which lets a program redefine `type`). utility-process.ts beside it is the other end.
import { EventEmitter } from 'node:events'
import { isMainThread } from 'node:worker_threads'

/** @returns the port to the main process. */
function createParentPort() {
  const send = process.send.bind(process)
  const waiting = []
  const parentPort = new EventEmitter()
  let isStarted = false
  const deliver = (message) => parentPort.emit('message', { data: structuredClone(message), ports: [] })

  process.on('message', (message) => (isStarted ? deliver(message) : waiting.push(message)))
  // The channel closes with the main process, and this process ends with it.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  // Messages wait for the first listener.
  parentPort.on('newListener', (name) => {
    if (name !== 'message' || isStarted) return
    isStarted = true
    queueMicrotask(() => waiting.splice(0).forEach(deliver))
  })
  parentPort.postMessage = (message) => {
    send({ posted: structuredClone(message) })
  }
  return parentPort
}

// Node loads this in worker threads, too.
if (isMainThread) {
  Object.defineProperty(process, 'parentPort', { value: createParentPort(), enumerable: true })
  Object.defineProperty(process, 'type', { value: 'utility', enumerable: true, configurable: true })
  // What packages know Electron by.
  Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true, configurable: true })
  // Those belong to child_process.fork.
  delete process.send
  delete process.disconnect
}
