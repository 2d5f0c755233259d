"""Owns the X clipboard with several targets, as Excel or a browser does (xclip can offer only one).

Reads {"offers": {target: base64}, "hang_on": target or null, "hang_ms": 60000} from stdin, prints "owned" and stays
until another program takes the clipboard.
"""

import base64
import json
import sys
import time

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

request = json.load(sys.stdin)
offers = {target: base64.b64decode(data) for target, data in request["offers"].items()}
clipboard = Gdk.Atom.intern("CLIPBOARD", False)

window = Gtk.Window()
window.realize()
for target in offers:
    Gtk.selection_add_target(window, clipboard, Gdk.Atom.intern(target, False), 0)


def give(_widget, selection, _info, _time):
    target = selection.get_target()
    if target.name() == request["hang_on"]:
        time.sleep(request["hang_ms"] / 1000)
    selection.set(target, 8, offers[target.name()])


def lost(_widget, _event):
    Gtk.main_quit()
    return True


window.connect("selection-get", give)
window.connect("selection-clear-event", lost)
if not Gtk.selection_owner_set(window, clipboard, Gdk.CURRENT_TIME):
    sys.exit("The clipboard could not be owned.")
GLib.idle_add(lambda: print("owned", flush=True))
Gtk.main()
