import { z } from 'zod'
import { areaSchema, type Area } from '#shared/caption.ts'
import { programText } from '../../programs/run-program.ts'

/** A compositor's outputs and active window, in its own units (on a scaled display these are not pixels). */
export interface WaylandDesktop {
  /** In the compositor's order; at least one. */
  outputs: { name: string; place: Area; hasFocus: boolean }[]
  /** The window with the keyboard focus. */
  window: { id: string; place: Area; title: string | null; application: string | null } | null
}

const answerTimeoutMs = 5000

/** Asks Sway or Hyprland; null when neither is running, or the answer makes no sense. */
export async function askCompositor(env: NodeJS.ProcessEnv): Promise<WaylandDesktop | null> {
  const ask = (command: string, ...args: string[]): Promise<string> =>
    programText(command, args, { env, timeoutMs: answerTimeoutMs })
  try {
    if (env.SWAYSOCK) {
      const [outputs, tree] = await Promise.all([
        ask('swaymsg', '-r', '-t', 'get_outputs'),
        ask('swaymsg', '-r', '-t', 'get_tree')
      ])
      return parseSway(outputs, tree)
    }
    if (env.HYPRLAND_INSTANCE_SIGNATURE) {
      const [monitors, window] = await Promise.all([
        ask('hyprctl', '-j', 'monitors'),
        ask('hyprctl', '-j', 'activewindow')
      ])
      return parseHyprland(monitors, window)
    }
  } catch {
    // Captures work without it, but with less information.
  }
  return null
}

const word = z.string().nullish()

const swayOutputs = z.array(
  z.object({ name: z.string(), active: z.boolean(), focused: z.boolean().optional(), rect: areaSchema })
)

const swayNode = z.object({
  id: z.number(),
  type: z.string(),
  focused: z.boolean(),
  name: word,
  /** Native windows only; XWayland windows have properties instead. */
  app_id: word,
  window_properties: z.object({ class: word }).optional(),
  rect: areaSchema,
  get nodes() {
    return z.array(swayNode)
  },
  get floating_nodes() {
    return z.array(swayNode)
  }
})
type SwayNode = z.infer<typeof swayNode>

/** @throws Error when this is not what swaymsg prints, or no output is on. */
export function parseSway(outputs: string, tree: string): WaylandDesktop {
  const focused = focusedIn(swayNode.parse(JSON.parse(tree)))
  // On an empty workspace the workspace itself has the focus.
  const isWindow = focused?.type === 'con' || focused?.type === 'floating_con'
  return desktop(
    swayOutputs
      .parse(JSON.parse(outputs))
      .filter(({ active }) => active)
      .map(({ name, rect, focused: hasFocus = false }) => ({ name, place: rect, hasFocus })),
    isWindow
      ? {
          id: String(focused.id),
          place: focused.rect,
          title: focused.name || null,
          application: focused.app_id || focused.window_properties?.class || null
        }
      : null
  )
}

function focusedIn(node: SwayNode): SwayNode | null {
  if (node.focused) return node
  for (const child of [...node.nodes, ...node.floating_nodes]) {
    const focused = focusedIn(child)
    if (focused) return focused
  }
  return null
}

const hyprlandMonitors = z.array(
  z.object({
    ...areaSchema.shape,
    name: z.string(),
    scale: z.number().positive(),
    transform: z.number(),
    focused: z.boolean()
  })
)
const pair = z.tuple([z.number(), z.number()])
/** An empty object when no window is active. */
const hyprlandWindow = z.object({ address: z.string(), at: pair, size: pair, title: word, class: word })

/** @throws Error when this is not what hyprctl prints, or there is no monitor. */
export function parseHyprland(monitors: string, window: string): WaylandDesktop {
  const active = hyprlandWindow.safeParse(JSON.parse(window)).data
  return desktop(
    hyprlandMonitors.parse(JSON.parse(monitors)).map(({ name, x, y, width, height, scale, transform, focused }) => {
      // Hyprland reports the mode's pixels, before rotation and scaling.
      const [across, down] = transform % 2 === 1 ? [height, width] : [width, height]
      const place = { x, y, width: Math.round(across / scale), height: Math.round(down / scale) }
      return { name, place, hasFocus: focused }
    }),
    active
      ? {
          id: active.address,
          place: { x: active.at[0], y: active.at[1], width: active.size[0], height: active.size[1] },
          title: active.title || null,
          application: active.class || null
        }
      : null
  )
}

function desktop(outputs: WaylandDesktop['outputs'], window: WaylandDesktop['window']): WaylandDesktop {
  if (outputs.length === 0) throw new Error('No output is on.')
  return { outputs, window }
}
