"""A program on the accessibility bus like those of GTK 4 and Qt: it cannot search for an object itself (no Collection).

Its first argument says how it behaves: "plain" has its focused button three levels down, "endless" has a hundred children in every
object, "silent" answers only the registry. In "password" that button is a password field. Prints "ready" when it is registered.
"""

import subprocess
import sys

from gi.repository import Gio, GLib

kind = sys.argv[1]
root = "/org/a11y/atspi/accessible/root"
address = subprocess.check_output(
    ["dbus-send", "--session", "--print-reply=literal", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"],
    text=True,
).strip()
bus = Gio.DBusConnection.new_for_address_sync(
    address,
    Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
    None,
    None,
)
focused = root + "/0/1/2"
active, focus, showing = 1 << 1, 1 << 12, 1 << 25


def answer(path, member):
    depth = path.count("/") - root.count("/")
    if member == "GetChildren":
        count = 100 if kind == "endless" else 0 if depth == 3 else 1 if depth == 0 else 3
        return GLib.Variant("(a(so))", ([(bus.get_unique_name(), f"{path}/{index}") for index in range(count)],))
    if member == "GetState":
        is_focused = kind in ("plain", "password") and path == focused
        return GLib.Variant("(au)", ([(active if depth == 1 else focus if is_focused else 0) | showing, 0],))
    if member == "GetRole":
        return GLib.Variant("(u)", (40 if kind == "password" and path == focused else 43,))
    if member == "GetRoleName":
        return GLib.Variant("(s)", ("push button",))
    if member == "GetExtents":
        return GLib.Variant("((iiii))", ((10, 20, 300, 40),))
    if member == "Get":
        return GLib.Variant("(v)", (GLib.Variant("s", "Pay\n\u202enow" if path == focused else ""),))
    return None


def on_message(_bus, message, is_incoming, *_):
    if not is_incoming or message.get_message_type() != Gio.DBusMessageType.METHOD_CALL:
        return message
    if kind == "silent":
        return None
    body = answer(message.get_path(), message.get_member())
    if body is None:
        reply = message.new_method_error_literal("org.freedesktop.DBus.Error.UnknownMethod", "Not known.")
    else:
        reply = message.new_method_reply()
        reply.set_body(body)
    bus.send_message(reply, Gio.DBusSendMessageFlags.NONE)
    return None


bus.call_sync(
    "org.a11y.atspi.Registry",
    root,
    "org.a11y.atspi.Socket",
    "Embed",
    GLib.Variant("((so))", ((bus.get_unique_name(), root),)),
    None,
    Gio.DBusCallFlags.NONE,
    -1,
    None,
)
bus.add_filter(on_message)
print("ready", flush=True)
GLib.MainLoop().run()
