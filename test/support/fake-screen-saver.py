"""A desktop's screen saver on the session bus, or the part of logind's session that reports the lock.

The argument is the screen saver's name ("org.gnome.ScreenSaver") or "org.freedesktop.login1". Reads "locked" and "unlocked"
from standard input, and answers each with the same line. Prints "ready" when it owns the name.
"""

import sys

from gi.repository import Gio, GLib

name = sys.argv[1]
is_logind = name == "org.freedesktop.login1"
path = "/org/freedesktop/login1/session/auto" if is_logind else "/" + name.replace(".", "/")
member = (
    '<property name="LockedHint" type="b" access="read"/>'
    if is_logind
    else '<method name="GetActive"><arg direction="out" type="b"/></method>'
)
interface = f"{name}.Session" if is_logind else name
xml = f'<node><interface name="{interface}">{member}</interface></node>'
state = {"locked": False}


def on_call(_bus, _sender, _path, _interface, _method, _args, invocation):
    invocation.return_value(GLib.Variant("(b)", (state["locked"],)))


def on_get(_bus, _sender, _path, _interface, _property):
    return GLib.Variant("b", state["locked"])


def on_bus(bus, _name):
    bus.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], on_call, on_get, None)


def on_line(channel, _condition):
    line = channel.readline().strip()
    if not line:
        loop.quit()
        return False
    state["locked"] = line == "locked"
    print(line, flush=True)
    return True


loop = GLib.MainLoop()
Gio.bus_own_name(
    Gio.BusType.SESSION, name, Gio.BusNameOwnerFlags.NONE, on_bus, lambda *_: print("ready", flush=True), None
)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
loop.run()
