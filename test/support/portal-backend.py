"""A backend for the real xdg-desktop-portal, so that it offers screenshots.

Owns org.freedesktop.impl.portal.desktop.test. `Access` is needed before the portal offers screenshots. `Screenshot` does what
the first argument says: "deny", "fail", "hang", or "missing" (names a file that does not exist). Prints "ready" when it owns
the name.
"""

import sys

from gi.repository import Gio, GLib

kind = sys.argv[1]
answers = {
    "deny": (1, {}),
    "fail": (2, {}),
    "missing": (0, {"uri": GLib.Variant("s", "file:///nonexistent/Screenshot.png")}),
}


def method(name, ins):
    args = "".join(f'<arg type="{type_}" direction="in"/>' for type_ in ins)
    return f'<method name="{name}">{args}<arg type="u" direction="out"/><arg type="a{{sv}}" direction="out"/></method>'


xml = f"""<node>
<interface name="org.freedesktop.impl.portal.Access">{method("AccessDialog", ["o", "s", "s", "s", "s", "s", "a{sv}"])}</interface>
<interface name="org.freedesktop.impl.portal.Screenshot">{method("Screenshot", ["o", "s", "s", "a{sv}"])}</interface>
</node>"""


def on_call(_bus, _sender, _path, _interface, _method, _args, invocation):
    if kind in answers:
        invocation.return_value(GLib.Variant("(ua{sv})", answers[kind]))


def on_bus(bus, _name):
    for interface in Gio.DBusNodeInfo.new_for_xml(xml).interfaces:
        bus.register_object("/org/freedesktop/portal/desktop", interface, on_call, None, None)


Gio.bus_own_name(
    Gio.BusType.SESSION,
    "org.freedesktop.impl.portal.desktop.test",
    Gio.BusNameOwnerFlags.NONE,
    on_bus,
    lambda *_: print("ready", flush=True),
    lambda *_: sys.exit(1),
)
GLib.MainLoop().run()
